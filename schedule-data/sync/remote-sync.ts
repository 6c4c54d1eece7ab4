/**
 * sync/ keeps the branch and that of a remote the same: fetching, merging by value, pushing. It never
 * rewrites a commit, here or there, and nobody ever waits for it. This file: when what is done.
 */
import { pathOf } from '../format/data-files.ts';
import { Remote, RemoteError, type RemoteOptions } from '../git/remote.ts';
import type { Repository } from '../git/repository.ts';
import { authorsBetween } from '../history/authors.ts';
import type { Conflict } from '../schedule/merge.ts';
import type { ScheduleStore } from '../store/schedule-store.ts';
import { timed } from '../store/timing.ts';
import { mergeRemote } from './merge.ts';
import { pushProposals } from './push-proposals.ts';
import { retryDelay } from './retry-delay.ts';

/** A value that was changed here and at the remote; that of the remote counts. */
export interface Overruled {
  readonly conflict: Conflict;
  /** The names of those who changed the file here, and of those who changed it there, the last first. */
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** @param more how many others there are, of which nothing is told */
type OverruledListener = (overruled: readonly Overruled[], more: number) => void;

export interface RemoteSyncOptions {
  readonly repository: Repository;
  readonly store: ScheduleStore;
  readonly remote: RemoteOptions;
  /** Milliseconds from one fetch to the next, unless somebody asks for one. */
  readonly interval: number;
  /** Whether proposals are sent as changes of Gerrit. */
  readonly isGerrit?: boolean;
  /** Called once when something is in the way, with what it is; and with undefined when it is gone. */
  readonly onProblem: (problem: string | undefined) => void;
}

/** How it stands between here and the remote. */
export interface RemoteState {
  /** The commit that the remote is at, as far as known. */
  readonly commit?: string;
  /** What is in the way of fetching or pushing. */
  readonly problem?: string;
}

/** What is said within this time goes in one push; in milliseconds. */
const gatheringTime = 300;
/** How often in a row others may be faster. */
const mostRaces = 5;
/** Of how many values it is told who said what: a channel is for people. */
const mostTold = 5;
/** How long the end may take for what was not pushed yet, in milliseconds. */
const farewellTime = 2000;

export class RemoteSync {
  readonly #options: RemoteSyncOptions;
  readonly #remote: Remote;
  readonly #closing = new AbortController();
  /** The commit that the remote is at, and the last of its commits that is ours as well. */
  #theirs: string | undefined;
  #takenOver: string | undefined;
  /** When to fetch again: by the clock of `performance.now()`, as all times here. */
  #nextFetch = 0;
  #failures = 0;
  #problem: string | undefined;
  #overruled: OverruledListener = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #due = Infinity;
  #work: Promise<void> | undefined;

  /** Begins at once. */
  constructor(options: RemoteSyncOptions) {
    this.#options = options;
    this.#remote = new Remote(options.repository, options.remote);
    options.store.onSnapshot(({ commit }) => {
      // While something is in the way, what is new goes with the next try.
      if (commit !== this.#theirs && !this.#failures) this.#wakeIn(gatheringTime);
    });
    this.#wakeIn(0);
  }

  /** Calls the listener when what was said here does not count, as others changed it at the remote. */
  onOverruled(listener: OverruledListener): void {
    this.#overruled = listener;
  }

  get state(): RemoteState {
    return {
      ...(this.#theirs !== undefined && { commit: this.#theirs }),
      ...(this.#problem !== undefined && { problem: this.#problem }),
    };
  }

  /** Pushes soon, as there is something besides the branch. */
  push(): void {
    if (!this.#failures) this.#wakeIn(gatheringTime);
  }

  /** Fetches now, as somebody says that there is something new. */
  fetch(): void {
    this.#nextFetch = 0;
    this.#wakeIn(0);
  }

  /** Ends what is on; pushes what was not yet, where that is quickly done. The next start does it otherwise. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#work;
    if (this.#failures) return;
    try {
      const { commit } = await this.#options.store.current();
      if (commit !== this.#theirs)
        await this.#remote.push(commit, AbortSignal.timeout(farewellTime));
    } catch {
      // It is as if it had ended before.
    }
  }

  /** Sees to it that something is done within so many milliseconds. */
  #wakeIn(delay: number): void {
    const due = performance.now() + delay;
    if (this.#closing.signal.aborted || due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#due = Infinity;
      if (this.#work) this.#wakeIn(gatheringTime);
      else this.#work = this.#synchronize().finally(() => (this.#work = undefined));
    }, delay);
  }

  async #synchronize(): Promise<void> {
    try {
      if (performance.now() >= this.#nextFetch) await this.#fetch();
      await this.#push();
      const { repository, isGerrit = false } = this.#options;
      await pushProposals(repository, this.#remote, isGerrit, this.#closing.signal);
      this.#failures = 0;
      this.#tell(undefined);
      this.#wakeIn(Math.max(0, this.#nextFetch - performance.now()));
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.#failures++;
      this.#nextFetch = 0;
      // That others are faster is nothing to tell, unless it never ends.
      if (!isRace(error) || this.#failures > mostRaces) this.#tell((error as Error).message);
      this.#wakeIn(retryDelay(this.#failures));
    }
  }

  #tell(problem: string | undefined): void {
    const isSame = withoutNumbers(problem) === withoutNumbers(this.#problem);
    this.#problem = problem;
    if (isSame) return;
    this.#options.onProblem(problem);
  }

  async #fetch(): Promise<void> {
    // Whoever asks from now on means something newer.
    this.#nextFetch = performance.now() + this.#options.interval;
    this.#theirs = await timed('fetch', () => this.#remote.fetch(this.#closing.signal));
    if (this.#theirs !== undefined && this.#theirs !== this.#takenOver)
      await this.#takeOver(this.#theirs);
    this.#takenOver = this.#theirs;
  }

  /** Makes ours of what is new there. */
  async #takeOver(theirs: string): Promise<void> {
    const { store, repository } = this.#options;
    const { gitdir } = repository;
    const authors = await authorsBetween(gitdir, (await store.current()).commit, theirs);
    let conflicts: readonly Conflict[] = [];
    let sides = { base: theirs, ours: theirs };
    await store.takeOver(theirs, (base, ours, { schedule }) => {
      const now = new Date();
      const merged = mergeRemote(base.schedule, ours.schedule, schedule, { authors, now });
      conflicts = merged.conflicts;
      sides = { base: base.commit, ours: ours.commit };
      return merged;
    });
    if (!conflicts.length) return;
    const authorsOf = (conflict: Conflict, to: string) =>
      authorsBetween(gitdir, sides.base, to, pathOf(conflict));
    const told: Overruled[] = [];
    for (const conflict of conflicts.slice(0, mostTold))
      told.push({
        conflict,
        ours: await authorsOf(conflict, sides.ours),
        theirs: await authorsOf(conflict, theirs),
      });
    this.#overruled(told, conflicts.length - told.length);
  }

  async #push(): Promise<void> {
    for (let races = 0; ; races++) {
      const { commit } = await this.#options.store.current();
      if (commit === this.#theirs) return;
      try {
        await timed('push', () => this.#remote.push(commit, this.#closing.signal));
        this.#theirs = commit;
        this.#takenOver = commit;
      } catch (error) {
        if (!isRace(error) || races === mostRaces) throw error;
        await this.#fetch();
      }
    }
  }
}

const isRace = (error: unknown) => error instanceof RemoteError && error.fault === 'behind';

/** It is the same problem when only a duration or a commit in its words is another one. */
function withoutNumbers(problem: string | undefined): string | undefined {
  return problem?.replaceAll(/\b[0-9a-f]*\d[0-9a-f]*\b/gi, '');
}
