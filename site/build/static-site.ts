import { join } from 'node:path';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import { publishOnce } from '../publish/publish-once.ts';
import { loadContentForBuild, repositoryForBuild } from './build-content.ts';
import { loadRenderer } from '../render/load.ts';

export interface StaticSite {
  readonly directory: string;
  readonly written: number;
  readonly problems: readonly Problem[];
}

/** Lets the renderer that was just compiled write the whole site to the folder `site` beside it. */
export async function writeStaticSite(compiled: string): Promise<StaticSite> {
  const directory = join(compiled, '..', 'site');
  const content = await loadContentForBuild();
  const renderer = await loadRenderer(compiled);
  const { written, problems } = await publishOnce(directory, renderer, content, {
    site: process.env.PTGBOT_SITE_URL,
    base: process.env.PTGBOT_SITE_BASE,
    gitdir: repositoryForBuild(),
  });
  if (problems[0]) throw new Error(problems[0].message);
  return { directory, written, problems: content.problems };
}
