/**
 * render/ makes files of content, with the pages as compiled. It never writes one. This file: which
 * files a site has, and of what each is made.
 */
import { hash as digestOf } from 'node:crypto';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import type { NewestChanges } from '../../schedule-data/history/changes-reader.ts';
import type { LiveLocals } from '../content/live-locals.ts';
import type { PageContent, SiteContent } from '../content/site-content.ts';
import type { PageGroup } from '../view/page-file.ts';
import { picturePath } from '../view/plan-page.ts';
import { normalBase } from './base.ts';
import type { CompiledPage, Renderer } from './load.ts';
import { lettingOthersWork } from './other-work.ts';

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
  /** As long as this is the same object, the content is the same. */
  readonly version: object;
  /** Stays when it is planned no more; see `LastingPage`. */
  readonly lasting?: boolean;
  /** Throws what the page throws. To be called before the planner plans again. */
  content(): Promise<Uint8Array>;
}

/** The files that a site consists of. Without problems it is complete. */
export interface SitePlan {
  readonly files: readonly PlannedFile[];
  /** What people look at first: the paths of the main page. */
  readonly first: readonly string[];
  /** Pages that could not be planned; what was published of them before is better than nothing. */
  readonly problems: readonly Problem[];
  /** Plans what nobody is kept waiting for; to be called before the planner plans again. */
  readonly later?: () => Promise<LaterPlan>;
}

export interface LaterPlan extends Pick<SitePlan, 'files' | 'problems'> {
  /** Are these all? What is not known yet is not gone. */
  readonly isWhole: boolean;
  /** What is known of lasting files: those of before were removed, or all of these are there already. */
  readonly lasting?: 'removed' | 'there';
}

/** The plan of a site that is made once. */
export function planSite(
  renderer: Renderer,
  content: SiteContent,
  options: RenderOptions = {},
): Promise<SitePlan> {
  return new SitePlanner(renderer, options).plan(content);
}

/**
 * Plans a site again and again while its content changes. What every page shows is computed, but
 * only where something changed that it depends on; no page is rendered: that is dear, and most are
 * published already.
 */
export class SitePlanner {
  readonly #renderer: Renderer;
  readonly #site?: string;
  readonly #base: Buffer;
  readonly #placeholder: Buffer;
  readonly #assets: readonly PlannedFile[];
  readonly #versions = new Map<string, Version>();
  readonly #groups = new WeakMap<PageGroup, { frame: unknown; files: readonly PlannedFile[] }>();
  /** Of lasting files that were planned last. */
  #lastingVersions = new Map<string, Version>();
  #locals: LiveLocals | undefined;

  /** Throws when the options make no address. */
  constructor(renderer: Renderer, options: RenderOptions = {}) {
    const { site, base } = normalOptions(options);
    this.#renderer = renderer;
    this.#site = site;
    this.#base = Buffer.from(base);
    this.#placeholder = Buffer.from(renderer.basePlaceholder);
    this.#assets = [...renderer.assets].map(([path, content]) => ({
      paths: [path],
      version: content,
      // Scripts and style sheets hold addresses of each other.
      content: () => Promise.resolve(/\.(css|js|svg)$/.test(path) ? this.#based(content) : content),
    }));
  }

  /** Lets other work in between two pages. One call at a time. */
  async plan({ commit: _, ...content }: SiteContent): Promise<SitePlan> {
    const renderer = this.#renderer;
    const locals = this.#update(content);
    const colors = renderer.tracksCss(locals.schedule);
    const files: PlannedFile[] = [
      ...this.#assets,
      {
        paths: [locals.tracksCss],
        version: this.#version(locals.tracksCss),
        content: () => Promise.resolve(Buffer.from(colors)),
      },
    ];
    if (content.plan?.kind === 'picture') {
      const { bytes } = content.plan;
      const path = picturePath(content.plan);
      const version = this.#version(path);
      files.push({ paths: [path], version, content: () => Promise.resolve(bytes) });
    }
    const pages = renderer.pages.filter(({ later }) => !later);
    const { files: others, problems } = await this.#planPages(pages, locals);
    files.push(...others);
    const first = others.find(({ paths: [path] }) => path === mainPage)?.paths ?? [];
    return { files, first, problems, later: () => this.#planLater(locals) };
  }

  async #planLater(locals: LiveLocals): Promise<LaterPlan> {
    const { changes, calendar } = locals;
    if (!changes || !calendar) return { files: [], problems: [], isWhole: false };
    const pages = this.#renderer.pages.filter(({ later }) => later);
    const { files, problems } = await this.#planPages(pages, locals);
    const last = this.#lastingVersions;
    this.#lastingVersions = new Map();
    const lasting = this.#planLasting(locals, changes, (path, ...shows) => {
      const version = versionOf(last.get(path), shows);
      this.#lastingVersions.set(path, version);
      return version;
    });
    return { files: [...files, ...lasting], problems, isWhole: true };
  }

  async #planPages(
    pages: readonly CompiledPage[],
    locals: LiveLocals,
  ): Promise<Pick<LaterPlan, 'files' | 'problems'>> {
    const files: PlannedFile[] = [];
    const problems: Problem[] = [];
    const letOthersWork = lettingOthersWork();
    for (const page of pages) {
      for (const group of groupsOf(page, locals, problems)) {
        files.push(...this.#planGroup(page, group, locals));
        await letOthersWork();
      }
      for (const params of pathsOf(page, locals, problems)) {
        let path = page.route;
        try {
          path = page.file(params);
          files.push({
            paths: [path, ...page.aliases],
            version: this.#version(path, page.frame?.(locals), page.view(locals, params)),
            content: async () => this.#based(await page.render(params, locals)),
          });
        } catch (error) {
          problems.push(pageProblem(path, error));
        }
        await letOthersWork();
      }
    }
    return { files, problems };
  }

  /** The same files as last time, as long as it is the same group in the same frame. */
  #planGroup(page: CompiledPage, group: PageGroup, locals: LiveLocals): readonly PlannedFile[] {
    const frame = page.frame?.(locals);
    const known = this.#groups.get(group);
    if (known && known.frame === frame) return known.files;
    const files = group.map(({ params, shows }): PlannedFile => {
      const path = page.file(params);
      return {
        paths: [path],
        version: this.#version(path, frame, ...shows),
        content: async () => this.#based(await page.render(params, locals)),
      };
    });
    this.#groups.set(group, { frame, files });
    return files;
  }

  /** The lasting files of some changes in a row, in the frame of what was planned last. */
  lasting(changes: NewestChanges): readonly PlannedFile[] {
    return this.#locals ? this.#planLasting(this.#locals, changes, () => ({})) : [];
  }

  /** Another one when all lasting files that there are have to be made anew. */
  get lastingKey(): string {
    const frame = this.#locals && this.#renderer.lastingFrame(this.#locals);
    return hash(JSON.stringify([this.#renderer.id, this.#base.toString(), frame]));
  }

  #planLasting(
    { schedule, site }: LiveLocals,
    changes: NewestChanges,
    version: (path: string, ...shows: readonly unknown[]) => object,
  ): readonly PlannedFile[] {
    const none = { problems: [], presence: [], history: new Map(), tracksCss: '' };
    const locals: App.Locals = { ...none, schedule, site, changes };
    const frame = this.#renderer.lastingFrame(this.#locals!);
    return this.#renderer.pages.flatMap(({ lasting, ...page }) =>
      (lasting?.(changes) ?? []).map(({ params, shows }): PlannedFile => {
        const path = page.file(params);
        return {
          paths: [path],
          version: version(path, frame, ...shows),
          lasting: true,
          content: async () => this.#based(await page.render(params, locals)),
        };
      }),
    );
  }

  #update(content: PageContent): LiveLocals {
    const { tracksCss } = this.#renderer;
    if (this.#locals) this.#locals.update(content);
    else
      this.#locals = this.#renderer.locals(content, {
        site: this.#site,
        tracksCss: (schedule) => `assets/tracks.${hash(tracksCss(schedule)).slice(0, 10)}.css`,
      });
    return this.#locals;
  }

  /** The same object as last time, as long as the file shows the very same values. */
  #version(path: string, ...shows: readonly unknown[]): object {
    const version = versionOf(this.#versions.get(path), shows);
    this.#versions.set(path, version);
    return version;
  }

  #based(content: Buffer): Buffer {
    return replaceAll(content, this.#placeholder, this.#base);
  }
}

interface Version {
  readonly shows: readonly unknown[];
}

function versionOf(last: Version | undefined, shows: readonly unknown[]): Version {
  const isSame =
    last?.shows.length === shows.length && shows.every((one, index) => one === last.shows[index]);
  return isSame ? last : { shows };
}

/** On bytes: a page of a large event is large, and comes as bytes. */
function replaceAll(content: Buffer, from: Buffer, to: Buffer): Buffer {
  const parts: Buffer[] = [];
  let done = 0;
  for (let at; (at = content.indexOf(from, done)) >= 0; done = at + from.length)
    parts.push(content.subarray(done, at), to);
  return Buffer.concat([...parts, content.subarray(done)]);
}

const mainPage = 'index.html';

/** What is wrong with a page that could not be made. */
export function pageProblem(path: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return { path, message: `The page could not be made: ${reason}` };
}

function pathsOf(page: CompiledPage, locals: App.Locals, problems: Problem[]) {
  return orNone(() => page.paths(locals), page, problems);
}

function groupsOf(page: CompiledPage, locals: App.Locals, problems: Problem[]) {
  return orNone(() => page.groups?.(locals) ?? [], page, problems);
}

function orNone<T>(give: () => readonly T[], page: CompiledPage, problems: Problem[]) {
  try {
    return give();
  } catch (error) {
    problems.push(pageProblem(page.route, error));
    return [];
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
