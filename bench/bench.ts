/**
 * Measures what the service promises, and says so beside the aim.
 *
 *     npm run bench [-- DATABASE.json]     a database of the Python ptgbot, instead of one made up
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf } from '../schedule-data/changes.ts';
import { importPython } from '../schedule-data/import/import-python.ts';
import { createRepository } from '../schedule-data/repository.ts';
import { benchCommits, benchHistory } from './commits.ts';
import { database } from './database.ts';
import { benchIncremental } from './incremental.ts';
import { benchIrc } from './irc.ts';
import { benchLog } from './log.ts';
import { benchPageWeight } from './page-weight.ts';
import { benchReaders } from './readers.ts';
import { benchRendering } from './rendering.ts';
import { benchService } from './service.ts';
import { benchSubscriptions } from './subscriptions.ts';

const folder = mkdtempSync(join(tmpdir(), 'ptgbot-bench-'));

const { schedule } = importPython(database(process.argv[2]), { timezone: 'America/Denver' });

async function repositoryNamed(name: string): Promise<string> {
  const repository = join(folder, name);
  await createRepository(repository, filesOf(schedule), {
    subject: 'Begin',
    author: { name: 'bench', email: 'bench@nicks.bench.invalid' },
    time: new Date(),
    trailers: [],
  });
  return repository;
}

try {
  await benchSubscriptions(schedule);
  await benchService(folder, await repositoryNamed('service.git'));
  await benchIrc(folder, await repositoryNamed('irc.git'));
  await benchReaders(folder, await repositoryNamed('readers.git'));
  await benchCommits(folder, await repositoryNamed('commits.git'));
  await benchHistory(folder, await repositoryNamed('history.git'));
  await benchLog(folder, await repositoryNamed('log.git'));
  await benchRendering(folder, await repositoryNamed('rendering.git'));
  await benchIncremental(folder);
  await benchPageWeight(folder, await repositoryNamed('page.git'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
