import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CheckIn } from '../../schedule-data/presence.ts';
import type { Problem, Snapshot } from '../../schedule-data/snapshot.ts';
import { tracksCss } from '../view/tracks-css.ts';
import { normalBase } from './base.ts';
import type { CompiledPage, Renderer } from './load.ts';

/** All that pages show: the schedule at a commit, and who is where. */
export interface SiteContent extends Snapshot {
  readonly presence: readonly CheckIn[];
}

export interface RenderOptions {
  /** Where the site is published, for canonical addresses: `https://ptg.example.org/sub`. */
  readonly site?: string;
  /** Path below the host where it is published; by default that of `site`, else `/`. */
  readonly base?: string;
}

/** A rendered site: contents by path. Without problems it is complete. */
export interface RenderedSite {
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** Pages that could not be made; what was published of them before is better than nothing. */
  readonly problems: readonly Problem[];
}

/**
 * Renders every page, one after the other, letting other work in between. Depends
 * on nothing else: the same content gives the same bytes.
 */
export async function renderSite(
  renderer: Renderer,
  { schedule, problems, presence }: SiteContent,
  options: RenderOptions = {},
): Promise<RenderedSite> {
  const { site, base } = normalOptions(options);
  const put = (text: string) => text.replaceAll(renderer.basePlaceholder, base);
  const files = new Map<string, string | Uint8Array>();
  const failures: Problem[] = [];
  const failed = (path: string, error: unknown) =>
    failures.push({
      path,
      message: `The page could not be made: ${error instanceof Error ? error.message : String(error)}`,
    });

  for (const [path, content] of renderer.assets)
    // Scripts and style sheets hold addresses of each other.
    files.set(path, /\.(css|js|svg)$/.test(path) ? put(content.toString()) : content);
  const colors = tracksCss(schedule);
  const colorsPath = `assets/tracks.${hash(colors)}.css`;
  files.set(colorsPath, colors);
  const locals = { schedule, problems, presence, site, tracksCss: colorsPath };

  for (const [page, params] of allPaths(renderer.pages, schedule, failed)) {
    let path = page.route;
    try {
      path = page.file(params);
      const text = put(await page.render(params, locals));
      for (const name of [path, ...page.aliases]) files.set(name, text);
    } catch (error) {
      failed(path, error);
    }
    await setImmediate();
  }
  return { files, problems: failures };
}

function* allPaths(
  pages: readonly CompiledPage[],
  schedule: Snapshot['schedule'],
  failed: (path: string, error: unknown) => void,
) {
  for (const page of pages)
    try {
      for (const params of page.paths(schedule)) yield [page, params] as const;
    } catch (error) {
      failed(page.route, error);
    }
}

function normalOptions({ site, base }: RenderOptions): { site?: string; base: string } {
  const url = site === undefined ? undefined : new URL(site);
  const path = normalBase(base ?? url?.pathname ?? '/');
  return { site: url && `${url.origin}${path}`, base: path };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 10);
}
