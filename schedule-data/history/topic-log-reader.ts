import type { Track } from '../format/file-schemas.ts';
import type { Snapshot } from '../schedule/snapshot.ts';
import { TopicLogCache, type CachedTopicLogs } from './topic-log-cache.ts';
import { topicLogsOf, withTrackChanges, type TopicLogs, type TrackChanges } from './topic-log.ts';
import { readTrackChanges } from './track-changes.ts';

export interface TopicLogOptions {
  /** The folder of the cache. */
  readonly folder?: string;
  /** After how many new commits the cache is written; reading fewer again costs less than that. */
  readonly saveAfter?: number;
  /** Called when the cache cannot be written: all goes on, and the next start takes longer. */
  readonly onCacheError?: (error: unknown) => void;
}

/** What the tracks of a snapshot discussed. @throws {StorageError} */
export async function topicLogsAt(
  gitdir: string,
  { commit, schedule }: Snapshot,
): Promise<TopicLogs> {
  const reader = new TopicLogReader(gitdir);
  await reader.read(commit);
  return reader.of(schedule.tracks);
}

/**
 * The topic logs of a repository, from the history of its branch. The history is read once, then
 * only the commits that are new; those of our own store are handed over by it and not read at all.
 */
export class TopicLogReader {
  readonly #gitdir: string;
  readonly #cache: TopicLogCache;
  readonly #saveAfter: number;
  readonly #onCacheError: (error: unknown) => void;
  #known: CachedTopicLogs | undefined;
  #unsaved = 0;
  #wanted: string | undefined;
  #reading: Promise<void> | undefined;
  /** Commits that were added while those before them were being read. */
  #added: TrackChanges[] = [];

  constructor(gitdir: string, options: TopicLogOptions = {}) {
    this.#gitdir = gitdir;
    this.#cache = new TopicLogCache(gitdir, options.folder);
    this.#saveAfter = options.saveAfter ?? 500;
    this.#onCacheError = options.onCacheError ?? (() => undefined);
  }

  /** The logs of tracks as they are now, as far as the history is read. */
  of(tracks: ReadonlyMap<string, Track>): TopicLogs {
    return topicLogsOf(this.#known?.logs ?? new Map(), tracks);
  }

  /** Adds a commit that was just made; false when it is not the next one: then `read` up to it. */
  add(changes: TrackChanges): boolean {
    if (this.#reading) this.#added.push(changes);
    else if (!this.#advance(changes)) return false;
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
      this.#known ??= await this.#cache.load();
      for (let to = this.#wanted; to !== undefined; to = this.#wanted) {
        this.#wanted = undefined;
        this.#known = await this.#upTo(to);
      }
      for (const changes of this.#added) this.#advance(changes);
    } finally {
      this.#reading = undefined;
      this.#added = [];
    }
    await this.#save();
  }

  async #upTo(commit: string): Promise<CachedTopicLogs> {
    if (this.#known) {
      const further = await this.#readOn(this.#known, commit).catch(() => undefined);
      if (further) return further;
    }
    // Nothing is known, or what is known belongs to a history that was rewritten since.
    return (await this.#readOn(undefined, commit))!;
  }

  /** undefined when the commit does not come after what is known. */
  async #readOn(
    known: CachedTopicLogs | undefined,
    commit: string,
  ): Promise<CachedTopicLogs | undefined> {
    let tip = known?.tip;
    let logs: TopicLogs = known?.logs ?? new Map();
    let count = 0;
    for await (const changes of readTrackChanges(this.#gitdir, tip, commit)) {
      if (known && changes.parent !== tip) return undefined;
      logs = withTrackChanges(logs, changes);
      tip = changes.commit;
      count++;
    }
    if (tip !== commit) return undefined;
    this.#unsaved = known ? this.#unsaved + count : count;
    return { tip, logs };
  }

  #advance(changes: TrackChanges): boolean {
    if (!this.#known || changes.parent !== this.#known.tip) return false;
    this.#known = { tip: changes.commit, logs: withTrackChanges(this.#known.logs, changes) };
    if (++this.#unsaved === this.#saveAfter) void this.#save();
    return true;
  }

  async #save(): Promise<void> {
    if (!this.#known || this.#unsaved < this.#saveAfter) return;
    this.#unsaved = 0;
    await this.#cache.save(this.#known).catch(this.#onCacheError);
  }
}
