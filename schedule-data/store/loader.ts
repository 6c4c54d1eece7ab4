/** Loading what a repository held at a commit, from the object database. */
import { noFile, readBytes, salvagedValue, type ReadFile } from '../format/data-files.ts';
import type { FileKind } from '../format/file-schemas.ts';
import { newerFormat, updateNeeded } from '../format/format-version.ts';
import { StorageError } from '../git/storage-error.ts';
import type { Layout, ReadDataFile } from './layout.ts';
import type { TreeEntry } from '../git/tree.ts';
import type { Objects } from '../git/objects.ts';
import type { Problem, SnapshotOf } from '../schedule/snapshot.ts';

/** One file of ours at a commit. */
export interface LoadedFile extends ReadDataFile {
  readonly oid: string;
  readonly mode: string;
  readonly text: string;
  /** What is wrong with it. */
  readonly problem?: Problem;
}

/** A snapshot with what the writer needs to go on from it. */
export type Loaded<C extends object> = SnapshotOf<C> & {
  /** The entries of the root, and of its folders with data files. */
  readonly trees: ReadonlyMap<string, readonly TreeEntry[]>;
  readonly files: ReadonlyMap<string, LoadedFile>;
};

/** How many commits are searched for the last valid version of a bad file. */
const mostCommitsSearched = 1000;
/** How many loaded commits are remembered; a search ends where it meets one of them. */
const remembered = 8;

export class Loader<C extends object> {
  readonly #objects: Objects;
  readonly #layout: Layout<C>;
  /** Parsed files by kind and blob id. */
  #parsed = new Map<string, { text: string; read: ReadFile }>();
  #recent: Loaded<C>[] = [];

  constructor(objects: Objects, layout: Layout<C>) {
    this.#objects = objects;
    this.#layout = layout;
  }

  /**
   * @throws {StorageError} when an object is missing, or a file that is indispensable, and when the data
   * is in a format of a newer program
   */
  async load(commit: string): Promise<Loaded<C>> {
    const known = this.#recent.find((loaded) => loaded.commit === commit);
    if (known) return known;
    const trees = await this.#trees(commit);
    const files = new Map<string, LoadedFile>();
    const problems: Problem[] = [];
    for (const [path, entry] of entriesOf(trees)) {
      const place = this.#layout.classifyPath(path);
      if (place.kind === 'foreign') continue;
      if (place.kind === 'misnamed') {
        problems.push({ path, message: place.message });
        continue;
      }
      const { text, read } = await this.#parse(place.kind, entry);
      const newer = place.kind === 'event' ? newerFormat(text) : undefined;
      if (newer !== undefined) throw new StorageError(updateNeeded(newer));
      const known = { kind: place.kind, slug: place.slug, oid: entry.oid, mode: entry.mode, text };
      files.set(
        path,
        read.ok
          ? { ...known, value: read.value }
          : await this.#salvaged({ path, ...known }, commit, read),
      );
    }
    const { indispensable: lost } = this.#layout;
    if (lost && !files.has(lost.path)) {
      const read = { ok: false, message: lost.message } as const;
      const last = await this.#lastValid(lost.path, lost.kind, '', commit, read);
      files.set(lost.path, { kind: lost.kind, slug: '', oid: '', mode: '', text: '', ...last });
    }
    for (const { problem } of files.values()) if (problem) problems.push(problem);
    const content = this.#layout.assemble(files);
    return this.remember({ ...content, commit, problems, trees, files });
  }

  /** Remembers what was loaded, or written on top of it. */
  remember(loaded: Loaded<C>): Loaded<C> {
    this.#recent = [loaded, ...this.#recent].slice(0, remembered);
    if (this.#parsed.size > 4 * loaded.files.size + 100) this.#parsed.clear();
    return loaded;
  }

  /** Forgets what was loaded: nothing of it may be written again. */
  forget(): void {
    this.#recent = [];
    this.#parsed.clear();
  }

  async #trees(commit: string): Promise<Map<string, TreeEntry[]>> {
    const root = await this.#objects.tree((await this.#objects.commit(commit)).tree);
    const trees = new Map([['', root]]);
    for (const entry of root)
      if (entry.type === 'tree' && this.#layout.folders.includes(entry.path))
        trees.set(entry.path, await this.#objects.tree(entry.oid));
    return trees;
  }

  async #parse(kind: FileKind, entry: TreeEntry): Promise<{ text: string; read: ReadFile }> {
    if (entry.type !== 'blob' || entry.mode === '120000') return { text: '', read: noFile };
    const key = `${kind} ${entry.oid}`;
    let parsed = this.#parsed.get(key);
    if (!parsed) {
      const { text = '', read } = readBytes(kind, await this.#objects.bytes(entry.oid));
      parsed = { text, read };
      this.#parsed.set(key, parsed);
    }
    return parsed;
  }

  /** A bad file: what is valid in it counts, and the rest as it was in its last valid version. */
  async #salvaged(
    { path, ...known }: Omit<LoadedFile, 'value'> & { readonly path: string },
    commit: string,
    read: ReadFile & { ok: false },
  ): Promise<LoadedFile> {
    const { kind, oid, text } = known;
    const { value, problem } = await this.#lastValid(path, kind, oid, commit, read);
    return { ...known, problem, value: value && (salvagedValue(kind, text, value) ?? value) };
  }

  /**
   * Walks back from a commit in which a file is bad: to the commit that made it so, and to the
   * last version that was good.
   */
  async #lastValid(
    path: string,
    kind: FileKind,
    badOid: string,
    from: string,
    read: ReadFile & { ok: false },
  ): Promise<Pick<LoadedFile, 'value'> & { problem: Problem }> {
    let commit: string | undefined = from;
    let culprit = { commit: from, author: '' };
    let isStillThis = true;
    let value: LoadedFile['value'];
    for (let steps = 0; commit !== undefined && steps < mostCommitsSearched; steps++) {
      const met = this.#recent.find((loaded) => loaded.commit === commit)?.files.get(path);
      if (met?.problem && isStillThis && met.oid === badOid)
        return { value: met.value, problem: met.problem };
      const { authorName, parent, tree } = await this.#objects.commit(commit);
      const entry = await this.#entry(tree, path);
      if (entry?.oid !== (badOid || undefined)) isStillThis = false;
      if (isStillThis) culprit = { commit, author: authorName };
      if (entry) {
        const older = await this.#parse(kind, entry);
        if (older.read.ok) {
          value = older.read.value;
          break;
        }
      }
      commit = parent[0];
    }
    const { message, line } = read;
    return { value, problem: { path, message, ...culprit, ...(line !== undefined && { line }) } };
  }

  async #entry(tree: string, path: string): Promise<TreeEntry | undefined> {
    const [first, second] = path.split('/');
    const entry = (await this.#objects.tree(tree)).find((one) => one.path === first);
    if (second === undefined || entry?.type !== 'tree')
      return second === undefined ? entry : undefined;
    return (await this.#objects.tree(entry.oid)).find((one) => one.path === second);
  }
}

function* entriesOf(
  trees: ReadonlyMap<string, readonly TreeEntry[]>,
): Iterable<[string, TreeEntry]> {
  for (const [folder, entries] of trees)
    for (const entry of entries) yield [folder ? `${folder}/${entry.path}` : entry.path, entry];
}
