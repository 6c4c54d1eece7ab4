/** The store of the schedule. */
import { checkRepository } from '../git/repository.ts';
import type { Snapshot } from '../schedule/snapshot.ts';
import { DataStore, type CommitInfo } from './data-store.ts';
import { scheduleLayout, type ScheduleContent } from './layout.ts';

export type ScheduleCommitInfo = CommitInfo<ScheduleContent>;

export class ScheduleStore extends DataStore<ScheduleContent> {
  constructor(gitdir: string, branch = 'main') {
    super(gitdir, branch, scheduleLayout);
  }
}

/** The schedule of a repository at a commit, branch or tag. @throws {StorageError} */
export async function snapshotAt(gitdir: string, revision: string): Promise<Snapshot> {
  await checkRepository(gitdir);
  return new ScheduleStore(gitdir).at(revision);
}
