import type { SiteContent } from '../content/site-content.ts';
import type { Renderer } from '../render/load.ts';
import { SitePlanner, type RenderOptions } from '../render/plan.ts';
import { Archive } from './archive.ts';
import { Publisher, type Published } from './publisher.ts';

interface OnceOptions extends RenderOptions {
  /** The repository whose history it is; without one there are only the newest changes. */
  readonly gitdir?: string;
}

/** Has a folder show content, with all pages of old changes. Throws when it can't be written. */
export async function publishOnce(
  directory: string,
  renderer: Renderer,
  content: SiteContent,
  { gitdir, ...options }: OnceOptions,
): Promise<Published> {
  const planner = new SitePlanner(renderer, options);
  const publisher = await Publisher.open(directory);
  const plan = await planner.plan(content);
  if (gitdir === undefined) return publisher.publish(content, plan);
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const archive = new Archive(directory, planner, gitdir, {
    info: () => undefined,
    error: ({ err }: { err?: unknown }) => fail(err),
  });
  const published = await publisher.publish(content, archive.inStep(plan, content));
  if (published.problems.length) return published;
  await archive.published(content);
  await Promise.race([failed, archive.whole()]);
  return published;
}
