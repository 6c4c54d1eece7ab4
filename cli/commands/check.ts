/** `ptgbot check [REV|DIR]`: is the data valid? */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readDirectory } from '../../schedule-data/store/directory.ts';
import { eventFile, classifyPath } from '../../schedule-data/format/data-files.ts';
import { assemble, missingEvent } from '../../schedule-data/store/layout.ts';
import { referenceProblems } from '../../schedule-data/schedule/references.ts';
import { snapshotAt } from '../../schedule-data/store/schedule-store.ts';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import type { Repository } from '../../schedule-data/git/repository.ts';

/** What is wrong, as `file:line: what`. @throws {StorageError} when there is nothing to check */
export async function check(
  where: string | undefined,
  { gitdir, branch }: Repository,
): Promise<string[]> {
  const isDirectory = where !== undefined && existsSync(where) && statSync(where).isDirectory();
  if (!isDirectory) return atRevision(gitdir, where ?? branch);
  if (existsSync(join(where, 'objects'))) return atRevision(where, branch);
  const { files, problems } = await readDirectory(where);
  if (!files.has(eventFile) && !problems.some(({ path }) => path === eventFile))
    problems.push({ path: eventFile, message: missingEvent });
  // Bad as it is, a track is there: bookings of it are no mistake.
  for (const { path } of problems) {
    const place = classifyPath(path);
    if (place.kind === 'track') files.set(path, { ...place, value: { formerly: [], next: [] } });
  }
  const references = files.has(eventFile) ? referenceProblems(assemble(files)) : [];
  return [...problems, ...references].map(line);
}

async function atRevision(gitdir: string, revision: string): Promise<string[]> {
  const { schedule, problems } = await snapshotAt(gitdir, revision);
  return [...problems, ...referenceProblems(schedule)].map(line);
}

function line({ path, line, message, commit, author }: Problem): string {
  const origin = commit ? ` (commit ${commit.slice(0, 12)}${author ? ` by ${author}` : ''})` : '';
  return `${path}:${line ?? 1}: ${message}${origin}`;
}
