import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config.ts';

/** What counts without a restart; `site` has the pages published anew. */
const reloadable = /^(?:irc\.(?:rate|operators)|receipts|review\.(?:commands|unidentified)|site)\b/;

export interface Reloaded {
  /** Keys that count from now on, and those that count after a restart. */
  readonly applied: readonly string[];
  readonly waiting: readonly string[];
}

/** Makes what can be reloaded of another configuration part of one that is in use. */
export function reload(config: Config, next: Config): Reloaded {
  const keys = changedKeys(withReview(config), withReview(next)).sort();
  const applied = keys.filter((key) => reloadable.test(key));
  if (config.irc && next.irc) {
    Object.assign(config.irc.rate, next.irc.rate);
    config.irc.operators = next.irc.operators;
  }
  const { gerrit } = withReview(config).review;
  config.review = next.review && { ...next.review, gerrit };
  config.receipts = next.receipts;
  config.site = next.site;
  return { applied, waiting: keys.filter((key) => !applied.includes(key)) };
}

/** Without review is as with one of nothing. */
const withReview = (config: Config) => ({
  ...config,
  review: config.review ?? { commands: [], unidentified: false, gerrit: false },
});

/** `irc.rate.burst` where that differs; a list is one value. */
function changedKeys(before: unknown, after: unknown, key = ''): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isSection(before) || !isSection(after)) return [key];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    changedKeys(before[name], after[name], key ? `${key}.${name}` : name),
  );
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
