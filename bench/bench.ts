/**
 * Measures what the service promises, and says so beside the aim.
 *
 *     npm run bench [-- DATABASE.json]     a database of the Python ptgbot, instead of one made up
 *     npm run bench -- --only irc,weight   some of them
 *     npm run bench -- --quick             without the 10,000 commands that show whether memory grows
 *     npm run bench -- --compare main~20   the service of that revision, too, in turns
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importPython } from '../schedule-data/import/import-python.ts';
import { benchCommits } from './commits.ts';
import { database } from './database.ts';
import { benchFeeds } from './feeds.ts';
import { benchGuard } from './guard.ts';
import { benchHistories } from './histories.ts';
import { benchHugo } from './hugo.ts';
import { benchIdle } from './idle.ts';
import { benchIncremental } from './incremental.ts';
import { benchIrc } from './irc.ts';
import { benchLog } from './log.ts';
import { benchPageWeight } from './page-weight.ts';
import { benchReaders } from './readers.ts';
import { benchRemote } from './remote.ts';
import { benchRendering } from './rendering.ts';
import { newRepository } from './new-repository.ts';
import { benchService, checkOut, dayOfCommands } from './service.ts';
import { bigEvent } from './big-event.ts';
import { benchUndo } from './undo.ts';
import { benchSubscriptions } from './subscriptions.ts';

const folder = mkdtempSync(join(tmpdir(), 'ptgbot-bench-'));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, compare: { type: 'string' }, quick: { type: 'boolean' } },
});
const { schedule } = importPython(database(positionals[0]), { timezone: 'America/Denver' });

async function repositoryNamed(name: string): Promise<string> {
  const repository = join(folder, name);
  await newRepository(repository, schedule);
  return repository;
}

const real = { p50: 12, p95: 40, all: 25, cpu: 12, burst: 5000, joined: 120, grown: 200 };
const big = { p50: 50, p95: 120, all: 120, cpu: 60, burst: 10_000 };
const day = { commits: dayOfCommands, endurance: 0 };
const compared = () =>
  values.compare === undefined ? undefined : { project: checkOut(folder, values.compare) };

const benches: Readonly<Record<string, () => Promise<void>>> = {
  subscriptions: () => benchSubscriptions(schedule),
  service: () =>
    benchService(
      folder,
      { ...day, name: 'real', schedule, aims: real, ...(!values.quick && { endurance: 10_000 }) },
      compared(),
    ),
  big: () =>
    benchService(folder, { ...day, name: 'big', schedule: bigEvent(), aims: big }, compared()),
  histories: () => benchHistories(folder, schedule),
  hugo: async () => benchHugo(folder, schedule, await repositoryNamed('hugo.git')),
  idle: () => benchIdle(folder, schedule),
  undo: () => benchUndo(folder, schedule),
  guard: async () => benchGuard(folder, await repositoryNamed('guard.git')),
  remote: async () => benchRemote(folder, await repositoryNamed('remote.git')),
  irc: async () => benchIrc(folder, await repositoryNamed('irc.git')),
  readers: async () => benchReaders(folder, await repositoryNamed('readers.git')),
  commits: async () => benchCommits(folder, await repositoryNamed('commits.git')),
  log: async () => benchLog(folder, await repositoryNamed('log.git')),
  rendering: async () => benchRendering(folder, await repositoryNamed('rendering.git')),
  incremental: () => benchIncremental(folder),
  feeds: benchFeeds,
  weight: async () => benchPageWeight(folder, await repositoryNamed('page.git')),
};

try {
  const wanted = values.only?.split(',') ?? Object.keys(benches);
  const unknown = wanted.filter((name) => !benches[name]);
  if (unknown.length)
    throw new Error(`there is no ${unknown.join()}; there are ${Object.keys(benches).join(', ')}`);
  for (const name of wanted) await benches[name]?.();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
