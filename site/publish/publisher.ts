/**
 * Keeps a folder showing a site: writes what changed, removes what is gone. Decides nothing about
 * what pages show, and never touches a file that it did not write.
 */
import { hash as digestOf } from 'node:crypto';
import { lstat, mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Problem, Snapshot } from '../../schedule-data/schedule/snapshot.ts';
import { reached } from '../../schedule-data/store/stage.ts';
import { lettingOthersWork } from '../render/other-work.ts';
import { isOutputPath } from '../render/output-path.ts';
import { pageProblem, type PlannedFile, type SitePlan } from '../render/plan.ts';
import type { Revision } from '../view/revision.ts';
import { hasManifest, readManifest, writeManifest } from './manifest.ts';
import { placeFiles, removeAside, removeFile } from './place-files.ts';

const revisionPath = 'revision.json';
/** Pages in browsers and caches still ask for the style sheets that they came with. */
const keepAssetsFor = 60 * 60_000;

export interface Published {
  /** How many files the site has, how many of them changed, and how many are gone. */
  readonly files: number;
  readonly written: number;
  readonly removed: number;
  /** Pages that could not be made. */
  readonly problems: readonly Problem[];
}

/** What is known of a file in the folder; nothing while it is not certain that it is there. */
interface FileState {
  /** Of its bytes. */
  readonly hash?: string;
  /** As planned; not known for what an earlier process wrote. */
  readonly version?: object;
  /** Stays when it is planned no more, and is not listed. */
  readonly lasting?: boolean;
}

/** Keeps a folder showing the newest site. One call at a time. */
export class Publisher {
  readonly #root: string;
  readonly #now: () => Date;
  readonly #known: Map<string, FileState>;
  /** Assets that no page needs any more, by path; since when, in milliseconds since 1970. */
  readonly #unused = new Map<string, number>();

  private constructor(root: string, now: () => Date, known: Map<string, FileState>) {
    this.#root = root;
    this.#now = now;
    this.#known = known;
  }

  /** Opens a folder; makes it when it is missing. Throws when it can't be written. */
  static async open(directory: string, now = () => new Date()): Promise<Publisher> {
    const root = resolve(directory);
    await mkdir(root, { recursive: true });
    await removeAside(root);
    const known = new Map<string, FileState>();
    for (const path of await readManifest(root))
      known.set(path, { hash: await hashOfFile(root, path) });
    return new Publisher(root, now, known);
  }

  /** Does the folder show a site, of whatever state? */
  get hasPages(): boolean {
    return this.#known.has('index.html');
  }

  /**
   * Makes the folder show the site: renders only files whose version is not that of what is there,
   * and writes only what changed. What people look at first is in its place before anything else is
   * rendered; `revision.json` comes last. Then what was written earlier and is gone now is removed. A
   * page that can't be rendered stays as it was. Throws when it can't write; `revision.json` is then
   * as it was, and every file whole.
   */
  async publish({ commit, problems }: Snapshot, site: SitePlan): Promise<Published> {
    const files = this.#pathsOf(site.files);
    if (!hasManifest(this.#root)) this.#known.clear();

    const failures = [...site.problems];
    const isStale = ({ paths, version }: PlannedFile) =>
      paths.some((path) => this.#known.get(path)?.version !== version);
    const isFirst = ({ paths: [path] }: PlannedFile) =>
      path.startsWith('assets/') || site.first.includes(path);
    const [first = [], others = []] = [true, false].map((wanted) =>
      site.files.filter((file) => isFirst(file) === wanted && isStale(file)),
    );
    let written = await this.#replace(first, failures);
    reached('first page');
    const later = await site.later?.();
    if (later?.lasting === 'removed') this.#forgetLasting();
    if (later?.lasting === 'there') this.#trustLasting(later.files);
    for (const path of this.#pathsOf(later?.files ?? [])) files.add(path);
    failures.push(...(later?.problems ?? []));
    others.push(...(later?.files.filter(isStale) ?? []));
    written += await this.#replace(others, failures, () => {
      const revision: Revision = {
        commit,
        time: this.#now().toISOString(),
        problems: [...problems, ...failures],
      };
      return JSON.stringify(revision);
    });

    // What failed to render is not gone, nor what is not known yet.
    const isWhole = failures.length === 0 && later?.isWhole !== false;
    const removed = isWhole ? await this.#removeOthers(files) : [];
    return { files: files.size, written, removed: removed.length, problems: failures };
  }

  /** Of all of them. */
  #pathsOf(files: readonly PlannedFile[]): Set<string> {
    const paths = new Set(files.flatMap(({ paths }) => paths));
    for (const path of paths)
      if (!this.#known.has(path) && !isOutputPath(path))
        throw new Error(`"${path}" can't be the path of a page.`);
    return paths;
  }

  /**
   * Renders files and puts those that changed into their places; gives how many.
   * @param revision makes the content of `revision.json`, to be placed after them
   */
  async #replace(
    files: readonly PlannedFile[],
    failures: Problem[],
    revision?: () => string,
  ): Promise<number> {
    if (!files.length && !revision) return 0;
    const changed = new Map<string, FileState>();
    await placeFiles(this.#root, async (put) => {
      const letOthersWork = lettingOthersWork();
      for (const file of files) {
        await letOthersWork();
        const content = await contentOf(file, failures);
        if (content === undefined) continue;
        const { version, lasting } = file;
        const made: FileState = { hash: hashOf(content), version, lasting };
        for (const path of file.paths)
          if ((await this.#hashOf(path, lasting)) === made.hash) this.#known.set(path, made);
          else {
            put(path, content);
            changed.set(path, made);
          }
      }
      if (revision) put(revisionPath, revision());
      const listed = [...changed].flatMap(([path, { lasting }]) => (lasting ? [] : path));
      await this.#expect([...(revision ? [revisionPath] : []), ...listed]);
      for (const [path, { lasting }] of changed) if (lasting) this.#known.set(path, { lasting });
    });
    for (const [path, made] of changed) this.#known.set(path, made);
    return changed.size;
  }

  /**
   * A path is listed before it exists: whatever dies in between, nothing of ours is forgotten.
   * Should placing the files fail half-way, nobody knows which of them are there.
   */
  async #expect(paths: readonly string[]): Promise<void> {
    const added = paths.filter((path) => !this.#known.has(path));
    if (added.length > 0) await writeManifest(this.#root, [...this.#listed(), ...added]);
    for (const path of paths) this.#known.set(path, {});
  }

  /** Removes what was written earlier and is none of these. */
  async #removeOthers(files: ReadonlySet<string>): Promise<readonly string[]> {
    const removed: string[] = [];
    for (const [path, { lasting }] of this.#known) {
      if (lasting) {
        // It stays, and need not be remembered.
        if (!files.has(path)) this.#known.delete(path);
      } else if (files.has(path) || path === revisionPath) this.#unused.delete(path);
      else if (!path.startsWith('assets/') || this.#isOverdue(path)) removed.push(path);
    }
    for (const path of removed) {
      await removeFile(this.#root, path);
      this.#known.delete(path);
      this.#unused.delete(path);
    }
    if (removed.length > 0) await writeManifest(this.#root, this.#listed());
    return removed;
  }

  /** Of the bytes that are there. Lasting files are not listed: whether one is there is seen now. */
  async #hashOf(path: string, lasting?: boolean): Promise<string | undefined> {
    const known = this.#known.get(path);
    return known || !lasting ? known?.hash : hashOfFile(this.#root, path);
  }

  *#listed(): Iterable<string> {
    for (const [path, { lasting }] of this.#known) if (!lasting) yield path;
  }

  /** Nothing is known of them yet, but that they are there. */
  #trustLasting(files: readonly PlannedFile[]): void {
    for (const { paths, version, lasting } of files)
      if (lasting && !this.#known.has(paths[0])) this.#known.set(paths[0], { version, lasting });
  }

  #forgetLasting(): void {
    for (const [path, { lasting }] of this.#known) if (lasting) this.#known.delete(path);
  }

  #isOverdue(asset: string): boolean {
    const now = this.#now().getTime();
    const since = this.#unused.get(asset);
    if (since === undefined) this.#unused.set(asset, now);
    return since !== undefined && now - since > keepAssetsFor;
  }
}

/** Undefined when the page could not be made; then the failures say why. */
async function contentOf(file: PlannedFile, failures: Problem[]) {
  try {
    return await file.content();
  } catch (error) {
    failures.push(pageProblem(file.paths[0], error));
    return undefined;
  }
}

async function hashOfFile(root: string, path: string): Promise<string | undefined> {
  try {
    return (await lstat(join(root, path))).isFile()
      ? hashOf(await readFile(join(root, path)))
      : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(content: string | Uint8Array): string {
  return digestOf('sha256', content, 'base64');
}
