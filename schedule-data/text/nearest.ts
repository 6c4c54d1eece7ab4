import { distance } from 'fastest-levenshtein';
import { fold } from './slug.ts';

/** In how many letters two words differ, ignoring case; two neighbours swapped count as one. */
export function typos(word: string, other: string): number {
  const [a, b] = [fold(word), fold(other)];
  for (let i = 0; i + 1 < a.length; i++)
    if (a.slice(0, i) + a.charAt(i + 1) + a.charAt(i) + a.slice(i + 2) === b)
      return a === b ? 0 : 1;
  return distance(a, b);
}

/**
 * The candidate that somebody most likely meant by `word`: one with few letters changed, else one that
 * has it as a part (`nova` in `nova-placement`), or is a part of it. Undefined when none is close: more
 * than a third of the letters would have to change.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  return nearestByLetters(word, all) ?? all.find((one) => isPart(word, one) || isPart(one, word));
}

function isPart(part: string, whole: string): boolean {
  const separator = /[-._+\s]+/;
  return (
    part.length > 2 &&
    separator.test(whole) &&
    ` ${fold(whole).split(separator).join(' ')} `.includes(
      ` ${fold(part).split(separator).join(' ')} `,
    )
  );
}

function nearestByLetters(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const count = typos(word, candidate);
    if (count >= fewest) continue;
    best = candidate;
    fewest = count;
  }
  return best;
}
