import {
  changesPerPage,
  countOfOlder,
  type NewestChanges,
} from '../../schedule-data/history/changes-reader.ts';
import type { DescribedChange } from '../../schedule-data/history/described-change.ts';

/** The id of the change with a number. */
export const commitNumber = (number: number) =>
  number.toString(16).padStart(7, '0').padEnd(40, 'c');

/** A change, as far as its number tells: one each ten minutes from Monday morning on. */
export function change(number: number, more: Partial<DescribedChange> = {}): DescribedChange {
  const time = new Date(Date.parse('2018-09-10T14:00:00Z') + number * 600_000).toISOString();
  return {
    commit: commitNumber(number),
    parent: number === 1 ? undefined : commitNumber(number - 1),
    time: time.replace('.000', ''),
    author: ['gibi', 'ada', 'efried'][number % 3]!,
    subject: `nova: now topic ${number}`,
    sentences: [`nova now: topic ${number} (was topic ${number - 1})`],
    more: 0,
    files: [
      {
        path: 'tracks/nova.yaml',
        lines: [
          [' ', 'now:'],
          ['-', `  topic: topic ${number - 1}`],
          ['+', `  topic: topic ${number}`],
        ],
        more: 0,
      },
    ],
    tracks: [['nova', 'cinder', 'swift'][number % 3]!],
    rooms: [],
    reverts: [],
    ...more,
  };
}

/** The newest of so many changes; `special` are those that are not like the others, by number. */
export function newestOf(
  count: number,
  special: Readonly<Record<number, Partial<DescribedChange>>> = {},
): NewestChanges {
  const older = countOfOlder(count);
  const newest = Array.from({ length: count - older }, (_, index) =>
    change(older + index + 1, special[older + index + 1]),
  );
  const revertedBy = new Map<string, readonly string[]>();
  for (const { commit, reverts } of newest)
    for (const one of reverts) revertedBy.set(one, [...(revertedBy.get(one) ?? []), commit]);
  return { tip: commitNumber(count), count, newest, reverted: [], revertedBy };
}

/** Changes with all that can stand there, on the last full page; only few, as looking at pages takes time. */
export function variousChanges(): NewestChanges {
  const all = newestOf(3 * changesPerPage, {
    280: {
      sentences: Array.from({ length: 9 }, (_, index) => `aspen offers <b>slot</b> ${index}`),
      more: 40,
      rooms: ['aspen', 'ballroom-a'],
      tracks: [],
      author: 'somebody_with_a_very_long_nick_indeed',
    },
    285: { sentences: ['nova discusses nothing now (was https://example.org/x)'] },
    290: { reverts: [commitNumber(285)] },
  });
  return { ...all, newest: all.newest.slice(-25) };
}
