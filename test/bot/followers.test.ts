import { expect, test } from 'vitest';
import { sharedFollowersOf } from '../../bot/followers.ts';
import type { Person } from '../../schedule-data/format/file-schemas.ts';

const people = (...all: Partial<Person>[]) =>
  new Map(all.map((one, index) => [`p${index}`, { nick: `p${index}`, ...one }]));
const since = '2018-09-10T09:00:00Z';
const both: Partial<Person>[] = [
  { subscription: 'nova|cinder' },
  { subscription: '#cinder', reminders: ['nova'] },
  { checkIn: { track: 'nova', since }, reminders: ['cinder'] },
];

test.each<[string, Partial<Person>[], number]>([
  ['three who subscribed, are reminded or are there', both, 3],
  ['two are too few to say', both.slice(1), 0],
  ['whoever wants to hear all follows none', [...both.slice(1), { subscription: '.' }], 0],
  ['nor who wants to hear a word of all lines', [...both.slice(1), { subscription: 'now' }], 0],
  [
    'who wants to hear of a track with a longer name',
    [...both.slice(1), { subscription: 'nova-placement|cinder' }],
    0,
  ],
  ['a pattern that is none is nobody', [...both.slice(1), { subscription: '(' }], 0],
  [
    'few of the many of one may be most of the other',
    [...both, ...Array.from({ length: 7 }, () => ({ reminders: ['nova'] }))],
    3,
  ],
  [
    'few of many of both are none',
    [
      ...both,
      ...Array.from({ length: 7 }, () => ({ reminders: ['nova'] })),
      ...Array.from({ length: 7 }, () => ({ reminders: ['cinder'] })),
    ],
    0,
  ],
])('%s', (_what, all, count) => {
  expect(sharedFollowersOf(people(...all))('nova', 'cinder')).toBe(count);
});
