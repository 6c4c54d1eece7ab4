import type { Track } from '../format/file-schemas.ts';
import type { Snapshot } from '../schedule/snapshot.ts';
import { HistoryCache, type CachedLogs } from './cache.ts';
import { logsOfTracks, withStep, type Logs, type LogStep } from './log.ts';
import { readSteps } from './steps.ts';

export interface HistoryOptions {
  /** Folder of the cache. */
  readonly folder?: string;
  /** After so many new commits the cache is written; reading fewer is faster than that. */
  readonly saveAfter?: number;
  /** The cache could not be written: all goes on, and takes longer the next time. */
  readonly onCacheError?: (error: unknown) => void;
}

/** What the tracks of a snapshot discussed. @throws {StorageError} */
export async function historyAt(gitdir: string, { commit, schedule }: Snapshot): Promise<Logs> {
  const history = new History(gitdir);
  await history.read(commit);
  return history.of(schedule.tracks);
}

/**
 * What the tracks of a repository discussed, as the history of its branch tells. It is read once;
 * then only what is new, and of what the store commits nothing, as the store hands it over.
 */
export class History {
  readonly #gitdir: string;
  readonly #cache: HistoryCache;
  readonly #saveAfter: number;
  readonly #onCacheError: (error: unknown) => void;
  #known: CachedLogs | undefined;
  #unsaved = 0;
  #wanted: string | undefined;
  #reading: Promise<void> | undefined;
  /** Steps that came while it was reading what is before them. */
  #steps: LogStep[] = [];

  constructor(gitdir: string, options: HistoryOptions = {}) {
    this.#gitdir = gitdir;
    this.#cache = new HistoryCache(gitdir, options.folder);
    this.#saveAfter = options.saveAfter ?? 500;
    this.#onCacheError = options.onCacheError ?? (() => undefined);
  }

  /** What tracks as they are now have discussed, as far as it is read. */
  of(tracks: ReadonlyMap<string, Track>): Logs {
    return logsOfTracks(this.#known?.logs ?? new Map(), tracks);
  }

  /** Goes on by a commit that was just made; false when it is not the next one: then `read` it. */
  add(step: LogStep): boolean {
    if (this.#reading) this.#steps.push(step);
    else if (!this.#advance(step)) return false;
    return true;
  }

  /**
   * Reads up to a commit, and what `add` gave meanwhile.
   * @throws {StorageError} when git cannot read it; what was known stays
   */
  read(commit: string): Promise<void> {
    this.#wanted = commit;
    this.#steps = [];
    return (this.#reading ??= this.#readWanted());
  }

  async #readWanted(): Promise<void> {
    try {
      this.#known ??= await this.#cache.load();
      for (let to = this.#wanted; to !== undefined; to = this.#wanted) {
        this.#wanted = undefined;
        this.#known = await this.#upTo(to);
      }
      for (const step of this.#steps) this.#advance(step);
    } finally {
      this.#reading = undefined;
      this.#steps = [];
    }
    await this.#save();
  }

  async #upTo(commit: string): Promise<CachedLogs> {
    if (this.#known) {
      const further = await this.#readOn(this.#known, commit).catch(() => undefined);
      if (further) return further;
    }
    // Nothing is known, or it is of a history that is no more.
    return (await this.#readOn(undefined, commit))!;
  }

  /** undefined when the commit does not come after what is known. */
  async #readOn(known: CachedLogs | undefined, commit: string): Promise<CachedLogs | undefined> {
    let tip = known?.tip;
    let logs: Logs = known?.logs ?? new Map();
    let count = 0;
    for await (const step of readSteps(this.#gitdir, tip, commit)) {
      if (known && step.parent !== tip) return undefined;
      logs = withStep(logs, step);
      tip = step.commit;
      count++;
    }
    if (tip !== commit) return undefined;
    this.#unsaved = known ? this.#unsaved + count : count;
    return { tip, logs };
  }

  #advance(step: LogStep): boolean {
    if (!this.#known || step.parent !== this.#known.tip) return false;
    this.#known = { tip: step.commit, logs: withStep(this.#known.logs, step) };
    if (++this.#unsaved === this.#saveAfter) void this.#save();
    return true;
  }

  async #save(): Promise<void> {
    if (!this.#known || this.#unsaved < this.#saveAfter) return;
    this.#unsaved = 0;
    await this.#cache.save(this.#known).catch(this.#onCacheError);
  }
}
