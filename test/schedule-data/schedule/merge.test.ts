/** Merging by value: what both changed alike or only one changed counts, the rest is a conflict. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPlain } from '../../../schedule-data/format/data-files.ts';
import type { FileValue } from '../../../schedule-data/format/file-schemas.ts';
import { mergeSchedules } from '../../../schedule-data/schedule/merge.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { smallSchedule, value } from '../../support/schedule.ts';

const withNova = (text: string): Schedule => smallSchedule({ nova: text, cinder: '' });
const nova = (schedule: Schedule) => toPlain(schedule.tracks.get('nova')!);

describe('of one track', () => {
  const merged = (base: string, ours: string, theirs: string) => {
    const { schedule, conflicts } = mergeSchedules(
      withNova(base),
      withNova(ours),
      withNova(theirs),
    );
    return [nova(schedule), conflicts.map(({ slug, field }) => `${slug} ${field}`)];
  };

  test.each<
    [what: string, base: string, ours: string, theirs: string, result: object, conflicts?: string[]]
  >([
    [
      'each side may change another field',
      '',
      'url: https://a.example/',
      'color: "#000000"',
      { color: '#000000', url: 'https://a.example/' },
    ],
    [
      'both may change the same in the same way',
      '',
      'color: "#000000"',
      'color: "#000000"',
      { color: '#000000' },
    ],
    [
      'one that both changed is a conflict, and stays',
      'color: "#000000"',
      'color: "#111111"',
      'color: "#222222"',
      { color: '#111111' },
      ['nova color'],
    ],
    ['what one took away is gone', 'color: "#000000"', 'color: "#000000"', '', {}],
    [
      'what one took away and the other changed is a conflict',
      'color: "#000000"',
      'color: "#111111"',
      '',
      { color: '#111111' },
      ['nova color'],
    ],
    [
      'items are added by both',
      'next: [a]',
      'next: [a, b]',
      'next: [c, a]',
      { next: ['c', 'a', 'b'] },
    ],
    [
      'an item that one took out is out',
      'next: [a, b]',
      'next: [a, b, c]',
      'next: [b]',
      { next: ['b', 'c'] },
    ],
    [
      'equal items are different ones',
      'next: [a, a]',
      'next: [a, a, b]',
      'next: [a]',
      { next: ['a', 'b'] },
    ],
    [
      'who put them in another order meant it',
      'next: [a, b]',
      'next: [a, b]',
      'next: [b, a]',
      { next: ['b', 'a'] },
    ],
    [
      'a topic is one thing',
      'now: { topic: a, by: x }',
      'now: { topic: b, by: x }',
      'now: { topic: a, by: y }',
      { now: { topic: 'b', by: 'x' } },
      ['nova now'],
    ],
  ])('%s', (_, base, ours, theirs, result, conflicts = []) => {
    expect(merged(base, ours, theirs)).toEqual([result, conflicts]);
  });

  test('deleted on one side and changed on the other, it stays', () => {
    const base = withNova('');
    const gone = { ...base, tracks: new Map([...base.tracks].filter(([slug]) => slug !== 'nova')) };
    const changed = withNova('color: "#000000"');
    expect(mergeSchedules(base, changed, gone)).toMatchObject({
      conflicts: [{ slug: 'nova', field: '' }],
    });
    expect(mergeSchedules(base, changed, gone).schedule.tracks.has('nova')).toBe(true);
    expect(mergeSchedules(base, base, gone).schedule.tracks.has('nova')).toBe(false);
  });
});

test('slots of a day are merged by their names', () => {
  const event = (...slots: string[]) => {
    const base = smallSchedule();
    return {
      ...base,
      event: value(
        'event',
        `id: x\nname: x\ntimezone: UTC\ndays: [{ name: Monday, slots: [${slots.join(', ')}] }]`,
      ),
    };
  };
  const [a, b, c] = ['a', 'b', 'c'].map(
    (name) => `{ name: ${name}, start: "09:00", end: "10:00" }`,
  ) as [string, string, string];
  const late = '{ name: a, start: "11:00", end: "12:00" }';
  const { schedule, conflicts } = mergeSchedules(event(a, b), event(late, b), event(a, b, c));
  expect(conflicts).toEqual([]);
  expect(schedule.event.days[0]?.slots.map(({ name, start }) => `${name} ${start}`)).toEqual([
    'a 11:00',
    'b 09:00',
    'c 09:00',
  ]);
});

describe('whatever is merged', () => {
  const color = fc.constantFrom('#000000', '#111111', '#222222');
  const words = fc.constantFrom('cells', 'lunch', 'quotas');
  const track = fc.record(
    {
      color,
      url: fc.constantFrom('https://a.example/', 'https://b.example/'),
      location: words,
      now: fc.record({ topic: words }),
      next: fc.array(words, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  );
  const schedule = fc
    .record({ nova: track, cinder: track, booked: fc.constantFrom('', 'nova', 'cinder') })
    .map(({ nova, cinder, booked }): Schedule => {
      const base = smallSchedule();
      const filled = (one: object) => ({ formerly: [], next: [], ...one }) as FileValue<'track'>;
      const aspen = { ...base.rooms.get('aspen')!, slots: new Map([['MonA1', booked || null]]) };
      return {
        ...base,
        tracks: new Map([
          ['cinder', filled(cinder)],
          ['nova', filled(nova)],
        ]),
        rooms: new Map(base.rooms).set('aspen', aspen),
      };
    });
  const plain = ({ event, rooms, tracks }: Schedule) => [
    toPlain(event),
    ...[...rooms].map(([slug, room]) => [slug, toPlain(room)]),
    ...[...tracks].map(([slug, one]) => [slug, toPlain(one)]),
  ];

  test('nothing changed: it is the other side', () => {
    fc.assert(
      fc.property(schedule, schedule, (base, other) => {
        expect(plain(mergeSchedules(base, base, other).schedule)).toEqual(plain(other));
        expect(plain(mergeSchedules(base, other, base).schedule)).toEqual(plain(other));
      }),
    );
  });

  test('taking back what was just done gives what was before', () => {
    fc.assert(
      fc.property(schedule, schedule, (before, after) => {
        const { schedule: undone, conflicts } = mergeSchedules(after, after, before);
        expect([plain(undone), conflicts]).toEqual([plain(before), []]);
      }),
    );
  });

  test('the sides may change places where they do not contradict each other', () => {
    const lists = ({ tracks }: Schedule) => [...tracks.values()].map(({ next }) => next.toSorted());
    fc.assert(
      fc.property(schedule, schedule, schedule, (base, a, b) => {
        const [one, two] = [mergeSchedules(base, a, b), mergeSchedules(base, b, a)];
        expect(one.conflicts.length).toBe(two.conflicts.length);
        if (one.conflicts.length) return;
        const withoutOrder = (merged: Schedule) => ({
          ...merged,
          tracks: new Map(
            [...merged.tracks].map(([slug, track]) => [slug, { ...track, next: [] }]),
          ),
        });
        expect(plain(withoutOrder(one.schedule))).toEqual(plain(withoutOrder(two.schedule)));
        expect(lists(one.schedule)).toEqual(lists(two.schedule));
      }),
    );
  });
});
