/** Telling people when the page shows what they said, where that is wanted. */
import { setTimeout } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

/** How often it is asked what the page shows, and for how long, in milliseconds. */
const timeBetweenLooks = 250;
const longest = 60_000;

/** Of how many commits the order is remembered. */
const mostCommits = 10_000;

export class Receipts {
  readonly #published: () => Promise<string | undefined>;
  /** The number of each commit, in the order in which they came. */
  readonly #numbers = new LRUCache<string, number>({ max: mostCommits });
  readonly #closing = new AbortController();
  #count = 0;

  /** @param published tells of which commit the page is */
  constructor(published: () => Promise<string | undefined>) {
    this.#published = published;
  }

  /** Another commit is the newest one. */
  came(commit: string): void {
    this.#numbers.set(commit, ++this.#count);
  }

  /** Resolves when the page shows a commit, or a later one: true; or when it takes too long: false. */
  async isShown(commit: string): Promise<boolean> {
    const wanted = this.#numbers.get(commit) ?? Infinity;
    const { signal } = this.#closing;
    for (let waited = 0; waited < longest && !signal.aborted; waited += timeBetweenLooks) {
      const shown = await this.#published();
      if (shown !== undefined && (this.#numbers.get(shown) ?? 0) >= wanted) return true;
      await setTimeout(timeBetweenLooks, undefined, { signal, ref: false }).catch(() => undefined);
    }
    return false;
  }

  /** Nobody waits any longer. */
  close(): void {
    this.#closing.abort();
  }
}
