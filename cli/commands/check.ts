/** `ptgbot check [REV|DIR]`: is the data valid? */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { classifyPath, readFile } from '../../schedule-data/format/data-files.ts';
import type { Repository } from '../../schedule-data/git/repository.ts';
import { referenceProblems } from '../../schedule-data/schedule/references.ts';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import { dataProblems } from '../../schedule-data/store/data-problems.ts';
import { filesOfDirectory } from '../../schedule-data/store/directory.ts';
import { snapshotAt } from '../../schedule-data/store/schedule-store.ts';
import { textOf } from '../../schedule-data/text/text.ts';

/** What is wrong. @throws {StorageError} when there is nothing to check */
export async function check(
  where: string | undefined,
  { gitdir, branch }: Repository,
): Promise<readonly Problem[]> {
  const isDirectory = where !== undefined && existsSync(where) && statSync(where).isDirectory();
  if (!isDirectory) return atRevision(gitdir, where ?? branch);
  if (existsSync(join(where, 'objects'))) return atRevision(where, branch);
  const files = [...(await filesOfDirectory(where))].map(
    ([path, bytes]) => [path, given(path, textOf(bytes))] as const,
  );
  return dataProblems(new Map(files)).problems;
}

function given(path: string, text: string | undefined) {
  const place = classifyPath(path);
  const isOurs = place.kind !== 'foreign' && place.kind !== 'misnamed';
  return { text, ...(isOurs && { read: readFile(place.kind, text) }) };
}

async function atRevision(gitdir: string, revision: string): Promise<readonly Problem[]> {
  const { schedule, problems, files } = await snapshotAt(gitdir, revision);
  const all = problems.flatMap((problem) => {
    const file = files.get(problem.path);
    const read = file && readFile(file.kind, file.text);
    const isSame = read?.ok === false && read.message === problem.message;
    const others = isSame ? (read.others ?? []) : [];
    return [problem, ...others.map((fault) => ({ ...problem, ...fault }))];
  });
  return [...all, ...referenceProblems(schedule, (path) => files.get(path)?.text)];
}
