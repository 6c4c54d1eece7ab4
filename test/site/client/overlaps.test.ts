import { describe, expect, test } from 'vitest';
import { meetingsOf } from '../../../site/client/drift.ts';
import { overlapsOf, shortened } from '../../../site/client/later/overlaps.ts';

/** `nova Aspen 09:00-10:30`, each slot of a track. */
const meetings = (...slots: readonly string[]) =>
  meetingsOf(
    slots.map((text) => {
      const [track = '', room = '', times = ''] = text.split(' ');
      const [start, end] = times.split('-').map((time) => `2026-11-30T${time}:00Z`);
      return { track, room, start: start!, end: end! };
    }),
  );
const at = (time: string) => new Date(`2026-11-30T${time}:00Z`);
const found = (now: string, ...slots: readonly string[]) =>
  overlapsOf(meetings(...slots), at(now)).map(
    ({ tracks, rooms, start, end }) =>
      `${tracks.join('+')} ${rooms.join('+')} ${start.slice(11, 16)}-${end.slice(11, 16)}`,
  );

describe('of the tracks of a reader overlap', () => {
  test.each<[string, string[], string[]]>([
    [
      'two that are booked at the same time in two rooms',
      ['nova Aspen 09:00-10:30', 'cinder Birch 09:00-10:30'],
      ['nova+cinder Aspen+Birch 09:00-10:30'],
    ],
    [
      'those in part of their time',
      ['nova Aspen 09:00-10:30', 'cinder Birch 10:00-11:00'],
      ['nova+cinder Aspen+Birch 10:00-10:30'],
    ],
    [
      'those of several slots in a row, which is told once',
      [
        'nova Aspen 09:00-10:30',
        'cinder Birch 09:00-10:30',
        'nova Aspen 10:30-12:00',
        'cinder Birch 10:30-12:00',
      ],
      ['nova+cinder Aspen+Birch 09:00-12:00'],
    ],
    [
      'all pairs of three, by time',
      ['nova Aspen 10:00-12:00', 'cinder Birch 09:00-11:00', 'swift Vail 09:30-10:30'],
      [
        'cinder+swift Birch+Vail 09:30-10:30',
        'nova+cinder Aspen+Birch 10:00-11:00',
        'nova+swift Aspen+Vail 10:00-10:30',
      ],
    ],
    ['not those that touch', ['nova Aspen 09:00-10:30', 'cinder Birch 10:30-12:00'], []],
    ['not a track with itself', ['nova Aspen 09:00-10:30', 'nova Birch 09:00-10:30'], []],
    ['not two in one room', ['nova Aspen 09:00-10:30', 'cinder Aspen 09:00-10:30'], []],
    ['not one alone', ['nova Aspen 09:00-10:30'], []],
    ['nothing of nothing', [], []],
  ])('%s', (_, slots, expected) => {
    expect(found('08:00', ...slots)).toEqual(expected);
  });

  test.each([
    ['08:00', 1],
    ['10:29', 1],
    ['10:30', 0],
    ['11:00', 0],
  ])('at %s those that are not over: %d', (now, count) => {
    expect(found(now, 'nova Aspen 09:00-10:30', 'cinder Birch 09:00-11:30')).toHaveLength(count);
  });
});

test('more than four lines are counted, as the cells are marked anyhow', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
  expect(shortened([])).toEqual([]);
  expect(shortened(lines(4))).toEqual(lines(4));
  expect(shortened(lines(5))).toEqual([...lines(3), '2 more are marked below.']);
});
