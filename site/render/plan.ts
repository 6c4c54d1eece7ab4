/**
 * render/ makes files of content, with the pages as compiled. It never writes one. This file: which
 * files a site has, and of what each is made.
 */
import { hash as digestOf } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Problem, Snapshot } from '../../schedule-data/schedule/snapshot.ts';
import type { SiteContent } from '../content/site-content.ts';
import { frame } from '../view/frame.ts';
import { tracksCss } from '../view/tracks-css.ts';
import { normalBase } from './base.ts';
import type { CompiledPage, Renderer } from './load.ts';

export interface RenderOptions {
  /** Where the site is published, for canonical addresses: `https://ptg.example.org/sub`. */
  readonly site?: string;
  /** Path below the host where it is published; by default that of `site`, else `/`. */
  readonly base?: string;
}

/** A file of the site, rendered only when somebody wants its content. */
export interface PlannedFile {
  /** `tracks/nova/index.html`, and other paths that hold the same bytes. */
  readonly paths: readonly [string, ...string[]];
  /** Of all that the file shows: as long as it stays the same, the content does too. */
  readonly digest: string;
  /** Throws what the page throws. */
  content(): Promise<string | Uint8Array>;
}

/** The files that a site consists of. Without problems it is complete. */
export interface SitePlan {
  readonly files: readonly PlannedFile[];
  /** Pages that could not be planned; what was published of them before is better than nothing. */
  readonly problems: readonly Problem[];
}

/**
 * Computes what every page shows, and renders none of them: that is dear, and most are published
 * already. Depends on nothing but its arguments. Lets other work in between two pages.
 */
export async function planSite(
  renderer: Renderer,
  { commit: _, ...content }: SiteContent,
  options: RenderOptions = {},
): Promise<SitePlan> {
  const { schedule } = content;
  const { site, base } = normalOptions(options);
  const put = (text: string) => text.replaceAll(renderer.basePlaceholder, base);
  // The placeholder is another one each time the site is compiled.
  const digest = (...parts: unknown[]) =>
    hash(JSON.stringify([renderer.basePlaceholder, base, ...parts]));
  const files: PlannedFile[] = [];
  const failures: Problem[] = [];
  const failed = (path: string, error: unknown) => failures.push(pageProblem(path, error));

  for (const [path, content] of renderer.assets) {
    // Scripts and style sheets hold addresses of each other.
    const text = () => (/\.(css|js|svg)$/.test(path) ? put(content.toString()) : content);
    files.push({ paths: [path], digest: digest(path), content: () => Promise.resolve(text()) });
  }
  const colors = tracksCss(schedule);
  const colorsPath = `assets/tracks.${hash(colors).slice(0, 10)}.css`;
  files.push({ paths: [colorsPath], digest: colorsPath, content: () => Promise.resolve(colors) });

  const locals: App.Locals = { ...content, site, tracksCss: colorsPath };
  let shared: string | undefined;
  const frameDigest = () => (shared ??= hash(JSON.stringify(frame(locals))));
  for (const [page, params] of allPaths(renderer.pages, schedule, failed)) {
    let path = page.route;
    try {
      path = page.file(params);
      files.push({
        paths: [path, ...page.aliases],
        digest: digest(path, page.framed && frameDigest(), page.view(locals, params)),
        content: async () => put(await page.render(params, locals)),
      });
    } catch (error) {
      failed(path, error);
    }
    await setImmediate();
  }
  return { files, problems: failures };
}

/** What is wrong with a page that could not be made. */
export function pageProblem(path: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return { path, message: `The page could not be made: ${reason}` };
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
  return digestOf('sha256', text, 'base64url');
}
