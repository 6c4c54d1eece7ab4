import { diff } from 'node:util';

/** One line of a file that changed: taken away, added, or as it was; a gap where lines are left out. */
export type ChangedLine = readonly [kind: '-' | '+' | ' ' | 'gap', text: string];

/** How many lines around a change are told. */
const context = 2;
/** More lines are not compared, but told as they were and as they are. */
const mostCompared = 2000;
const longestLine = 500;

/** What was changed in a text, line by line; undefined stands for no text. */
export function changedLines(before = '', after = ''): readonly ChangedLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  // Node does not compare nothing with nothing.
  if (!old.length && !now.length) return [];
  const lines =
    old.length + now.length > mostCompared
      ? [...old.map((line) => [1, line] as const), ...now.map((line) => [-1, line] as const)]
      : diff(old, now);
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(([kind]) => kind !== 0);
  return lines.flatMap(([kind, text], index): ChangedLine[] => {
    if (kind !== 0) return [[kind > 0 ? '-' : '+', text]];
    if (isNear(index)) return [[' ', text]];
    return isNear(index - 1) && index < lines.length - 1 ? [['gap', '']] : [];
  });
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
}
