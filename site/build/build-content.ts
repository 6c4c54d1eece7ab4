import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SiteContent } from '../content/site-content.ts';

const data = new URL('../../schedule-data/', import.meta.url);

/**
 * What `astro build` and `astro dev` show: the branch `main` of the data repository that
 * PTGBOT_REPOSITORY names (by default schedule-data/live.git), or the example event where there is
 * no such repository.
 */
export async function loadContentForBuild(): Promise<SiteContent> {
  const given = process.env.PTGBOT_REPOSITORY;
  const repository = repositoryForBuild();
  if (repository !== undefined) {
    const { contentAt } = await import('../content/site-content.ts');
    return contentAt(repository, 'main', fileURLToPath(new URL('../dist', data)));
  }
  if (given !== undefined)
    throw new Error(`PTGBOT_REPOSITORY is ${given}; expected the folder of a data repository.`);
  const { snapshotOfDirectory } = await import('../../schedule-data/store/directory.ts');
  const snapshot = await snapshotOfDirectory(fileURLToPath(new URL('example', data)));
  // The example has no history.
  const changes = { tip: '', count: 0, newest: [], reverted: [], revertedBy: new Map() };
  return { ...snapshot, presence: [], history: new Map(), changes };
}

/** Undefined where there is none. */
export function repositoryForBuild(): string | undefined {
  const repository = process.env.PTGBOT_REPOSITORY ?? fileURLToPath(new URL('live.git', data));
  return existsSync(repository) ? repository : undefined;
}
