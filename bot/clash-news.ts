/** Which clashes are news: each is said once, whoever causes it. */
import { LRUCache } from 'lru-cache';
import type { ClashNotice } from './commands/command.ts';
import { wording } from './wording.ts';

/** How many one answer names. */
const most = 3;

export class ClashNews {
  /** More than an event has; the oldest are over. */
  readonly #said = new LRUCache<string, true>({ max: 2000 });

  /** The sentences to say; those that there is no room for may be said later. */
  news(clashes: readonly ClashNotice[] = []): readonly string[] {
    const keys = clashes.map(({ key }) => key);
    const fresh = clashes.filter(
      ({ key }, index) => keys.indexOf(key) === index && !this.#said.has(key),
    );
    const named = fresh.slice(0, most);
    for (const { key } of named) this.#said.set(key, true);
    const more = fresh.length - named.length;
    return [...named.map(({ text }) => text), ...(more ? [wording.moreClashes(more)] : [])];
  }
}

/** Some sentences as one answer; undefined where there are none. */
export function sentencesOf(sentences: readonly (string | undefined)[]): string | undefined {
  return sentences.filter(Boolean).join('. ') || undefined;
}
