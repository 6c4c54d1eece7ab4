/**
 * store/ holds the schedule of a repository in memory, and commits what changes. It never decides
 * what changes. This file: the one writer; it loads, has somebody decide and commits in one turn,
 * one turn after the other.
 */
import type { TreeEntry } from 'isomorphic-git';
import type { FileChange } from './changes.ts';
import { commitObject, type CommitMessage } from '../git/commit.ts';
import { changedFile, newFile } from '../format/data-files.ts';
import { git, gitWithin, packTimeout } from '../git/git.ts';
import type { Layout } from './layout.ts';
import { Loader, type Loaded, type LoadedFile } from './loader.ts';
import { commitContent, treeContent } from '../git/object-format.ts';
import { Objects } from '../git/objects.ts';
import { BranchMoved, RefUpdater } from '../git/ref-updater.ts';
import type { Repository } from '../git/repository.ts';
import type { Problem, SnapshotOf } from '../schedule/snapshot.ts';
import { reached } from './stage.ts';
import { StorageError } from '../git/storage-error.ts';

/** What was decided: a result for whoever asked, and perhaps new content. */
export interface Update<R, C extends object> {
  readonly result: R;
  readonly change?: Change<C>;
}

interface CommitRequest {
  readonly message: CommitMessage;
  /** The files that change, where whoever decided compared already; else the store compares. */
  readonly changes?: readonly FileChange[];
  /** The commit becomes the first one: nothing of what was before is kept. */
  readonly forgetsPast?: boolean;
}

export type Change<C extends object> = C & CommitRequest;

/** `refused`: the change would touch a file that is bad; `problem` says what is wrong with it. */
export type Outcome<R, C extends object> = { readonly snapshot: SnapshotOf<C> } & (
  | { readonly kind: 'committed' | 'unchanged'; readonly result: R }
  | { readonly kind: 'refused'; readonly problem: Problem }
);

/** How often a decision is taken again because others move the branch at the same time. */
const mostTries = 50;

/** How a snapshot came about, where the store itself committed it. */
export interface CommitInfo<C extends object> {
  readonly before: SnapshotOf<C>;
  readonly message: CommitMessage;
}

type Listener<C extends object> = (snapshot: SnapshotOf<C>, made?: CommitInfo<C>) => void;

export class DataStore<C extends object> {
  readonly #gitdir: string;
  readonly #branch: string;
  readonly #layout: Layout<C>;
  readonly #objects: Objects;
  readonly #loader: Loader<C>;
  readonly #ref: RefUpdater;
  readonly #listeners = new Set<Listener<C>>();
  #current: Loaded<C> | undefined;
  #turns: Promise<unknown> = Promise.resolve();

  constructor({ gitdir, branch }: Repository, layout: Layout<C>) {
    this.#gitdir = gitdir;
    this.#branch = branch;
    this.#layout = layout;
    this.#objects = new Objects(gitdir);
    this.#loader = new Loader(this.#objects, layout);
    this.#ref = new RefUpdater({ gitdir, branch }, () => this.#objects.branch(branch));
  }

  /** Calls the listener for each new snapshot, our own commits and others'. */
  onSnapshot(listener: Listener<C>): void {
    this.#listeners.add(listener);
  }

  /** The content as the branch has it now. @throws {StorageError} */
  current(): Promise<SnapshotOf<C>> {
    return this.#turn(() => this.#load());
  }

  /** The content at a revision: a commit, `main~3`, a tag. @throws {StorageError} */
  async at(revision: string): Promise<SnapshotOf<C>> {
    const commit = ['--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    const oid = await git('--git-dir', this.#gitdir, 'rev-parse', ...commit).catch(() => {
      throw new StorageError(`there is no revision ${revision} in ${this.#gitdir}`);
    });
    return this.#turn(() => this.#loader.load(oid));
  }

  /**
   * Takes a decision on the current content, and commits what it asks for. A decision may be
   * taken several times, when others push in between; only the last one counts.
   * @throws {StorageError} when it could not be saved; then nothing has changed
   */
  update<R>(decide: (snapshot: SnapshotOf<C>) => Update<R, C>): Promise<Outcome<R, C>> {
    return this.#turn(async () => {
      for (let tries = 0; tries < mostTries; tries++) {
        const loaded = await this.#load();
        const { result, change } = decide(loaded);
        const changes = change
          ? (change.changes ?? this.#layout.changesBetween(loaded, change))
          : [];
        if (!change || (!changes.length && !change.forgetsPast))
          return { kind: 'unchanged', result, snapshot: loaded };
        const problem = changes.map(({ path }) => loaded.files.get(path)?.problem).find(Boolean);
        if (problem) return { kind: 'refused', problem, snapshot: loaded };
        const next = await this.#write(loaded, changes, change);
        try {
          await this.#ref.move(loaded.commit, next.commit);
        } catch (error) {
          if (error instanceof BranchMoved) continue;
          throw error;
        }
        if (change.forgetsPast) await this.#forget();
        this.#loader.remember(next);
        reached('committed');
        this.#arrived(next, { before: loaded, message: change.message });
        return { kind: 'committed', result, snapshot: next };
      }
      throw new StorageError('others change the branch all the time');
    });
  }

  /** Waits for the turn that is on, and ends git. */
  async close(): Promise<void> {
    await this.#turns;
    this.#ref.close();
  }

  #turn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turns.then(run);
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  async #load(): Promise<Loaded<C>> {
    const tip = await this.#objects.branch(this.#branch);
    if (tip === undefined)
      throw new StorageError(`the repository has no branch ${this.#branch}: restore it first`);
    if (this.#current?.commit === tip) return this.#current;
    const loaded = await this.#loader.load(tip);
    this.#arrived(loaded);
    return loaded;
  }

  #arrived(loaded: Loaded<C>, made?: CommitInfo<C>): void {
    this.#current = loaded;
    for (const listener of this.#listeners) listener(loaded, made);
  }

  /** Deletes for good what the branch does not reach any more. @throws {StorageError} */
  forgetUnreachable(): Promise<void> {
    return this.#turn(() => this.#forget());
  }

  async #forget(): Promise<void> {
    this.#loader.forget();
    this.#objects.forgetPacks();
    await git('--git-dir', this.#gitdir, 'reflog', 'expire', '--expire=now', '--all');
    await gitWithin(packTimeout, '--git-dir', this.#gitdir, 'gc', '--prune=now', '--quiet');
  }

  async #write(
    from: Loaded<C>,
    changes: readonly FileChange[],
    { message, forgetsPast = false }: CommitRequest,
  ): Promise<Loaded<C>> {
    const files = new Map(from.files);
    const trees = new Map([...from.trees].map(([folder, entries]) => [folder, [...entries]]));
    for (const change of changes) {
      const file = this.#addFile(change, from.files.get(change.path));
      if (file) files.set(change.path, file);
      else files.delete(change.path);
      const [name, folder = ''] = change.path.split('/').reverse() as [string, string?];
      setEntry(trees, folder, name, file && blobEntry(name, file));
    }
    const folders = new Set(changes.map(({ path }) => path.split('/').slice(0, -1).join('/')));
    for (const folder of folders) {
      if (folder === '') continue;
      const entries = trees.get(folder)!;
      const oid = entries.length ? this.#objects.add('tree', treeContent(entries)) : undefined;
      setEntry(trees, '', folder, oid === undefined ? undefined : treeEntry(folder, oid));
      if (oid === undefined) trees.delete(folder);
    }
    const tree = this.#objects.add('tree', treeContent(trees.get('')!));
    const content = commitContent(commitObject(message, tree, forgetsPast ? [] : [from.commit]));
    const commit = this.#objects.add('commit', content);
    await this.#objects.write();
    return { ...this.#layout.assemble(files), commit, trees, files, problems: from.problems };
  }

  #addFile(change: FileChange, old: LoadedFile | undefined): LoadedFile | undefined {
    const { kind, slug, before, after } = change;
    if (after === undefined) return undefined;
    const { text, read } =
      old && before ? changedFile(kind, old.text, before, after) : newFile(kind, after);
    // Commands check what people say; what arrives here is right, or a bug.
    if (!read.ok) throw new Error(`${change.path} would not be valid: ${read.message}`);
    const oid = this.#objects.add('blob', Buffer.from(text));
    return { kind, slug, text, value: read.value, oid, mode: old?.mode ?? '100644' };
  }
}

function setEntry(
  trees: Map<string, TreeEntry[]>,
  folder: string,
  name: string,
  entry: TreeEntry | undefined,
): void {
  const others = (trees.get(folder) ?? []).filter(({ path }) => path !== name);
  trees.set(folder, entry ? [...others, entry] : others);
}

function blobEntry(path: string, { oid, mode }: LoadedFile): TreeEntry {
  return { mode, path, oid, type: 'blob' };
}

function treeEntry(path: string, oid: string): TreeEntry {
  return { mode: '040000', path, oid, type: 'tree' };
}
