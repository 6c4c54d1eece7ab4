/** `ptgbot takeback COMMIT`, in any clone: a commit that takes another back by its values. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { changedFile, newFile } from '../../schedule-data/format/data-files.ts';
import { changeNamed } from '../../schedule-data/history/recent-changes.ts';
import { gitInClone } from '../../schedule-data/git/clone.ts';
import { repositoryAt } from '../../schedule-data/git/repository.ts';
import { conflictPlace, mergeSchedules } from '../../schedule-data/schedule/merge.ts';
import { describeChanges } from '../../schedule-data/schedule/describe.ts';
import { changesBetween, type FileChange } from '../../schedule-data/store/changes.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Makes the commit in the clone of a folder, by whoever is configured there. What others changed since
 * stays; where they changed the same, nothing is done.
 * @throws {StorageError} when that is no clone
 */
export async function takeBack(
  folder: string,
  id: string,
  print: (line: string) => void,
): Promise<void> {
  const top = await gitInClone(folder, 'rev-parse', '--show-toplevel');
  const gitdir = await gitInClone(folder, 'rev-parse', '--absolute-git-dir');
  if ((await gitInClone(top, 'status', '--porcelain', '--untracked-files=no')) !== '')
    throw new UsageError('expected a clone without changes: commit them, or git stash');
  const head = await gitInClone(top, 'rev-parse', 'HEAD');
  const unknown = new UsageError(
    `there is no commit ${id} in the history of this branch: see git log`,
  );
  const commit = await gitInClone(
    ...([top, 'rev-parse', '--verify', '--quiet', '--end-of-options'] as const),
    `${id}^{commit}`,
  ).catch(() => {
    throw unknown;
  });
  const change = await changeNamed(gitdir, head, commit);
  if (!change?.parent) throw unknown;
  const store = new ScheduleStore(repositoryAt(gitdir));
  const [before, after, now] = [
    await store.at(change.parent),
    await store.at(change.commit),
    await store.at(head),
  ];
  const merged = mergeSchedules(after.schedule, now.schedule, before.schedule);
  const [conflict] = merged.conflicts;
  if (conflict)
    throw new UsageError(
      `"${change.subject}" cannot be taken back: ${conflictPlace(conflict)} has been changed since; nothing was done`,
    );
  const changes = changesBetween(now.schedule, merged.schedule);
  if (!changes.length) throw new UsageError(`"${change.subject}" has been taken back already`);
  for (const one of changes) write(top, one);
  await gitInClone(top, 'add', '--all', '--', ...changes.map(({ path }) => path));
  const body = `This reverts commit ${change.commit}.`;
  await gitInClone(top, 'commit', '--quiet', '-m', `Revert "${change.subject}"`, '-m', body);
  for (const sentence of describeChanges(now.schedule, merged.schedule)) print(sentence);
  print(`committed ${await gitInClone(top, 'rev-parse', '--short', 'HEAD')}; now: git push`);
}

function write(top: string, { path, kind, before, after }: FileChange): void {
  const file = join(top, path);
  if (after === undefined) return rmSync(file);
  mkdirSync(dirname(file), { recursive: true });
  const { text } = before
    ? changedFile(kind, readFileSync(file, 'utf8'), before, after)
    : newFile(kind, after);
  writeFileSync(file, text);
}
