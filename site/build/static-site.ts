import { join } from 'node:path';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import { Publisher } from '../publish/publisher.ts';
import { loadContentForBuild } from './build-content.ts';
import { loadRenderer } from '../render/load.ts';
import { planSite } from '../render/plan.ts';

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
  const plan = await planSite(renderer, content, {
    site: process.env.PTGBOT_SITE_URL,
    base: process.env.PTGBOT_SITE_BASE,
  });
  const publisher = await Publisher.open(directory);
  const { written, problems } = await publisher.publish(content, plan);
  if (problems[0]) throw new Error(problems[0].message);
  return { directory, written, problems: content.problems };
}
