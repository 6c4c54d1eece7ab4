import { HistoryCache, type Form } from './history-cache.ts';

export interface ReaderOptions {
  /** The folder of the cache; undefined for none. */
  readonly folder?: string | undefined;
  /** After how many new commits the cache is written; reading fewer again costs less than that. */
  readonly saveAfter?: number;
  /** Called when the cache cannot be written: all goes on, and the next start takes longer. */
  readonly onCacheError?: (error: unknown) => void;
}

/** What is known up to a commit. */
interface Known {
  readonly tip: string;
}

/** One commit more. */
interface Further {
  readonly commit: string;
  readonly parent: string | undefined;
}

/** What is to be known of a history, and how. */
export interface Subject<K extends Known, F extends Further> extends Form<K> {
  /**
   * Reads on from what is known, or from the first commit; undefined when the commit does not come
   * after it. Gives how many commits that were as well.
   * @throws {StorageError}
   */
  readOn(
    gitdir: string,
    known: K | undefined,
    commit: string,
  ): Promise<{ readonly known: K; readonly commits: number } | undefined>;
  /** With one commit more; undefined where it has to be read. */
  with(known: K, further: F): K | undefined;
}

/**
 * Knows something of the history of a branch. The history is read once, then only the commits that
 * are new; those of our own store are handed over by it and not read at all.
 */
export class HistoryReader<K extends Known, F extends Further> {
  readonly #gitdir: string;
  readonly #subject: Subject<K, F>;
  readonly #cache: HistoryCache<K>;
  readonly #saveAfter: number;
  readonly #onCacheError: (error: unknown) => void;
  #known: K | undefined;
  #unsaved = 0;
  #wanted: string | undefined;
  #reading: Promise<void> | undefined;
  /** Commits that were added while those before them were being read. */
  #added: F[] = [];

  constructor(gitdir: string, subject: Subject<K, F>, options: ReaderOptions = {}) {
    this.#gitdir = gitdir;
    this.#subject = subject;
    this.#cache = new HistoryCache(gitdir, subject, options.folder);
    this.#saveAfter = options.saveAfter ?? 500;
    this.#onCacheError = options.onCacheError ?? (() => undefined);
  }

  /** As far as the history is read; undefined before. */
  get known(): K | undefined {
    return this.#known;
  }

  /** Adds a commit that was just made; false when it is not the next one: then `read` up to it. */
  add(further: F): boolean {
    if (this.#reading) this.#added.push(further);
    else if (!this.#advance(further)) return false;
    return true;
  }

  /**
   * Reads up to a commit; what is added meanwhile comes after it.
   * @throws {StorageError} when git cannot read it; what was known stays
   */
  read(commit: string): Promise<void> {
    this.#wanted = commit;
    this.#added = [];
    return (this.#reading ??= this.#readWanted());
  }

  async #readWanted(): Promise<void> {
    try {
      // What was cached is older than what others may have seen: it counts when it is read on.
      let known = this.#known ?? (await this.#cache.load());
      for (;;) {
        for (let to = this.#wanted; to !== undefined; to = this.#wanted) {
          this.#wanted = undefined;
          known = await this.#upTo(known, to);
        }
        this.#known = known;
        const added = this.#added;
        this.#added = [];
        if (added.every((further) => this.#advance(further))) break;
        known = this.#known;
        this.#wanted = added.at(-1)!.commit;
      }
    } finally {
      this.#reading = undefined;
      this.#added = [];
    }
    await this.#save();
  }

  async #upTo(before: K | undefined, commit: string): Promise<K> {
    if (before) {
      const further = await this.#readOn(before, commit).catch(() => undefined);
      if (further) return further;
    }
    const known = (await this.#readOn(undefined, commit))!;
    // What somebody took out of the history shall not stay in the cache.
    if (before) this.#unsaved = Math.max(this.#unsaved, this.#saveAfter);
    return known;
  }

  async #readOn(known: K | undefined, commit: string): Promise<K | undefined> {
    const read = await this.#subject.readOn(this.#gitdir, known, commit);
    if (read) this.#unsaved = known ? this.#unsaved + read.commits : read.commits;
    return read?.known;
  }

  #advance(further: F): boolean {
    if (!this.#known || further.parent !== this.#known.tip) return false;
    const known = this.#subject.with(this.#known, further);
    if (!known) return false;
    this.#known = known;
    if (++this.#unsaved === this.#saveAfter) void this.#save();
    return true;
  }

  async #save(): Promise<void> {
    if (!this.#known || this.#unsaved < this.#saveAfter) return;
    this.#unsaved = 0;
    await this.#cache.save(this.#known).catch(this.#onCacheError);
  }
}
