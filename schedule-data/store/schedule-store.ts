/** The store of the schedule. */
import { checkRepository, repositoryAt, type Repository } from '../git/repository.ts';
import { StorageError } from '../git/storage-error.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { DataStore, type CommitInfo } from './data-store.ts';
import type { Loaded } from './loader.ts';
import { scheduleLayout, type ScheduleContent } from './layout.ts';

export type ScheduleCommitInfo = CommitInfo<ScheduleContent>;

export class ScheduleStore extends DataStore<ScheduleContent> {
  constructor(repository: Repository) {
    super(repository, scheduleLayout);
  }

  /** What counted at a commit; undefined where there was no event yet: then there was no page either. */
  async scheduleAt(commit: string): Promise<Schedule | undefined> {
    try {
      return (await this.at(commit)).schedule;
    } catch (error) {
      if (error instanceof StorageError) return undefined;
      throw error;
    }
  }
}

/** The schedule of a repository at a commit, branch or tag. @throws {StorageError} */
export async function snapshotAt(
  gitdir: string,
  revision: string,
): Promise<Loaded<ScheduleContent>> {
  await checkRepository(gitdir);
  return new ScheduleStore(repositoryAt(gitdir)).at(revision);
}
