/** `ptgbot check [REV|DIR]`: is the data valid? */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { classifyPath, readBytes, readFile } from '../../schedule-data/format/data-files.ts';
import type { Repository } from '../../schedule-data/git/repository.ts';
import { referenceProblems } from '../../schedule-data/schedule/references.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import { dataProblems, type GivenFile } from '../../schedule-data/store/data-problems.ts';
import { filesOfDirectory } from '../../schedule-data/store/directory.ts';
import { snapshotAt } from '../../schedule-data/store/schedule-store.ts';

export interface Checked {
  readonly problems: readonly Problem[];
  /** Names of days without a date, which are in no calendar. */
  readonly undated: readonly string[];
}

/** @throws {StorageError} when there is nothing to check */
export async function check(
  where: string | undefined,
  { gitdir, branch }: Repository,
): Promise<Checked> {
  const isDirectory = where !== undefined && existsSync(where) && statSync(where).isDirectory();
  if (!isDirectory) return atRevision(gitdir, where ?? branch);
  if (existsSync(join(where, 'objects'))) return atRevision(where, branch);
  const files = [...(await filesOfDirectory(where))].map(
    ([path, bytes]) => [path, given(path, bytes)] as const,
  );
  const { problems, schedule } = dataProblems(new Map(files));
  return { problems, undated: undatedOf(schedule) };
}

function given(path: string, bytes: Uint8Array): GivenFile {
  const place = classifyPath(path);
  return place.kind === 'foreign' || place.kind === 'misnamed' ? {} : readBytes(place.kind, bytes);
}

async function atRevision(gitdir: string, revision: string): Promise<Checked> {
  const { schedule, problems, files } = await snapshotAt(gitdir, revision);
  const all = problems.flatMap((problem) => {
    const file = files.get(problem.path);
    const read = file && file.kind !== 'plan' && readFile(file.kind, file.text);
    const isSame = read && !read.ok && read.message === problem.message;
    const others = isSame ? (read.others ?? []) : [];
    return [problem, ...others.map((fault) => ({ ...problem, ...fault }))];
  });
  const references = referenceProblems(
    schedule,
    (path) => files.get(path)?.text,
    (path) => files.has(path),
  );
  return { problems: [...all, ...references], undated: undatedOf(schedule) };
}

const undatedOf = (schedule: Schedule | undefined) =>
  (schedule?.event.days ?? []).flatMap(({ name, date }) => (date === undefined ? name : []));
