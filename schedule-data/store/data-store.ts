/**
 * store/ holds the schedule of a repository in memory, and commits what changes. It never decides
 * what changes. This file: the one writer; it loads, has somebody decide and commits in one turn,
 * one turn after the other.
 */
import type { FileChange } from './changes.ts';
import { CommitMaker, type CommitRequest } from './commit-maker.ts';
import { CommitMerger, type MergeSides } from './commit-merger.ts';
import type { CommitMessage } from '../git/commit.ts';
import { git } from '../git/git.ts';
import { deleteUnreachable, packRepository } from '../git/maintenance.ts';
import type { Layout } from './layout.ts';
import { Loader, type Loaded } from './loader.ts';
import { Objects } from '../git/objects.ts';
import { BranchMoved, RefUpdater } from '../git/ref-updater.ts';
import type { Repository } from '../git/repository.ts';
import type { Problem, SnapshotOf } from '../schedule/snapshot.ts';
import { reached } from './stage.ts';
import { timed } from './timing.ts';
import { StorageError } from '../git/storage-error.ts';

/** What was decided: a result for whoever asked, and perhaps new content. */
export interface Update<R, C extends object> {
  readonly result: R;
  readonly change?: Change<C>;
}

export type Change<C extends object> = C & CommitRequest;

/** What came of an update. */
export interface Outcome<R, C extends object> {
  readonly kind: 'committed' | 'unchanged';
  readonly snapshot: SnapshotOf<C>;
  readonly result: R;
  /** What was wrong with files that could not be changed in part, and so were written anew. */
  readonly setAside: readonly Problem[];
}

/** How often a decision is taken again because others move the branch at the same time. */
const mostTries = 50;

/** How long decisions are taken before they are saved, in milliseconds. */
const longestBatch = 50;

/** A file that a commit changed, as text; undefined where there is none. */
export interface FileTexts {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** How a snapshot came about, where the store itself committed it. */
export interface CommitInfo<C extends object> {
  readonly before: SnapshotOf<C>;
  readonly message: CommitMessage;
  readonly files: readonly FileTexts[];
  /** The commit is the first one: there is no past any more. */
  readonly forgetsPast: boolean;
}

/** A decision that somebody asked for, and waits for. */
interface Request<C extends object> {
  readonly decide: (snapshot: SnapshotOf<C>) => Update<unknown, C>;
  readonly resolve: (outcome: Outcome<unknown, C>) => void;
  readonly reject: (error: unknown) => void;
}

/** One commit more. */
interface Step<C extends object> {
  readonly before: Loaded<C>;
  readonly after: Loaded<C>;
  readonly change: Change<C>;
  readonly changes: readonly FileChange[];
}

/** Commits one on top of the other. */
interface Batch<C extends object> {
  readonly from: Loaded<C>;
  readonly steps: readonly Step<C>[];
  /** Each tells one of those who asked what came of it, once it is saved. */
  readonly answers: readonly (() => void)[];
}

type Listener<C extends object> = (snapshot: SnapshotOf<C>, made?: CommitInfo<C>) => void;

export class DataStore<C extends object> {
  readonly #gitdir: string;
  readonly #branch: string;
  readonly #layout: Layout<C>;
  readonly #objects: Objects;
  readonly #loader: Loader<C>;
  readonly #maker: CommitMaker<C>;
  readonly #merger: CommitMerger<C>;
  readonly #ref: RefUpdater;
  readonly #listeners = new Set<Listener<C>>();
  #current: Loaded<C> | undefined;
  #turns: Promise<unknown> = Promise.resolve();
  #requests: Request<C>[] = [];
  #packing: Promise<void> = Promise.resolve();
  #nextLook: Promise<SnapshotOf<C>> | undefined;

  constructor({ gitdir, branch }: Repository, layout: Layout<C>) {
    this.#gitdir = gitdir;
    this.#branch = branch;
    this.#layout = layout;
    this.#objects = new Objects(gitdir);
    this.#loader = new Loader(this.#objects, layout);
    this.#maker = new CommitMaker(this.#objects, layout);
    this.#merger = new CommitMerger({
      gitdir,
      objects: this.#objects,
      loader: this.#loader,
      layout,
      maker: this.#maker,
    });
    this.#ref = new RefUpdater({ gitdir, branch }, () => this.#objects.branch(branch));
  }

  /** Calls the listener for each new snapshot, our own commits and others'. */
  onSnapshot(listener: Listener<C>): void {
    this.#listeners.add(listener);
  }

  /** The content as the branch has it now. @throws {StorageError} */
  current(): Promise<SnapshotOf<C>> {
    // Those who ask while one waits for its turn get the same.
    this.#nextLook ??= this.#turn(() => {
      this.#nextLook = undefined;
      return this.#load();
    });
    return this.#nextLook;
  }

  /** The content at a revision: a commit, `main~3`, a tag. @throws {StorageError} */
  async at(revision: string): Promise<Loaded<C>> {
    // What is an id already needs no git to be found.
    if (/^[0-9a-f]{40}$/.test(revision)) return this.#turn(() => this.#loader.load(revision));
    const commit = ['--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    const oid = await git('--git-dir', this.#gitdir, 'rev-parse', ...commit).catch(() => {
      throw new StorageError(`there is no revision ${revision} in ${this.#gitdir}`);
    });
    return this.#turn(() => this.#loader.load(oid));
  }

  /**
   * Takes a decision on the current content, and commits what it asks for. Decisions are taken in the
   * order asked; those that wait for the disk at the same time are saved together, a commit each. A
   * decision may be taken several times, when others push in between; only the last one counts.
   * @throws {StorageError} when it could not be saved; then nothing has changed
   */
  update<R>(decide: (snapshot: SnapshotOf<C>) => Update<R, C>): Promise<Outcome<R, C>> {
    return new Promise((resolve, reject) => {
      this.#requests.push({
        decide,
        resolve: (outcome) => resolve(outcome as Outcome<R, C>),
        reject,
      });
      if (this.#requests.length === 1) void this.#turn(() => this.#updateAll());
    });
  }

  /** Decides on all that was asked for until now. */
  async #updateAll(): Promise<void> {
    const requests = this.#requests;
    this.#requests = [];
    try {
      for (let tries = 0; tries < mostTries; tries++) {
        const batch = this.#decideAll(await this.#load(), requests);
        if (!(await this.#save(batch))) continue;
        for (const answer of batch.answers) answer();
        const rest = requests.slice(batch.answers.length);
        if (rest.length) {
          this.#requests.unshift(...rest);
          void this.#turn(() => this.#updateAll());
        }
        return;
      }
      throw new StorageError('others change the branch all the time');
    } catch (error) {
      for (const { reject } of requests) reject(error);
    }
  }

  /**
   * Takes decisions one on top of the other, while that doesn't keep other work and those who asked
   * first waiting too long; up to one that forgets the past, which is done alone.
   */
  #decideAll(loaded: Loaded<C>, requests: readonly Request<C>[]): Batch<C> {
    const answers: (() => void)[] = [];
    const steps: Step<C>[] = [];
    const begin = performance.now();
    let last = loaded;
    for (const request of requests) {
      let forgetsPast = false;
      try {
        const { outcome, step } = this.#decide(last, request);
        answers.push(() => request.resolve(outcome));
        if (step) {
          steps.push(step);
          last = step.after;
          forgetsPast = step.change.forgetsPast ?? false;
        }
      } catch (error) {
        answers.push(() => request.reject(error));
      }
      if (forgetsPast || performance.now() - begin > longestBatch) break;
    }
    return { from: loaded, steps, answers };
  }

  #decide(
    before: Loaded<C>,
    { decide }: Request<C>,
  ): { outcome: Outcome<unknown, C>; step?: Step<C> } {
    const { result, change } = decide(before);
    reached('decided');
    const changes = change ? (change.changes ?? this.#layout.changesBetween(before, change)) : [];
    if (!change || (!changes.length && !change.forgetsPast))
      return { outcome: { kind: 'unchanged', result, snapshot: before, setAside: [] } };
    const { after, setAside } = this.#maker.commit(before, changes, change);
    return {
      outcome: { kind: 'committed', result, snapshot: after, setAside },
      step: { before, after, change, changes },
    };
  }

  /** Writes the commits and moves the branch to the last; false when somebody else moved it. */
  async #save({ from, steps }: Batch<C>): Promise<boolean> {
    const last = steps.at(-1);
    if (!last) return true;
    try {
      await timed('commit', async () => {
        await this.#objects.write();
        await this.#ref.move(from.commit, last.after.commit);
      });
    } catch (error) {
      if (error instanceof BranchMoved) return false;
      throw error;
    }
    if (last.change.forgetsPast) await this.#forget();
    this.#loader.remember(last.after);
    reached('committed');
    for (const { before, after, change, changes } of steps)
      this.#arrived(after, {
        before,
        message: change.message,
        files: changes.map(({ path }) => textsOf(path, before, after)),
        forgetsPast: change.forgetsPast ?? false,
      });
    return true;
  }

  /**
   * Writes a commit on top of another one that the branch does not move to; gives its id. Nothing keeps it
   * yet: it needs a ref.
   * @throws {StorageError}
   */
  commitAside(on: string, change: Change<C>): Promise<string> {
    return this.#turn(async () => {
      const from = await this.#loader.load(on);
      const changes = change.changes ?? this.#layout.changesBetween(from, change);
      const { after } = this.#maker.commit(from, changes, change);
      await this.#objects.write();
      return after.commit;
    });
  }

  /**
   * Takes over a commit that others made elsewhere: the branch moves on to it, or to one that merges it
   * with what was committed here since.
   * @param merge the content of both together; called also for common ancestors, where there are several.
   *   Files that only one side changed are taken as they are, of the others the lines of both where
   *   that means the same; else the text of theirs is changed so that it does.
   * @throws {StorageError} when the histories have nothing in common, or it could not be saved
   */
  takeOver(theirs: string, merge: MergeSides<C>): Promise<void> {
    return this.#turn(async () => {
      for (let tries = 0; tries < mostTries; tries++) {
        const ours = await this.#load();
        const base = await this.#merger.base(ours.commit, theirs, merge);
        if (base === undefined)
          throw new StorageError('the remote: its history has no commit in common with ours');
        if (base === theirs) return;
        const to =
          base === ours.commit
            ? theirs
            : await this.#merger.merge([base, ours.commit, theirs], merge);
        try {
          await this.#ref.move(ours.commit, to);
        } catch (error) {
          if (error instanceof BranchMoved) continue;
          throw error;
        }
        await this.#load();
        return;
      }
      throw new StorageError('others change the branch all the time');
    });
  }

  /** Packs the repository, while commands go on. @throws {StorageError} */
  async pack(): Promise<void> {
    // It begins between two turns, so never while something is being deleted for good.
    const { packed } = await this.#turn(() => {
      const packed = packRepository(this.#gitdir);
      this.#packing = packed.catch(() => undefined);
      return Promise.resolve({ packed });
    });
    await packed;
  }

  /** Waits for the turn that is on and for packing, and ends git. */
  async close(): Promise<void> {
    await this.#turns;
    await this.#packing;
    this.#ref.close();
  }

  #turn<T>(run: () => Promise<T>): Promise<T> {
    // Whoever asks from now on sees what comes of this.
    this.#nextLook = undefined;
    const turn = this.#turns.then(run).finally(() => this.#objects.endReading());
    this.#turns = turn.catch(() => undefined);
    return turn;
  }

  async #load(): Promise<Loaded<C>> {
    const tip = await this.#objects.branch(this.#branch);
    if (tip === undefined)
      throw new StorageError(
        `the repository has no branch ${this.#branch} any more; restore it: git branch ${this.#branch} COMMIT`,
      );
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
    // It might pack what is to be deleted.
    await this.#packing;
    await deleteUnreachable(this.#gitdir);
  }
}

function textsOf<C extends object>(path: string, before: Loaded<C>, after: Loaded<C>): FileTexts {
  return { path, before: before.files.get(path)?.text, after: after.files.get(path)?.text };
}
