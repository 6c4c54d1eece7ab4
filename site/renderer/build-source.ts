import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SiteContent } from './render.ts';

const data = new URL('../../schedule-data/', import.meta.url);

/**
 * What `astro build` and `astro dev` show: the branch `main` of the data repository that
 * PTGBOT_REPOSITORY names (by default schedule-data/live.git), or the example event where there is
 * no such repository.
 */
export async function loadContentForBuild(): Promise<SiteContent> {
  const given = process.env.PTGBOT_REPOSITORY;
  const repository = given ?? fileURLToPath(new URL('live.git', data));
  if (existsSync(repository)) {
    const { snapshotAt } = await import('../../schedule-data/repository.ts');
    const { historyAt } = await import('../../schedule-data/history/history.ts');
    const snapshot = await snapshotAt(repository, 'main');
    return { ...snapshot, presence: [], history: await historyAt(repository, snapshot) };
  }
  if (given !== undefined)
    throw new Error(`PTGBOT_REPOSITORY is ${given}; expected the folder of a data repository.`);
  const { snapshotOfDirectory } = await import('../../schedule-data/directory.ts');
  const snapshot = await snapshotOfDirectory(fileURLToPath(new URL('example', data)));
  return { ...snapshot, presence: [], history: new Map() };
}
