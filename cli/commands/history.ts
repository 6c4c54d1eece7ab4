/** `ptgbot log`, `ptgbot diff`: what changed, in sentences. */
import { recentChanges } from '../../schedule-data/history/recent-changes.ts';
import { checkRepository, type Repository } from '../../schedule-data/git/repository.ts';
import { describeChanges } from '../../schedule-data/schedule/describe.ts';
import { ScheduleStore, snapshotAt } from '../../schedule-data/store/schedule-store.ts';
import { instantOfOption } from '../instant.ts';
import { UsageError } from '../usage-error.ts';

export interface LogFlags {
  readonly track?: string;
  readonly since?: string;
  readonly number?: string;
}

/** A line for each commit, the newest first, and one for each thing that it changed. @throws {StorageError} */
export async function log(
  repository: Repository,
  { track, since, number = '20' }: LogFlags,
  print: (line: string) => void,
): Promise<void> {
  const most = Number(number);
  if (!Number.isInteger(most) || most < 1)
    throw new UsageError(`--number: expected a whole number such as 20, not ${number}`);
  const from = since === undefined ? undefined : instantOfOption('--since', since);
  await checkRepository(repository.gitdir);
  const store = new ScheduleStore(repository);
  const { commit: tip } = await store.current();
  const changes = await recentChanges(repository.gitdir, tip, { track, most });
  for (const { commit, parent, author, subject, time } of changes) {
    if (from && Date.parse(time) < +from) break;
    print(`${commit.slice(0, 7)} ${time} ${author.name}: ${subject}`);
    if (parent === undefined) continue;
    const [before, after] = [await store.at(parent), await store.at(commit)];
    for (const sentence of describeChanges(before.schedule, after.schedule)) print(`  ${sentence}`);
  }
  await store.close();
}

/** A line for each thing that differs from one revision to another. @throws {StorageError} */
export async function diff(
  { gitdir, branch }: Repository,
  from: string,
  to: string | undefined,
  print: (line: string) => void,
): Promise<void> {
  const before = await snapshotAt(gitdir, from);
  const after = await snapshotAt(gitdir, to ?? branch);
  const sentences = describeChanges(before.schedule, after.schedule);
  for (const sentence of sentences) print(sentence);
  if (!sentences.length) print('no difference');
}
