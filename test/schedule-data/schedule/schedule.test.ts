import { expect, test } from 'vitest';
import { schedule } from '../../support/build-site.ts';

test.each([
  ['by name', { b: { name: 'Aspen' }, a: { name: 'Vail' } }, ['Aspen', 'Vail']],
  [
    'of numbers, as people count',
    { a: { name: 'Room 10' }, b: { name: 'Room 2' } },
    ['Room 2', 'Room 10'],
  ],
  [
    'by their order first',
    { a: { name: 'Aspen' }, b: { name: 'Vail', order: '1' } },
    ['Vail', 'Aspen'],
  ],
])('rooms are sorted %s', (_, rooms, names) => {
  expect([...schedule({ rooms }).rooms.values()].map(({ name }) => name)).toEqual(names);
});

test('tracks are sorted by slug, as people count', () => {
  const tracks = { 'team-10': {}, swift: {}, 'team-2': {} };
  expect([...schedule({ tracks }).tracks.keys()]).toEqual(['swift', 'team-2', 'team-10']);
});
