import type { BaseApp } from 'astro/app';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import type { RouteParams } from '../view/route-params.ts';
import type { LiveLocals, LocalsOptions } from '../content/live-locals.ts';
import type { memo, memoEach } from '../content/memo.ts';
import type { PageContent } from '../content/site-content.ts';
import type { LastingPage, PageGroup } from '../view/page-file.ts';
import { outputPath } from './output-path.ts';

/** One page of the site as compiled; a page with parameters makes a file for each of its paths. */
export interface CompiledPage {
  /** `/tracks/[track]`, for messages. */
  readonly route: string;
  /** Which files the page makes of the content: their parameters. */
  paths(locals: App.Locals): readonly RouteParams[];
  /** Instead of paths, where there are very many. */
  readonly groups?: (locals: App.Locals) => readonly PageGroup[];
  /** Files that hold the same bytes as the page. */
  readonly aliases: readonly string[];
  /** What stands around the page; the same value as long as it is equal. Around endpoints there is nothing. */
  readonly frame?: (locals: App.Locals) => unknown;
  /** Is nobody kept waiting for it? */
  readonly later: boolean;
  /** Of pages that stay, also when the content goes on: which there are, and what of. */
  readonly lasting?: LastingPage;
  /**
   * All that the file for these parameters shows beside the frame, as plain data; of one `LiveLocals`
   * the same value as before, as long as it is equal.
   */
  view(locals: App.Locals, params: RouteParams): unknown;
  /** Path of the file for these parameters, `tracks/nova/index.html`. */
  file(params: RouteParams): string;
  /** The file's bytes, with the base still as its placeholder. Throws what the page throws. */
  render(params: RouteParams, locals: App.Locals): Promise<Buffer>;
}

/** The compiled site in memory: needs neither node_modules nor the folder it came from any more. */
export interface Renderer {
  readonly pages: readonly CompiledPage[];
  /** Scripts, style sheets, pictures: the same for every schedule. Path → content. */
  readonly assets: ReadonlyMap<string, Buffer>;
  /** Stands in all of them for the path below which the site is published. */
  readonly basePlaceholder: string;
  /** Locals for its pages, which can be brought up to date. */
  locals(content: PageContent, options: LocalsOptions): LiveLocals;
  /** What stands around pages that stay; the same value as long as it is equal. */
  readonly lastingFrame: (locals: App.Locals) => unknown;
  /** Another one where the pages were compiled from other sources. */
  readonly id: string;
  /** The style sheet with the colours of a schedule. */
  readonly tracksCss: (schedule: Schedule) => string;
}

/** What the entry of the compiled site exports (site/build/entry.ts). */
interface Entry {
  readonly app: BaseApp;
  readonly LiveLocals: typeof LiveLocals;
  readonly memo: typeof memo;
  readonly memoEach: typeof memoEach;
  readonly frame: (locals: App.Locals) => unknown;
  readonly lastingFrame: Renderer['lastingFrame'];
  readonly tracksCss: Renderer['tracksCss'];
}

/** What a page may export beside its markup. */
interface PageModule {
  paths?: (locals: App.Locals) => readonly RouteParams[];
  groups?: (locals: App.Locals) => readonly PageGroup[];
  aliases?: readonly string[];
  later?: boolean;
  /** What stands around it, where that is not what stands around most pages. */
  frame?: (locals: App.Locals) => unknown;
  lasting?: LastingPage;
  view?: (locals: App.Locals, params: RouteParams) => unknown;
}

/** Loads what `compileSite` left in a folder. */
export async function loadRenderer(directory: string): Promise<Renderer> {
  const entry = pathToFileURL(join(directory, 'server', 'entry.mjs')).href;
  const {
    frame: usualFrame,
    app,
    LiveLocals,
    memo,
    memoEach,
    lastingFrame,
    tracksCss,
  } = (await import(entry)) as Entry;
  // A page that throws would otherwise be logged and become an empty answer with status 500.
  app.logger.options.level = 'silent';
  app.renderError = (_request, { error, status }) =>
    Promise.reject(error instanceof Error ? error : new Error(`the page has status ${status}`));
  const routes = app.manifest.routes
    .map(({ routeData }) => routeData)
    .filter(({ origin, type }) => origin === 'project' && (type === 'page' || type === 'endpoint'));
  const pages = await Promise.all(
    routes.map(async (routeData): Promise<CompiledPage> => {
      const module = await app.manifest.pageMap?.get(routeData.component)?.();
      const {
        paths,
        groups,
        aliases = [],
        later = false,
        frame = usualFrame,
        lasting,
        view,
      } = ((await module?.page()) ?? {}) as PageModule;
      if (routeData.params.length > 0 && !paths && !groups && !lasting)
        throw new Error(`site/${routeData.component} must export paths(locals).`);
      if (!view) throw new Error(`site/${routeData.component} must export view(locals, params).`);
      const views = memoEach((locals: App.Locals, params) =>
        view(locals, JSON.parse(params) as RouteParams),
      );
      return {
        route: routeData.route,
        paths: memo(paths ?? (() => (groups || lasting ? [] : [{}]))),
        groups,
        aliases,
        frame: routeData.type === 'page' ? frame : undefined,
        later,
        lasting,
        view: (locals, params) => views(locals, JSON.stringify(params)),
        file: (params) => outputPath(routeData, params),
        render: async (params, locals) => {
          // Astro decodes with decodeURI, so that a + must not be encoded.
          const path = encodeURI(outputPath(routeData, params)).replace(
            /[?#]/g,
            encodeURIComponent,
          );
          const url = `http://site.invalid${app.manifest.base}/${path.replace(/(^|\/)index\.html$/, '$1')}`;
          const response = await app.render(new Request(url), { routeData, locals });
          const expected = app.getDefaultStatusCode(routeData, routeData.route);
          if (response.status !== expected)
            throw new Error(`the page has status ${response.status}`);
          return Buffer.from(await response.arrayBuffer());
        },
      };
    }),
  );
  return {
    pages,
    assets: await readTree(join(directory, 'client')),
    basePlaceholder: app.manifest.base,
    locals: (content, options) => new LiveLocals(content, options),
    lastingFrame,
    id: await hashOfTree(join(directory, 'server'), app.manifest.base),
    tracksCss,
  };
}

/** @param placeholder stands for the base, and is another one each time */
async function hashOfTree(directory: string, placeholder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const [path, content] of await readTree(directory))
    hash.update(`${path}\0${content.toString('latin1').replaceAll(placeholder, '')}\0`);
  return hash.digest('hex');
}

async function readTree(directory: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const contents = await Promise.all(files.map((file) => readFile(file)));
  return new Map(
    files.map((file, index) => [
      relative(directory, file).split(sep).join('/'),
      contents[index] ?? Buffer.alloc(0),
    ]),
  );
}
