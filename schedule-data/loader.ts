/** Loading the schedule as it stood at a commit, from the object database. */
import type { TreeEntry } from 'isomorphic-git';
import { eventPath, placeOf, readFile, type ReadFile } from './files.ts';
import type { FileKind, FileValue } from './format.ts';
import type { Objects } from './objects.ts';
import { inOrder, type Schedule } from './schedule.ts';
import type { Problem, Snapshot } from './snapshot.ts';
import { StorageError } from './storage-error.ts';
import { textOf } from './text.ts';

/** One file of ours at a commit. */
export interface LoadedFile {
  readonly kind: FileKind;
  readonly slug: string;
  readonly oid: string;
  readonly mode: string;
  readonly text: string;
  /** What counts: of a bad file the last valid version, undefined when there never was one. */
  readonly value: FileValue | undefined;
  /** What is wrong with it. */
  readonly problem?: Problem;
}

/** A snapshot with what the writer needs to go on from it. */
export interface Loaded extends Snapshot {
  /** The entries of the root, and of its folders `rooms` and `tracks`. */
  readonly trees: ReadonlyMap<string, readonly TreeEntry[]>;
  readonly files: ReadonlyMap<string, LoadedFile>;
}

/** How many commits are searched for the last valid version of a bad file. */
const patience = 1000;
/** How many loaded commits are remembered; a search ends where it meets one of them. */
const remembered = 8;

export class Loader {
  readonly #objects: Objects;
  /** Parsed files by kind and blob id. */
  #parsed = new Map<string, { text: string; read: ReadFile }>();
  #recent: Loaded[] = [];

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  /** @throws {StorageError} when an object is missing, or there never was an event.yaml */
  async load(commit: string): Promise<Loaded> {
    const known = this.#recent.find((loaded) => loaded.commit === commit);
    if (known) return known;
    const trees = await this.#trees(commit);
    const files = new Map<string, LoadedFile>();
    const problems: Problem[] = [];
    for (const [path, entry] of entriesOf(trees)) {
      const place = placeOf(path);
      if (place.kind === 'foreign') continue;
      if (place.kind === 'misnamed') {
        problems.push({ path, message: place.message });
        continue;
      }
      const { text, read } = await this.#parse(place.kind, entry);
      const known = { kind: place.kind, slug: place.slug, oid: entry.oid, mode: entry.mode, text };
      files.set(
        path,
        read.ok
          ? { ...known, value: read.value }
          : { ...known, ...(await this.#lastValid(path, place.kind, entry.oid, commit, read)) },
      );
    }
    if (!files.has(eventPath)) {
      const read = {
        ok: false,
        message: 'expected a file with the id, name and timezone',
      } as const;
      const last = await this.#lastValid(eventPath, 'event', '', commit, read);
      files.set(eventPath, { kind: 'event', slug: '', oid: '', mode: '', text: '', ...last });
    }
    this.#objects.forgetPacks();
    const schedule = assemble(files);
    for (const { problem } of files.values()) if (problem) problems.push(problem);
    return this.remember({ commit, schedule, problems, trees, files });
  }

  /** Remembers what was loaded, or written on top of it. */
  remember(loaded: Loaded): Loaded {
    this.#recent = [loaded, ...this.#recent].slice(0, remembered);
    if (this.#parsed.size > 4 * loaded.files.size + 100) this.#parsed.clear();
    return loaded;
  }

  async #trees(commit: string): Promise<Map<string, TreeEntry[]>> {
    const root = await this.#objects.tree((await this.#objects.commit(commit)).tree);
    const trees = new Map([['', root]]);
    for (const entry of root)
      if (entry.type === 'tree' && (entry.path === 'rooms' || entry.path === 'tracks'))
        trees.set(entry.path, await this.#objects.tree(entry.oid));
    return trees;
  }

  async #parse(kind: FileKind, entry: TreeEntry): Promise<{ text: string; read: ReadFile }> {
    if (entry.type !== 'blob' || entry.mode === '120000')
      return { text: '', read: { ok: false, message: 'expected a file, not a link or a folder' } };
    const key = `${kind} ${entry.oid}`;
    let parsed = this.#parsed.get(key);
    if (!parsed) {
      const text = textOf(await this.#objects.bytes(entry.oid));
      parsed = { text: text ?? '', read: readFile(kind, text) };
      this.#parsed.set(key, parsed);
    }
    return parsed;
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
  ): Promise<{ value: FileValue | undefined; problem: Problem }> {
    let commit: string | undefined = from;
    let culprit = { commit: from, author: '' };
    let isStillThis = true;
    let value: FileValue | undefined;
    for (let steps = 0; commit !== undefined && steps < patience; steps++) {
      const met = this.#recent.find((loaded) => loaded.commit === commit)?.files.get(path);
      if (met?.problem && isStillThis && met.oid === badOid)
        return { value: met.value, problem: met.problem };
      const { author, parent, tree } = await this.#objects.commit(commit);
      const entry = await this.#entry(tree, path);
      if (entry?.oid !== (badOid || undefined)) isStillThis = false;
      if (isStillThis) culprit = { commit, author: author.name };
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

/** The schedule that a set of files makes. */
export function assemble(
  files: ReadonlyMap<string, { kind: FileKind; slug: string; value: FileValue | undefined }>,
): Schedule {
  const event = files.get(eventPath)?.value as FileValue<'event'> | undefined;
  if (!event) throw new StorageError('event.yaml: expected a valid file, and there never was one');
  const schedule = {
    event,
    rooms: new Map<string, FileValue<'room'>>(),
    tracks: new Map<string, FileValue<'track'>>(),
    announcements: [] as FileValue<'announcements'>,
  };
  for (const { kind, slug, value } of files.values()) {
    if (value === undefined) continue;
    if (kind === 'room') schedule.rooms.set(slug, value as FileValue<'room'>);
    if (kind === 'track') schedule.tracks.set(slug, value as FileValue<'track'>);
    if (kind === 'announcements') schedule.announcements = value as FileValue<'announcements'>;
  }
  return inOrder(schedule);
}
