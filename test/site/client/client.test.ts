/** What the script of the pages decides, without a browser. */
import { describe, expect, test } from 'vitest';
import { flagOf, seenAt } from '../../../site/client/board.ts';
import { fits, wantedIn } from '../../../site/client/later/changes.ts';
import { commandFor } from '../../../site/client/copy.ts';
import { dayToOpen } from '../../../site/client/days.ts';
import { dayIn } from '../../../site/client/dates.ts';
import { relativeDay } from '../../../site/client/zone.ts';
import { zoneNamed } from '../../../site/client/later/zone-picker.ts';
import { isTimezone } from '../../../schedule-data/text/timezone.ts';
import { nextDelay } from '../../../site/client/delay.ts';
import { holds } from '../../../site/client/filter.ts';
import { namedNow } from '../../../site/client/former-names.ts';
import { queryWith, searchIn } from '../../../site/client/search.ts';
import { eventReader, isOfRevision } from '../../../site/client/revision.ts';
import { readSettings, readZone } from '../../../site/client/settings.ts';
import { slotOfMoment } from '../../../site/client/slots.ts';
import { age } from '../../../site/client/connection-status.ts';

describe('what is new on the board', () => {
  const minutes = 60_000;
  const now = 1000 * minutes;
  const long = now - 60 * minutes;

  test.each([
    ['a topic of this moment', now, { place: 'Aspen' }, 'new'],
    ['one of nine minutes ago', now - 9 * minutes, { place: 'Aspen' }, 'new'],
    ['one of ten minutes ago', now - 10 * minutes, { place: 'Aspen' }, ''],
    ['a topic of nobody knows when', NaN, { place: 'Aspen' }, ''],
    ['a track that moved', long, { place: 'Aspen', moved: now - 9 * minutes }, 'moved'],
    ['one that moved long ago', long, { place: 'Aspen', moved: now - 10 * minutes }, ''],
    ['what is both', now, { place: 'Aspen', moved: now }, 'new'],
  ])('%s', (_, since, seen, flag) => {
    expect(flagOf(since, seen, now)).toBe(flag);
  });

  test('a track has moved when it is somewhere else than this tab saw', () => {
    const first = seenAt(undefined, 'Aspen', now);
    expect(first).toEqual({ place: 'Aspen' });
    const moved = seenAt(first, 'Lobby', now + minutes);
    expect(moved).toEqual({ place: 'Lobby', moved: now + minutes });
    expect(seenAt(moved, 'Lobby', now + 2 * minutes)).toBe(moved);
  });
});

describe('changes that the address asks for', () => {
  const change = { tracks: 'nova oslo.messaging', rooms: 'aspen', by: 'Zoë L.' };

  test.each([
    ['', true],
    ['?track=nova', true],
    ['?track=NOVA&track=cinder', true],
    ['?track=oslo', false],
    ['?track=nova&room=aspen&by=Zo%C3%AB+L.', true],
    ['?track=nova&room=vail', false],
    ['?by=zoe%CC%88%20l.', true],
    ['?by=Zo', false],
    ['?track=&room=', true],
    ['?other=nova', true],
  ])('%s', (search, fit) => {
    expect(fits(change, wantedIn(search))).toBe(fit);
  });

  test('are none of those that are about no track, where one is asked for', () => {
    expect(fits({ tracks: '', rooms: '', by: 'ada' }, wantedIn('?track=nova'))).toBe(false);
  });
});

describe('the day that opens', () => {
  const at = (iso: string) => Date.parse(iso);
  const day = (date: string, ...slots: [string, string][]) => ({
    id: `day-${date.slice(-2)}`,
    date,
    slots: slots.map(([start, end]) => ({ start: at(start), end: at(end) })),
  });
  const days = [
    day('2018-09-10', ['2018-09-10T15:00Z', '2018-09-10T16:45Z']),
    day('2018-09-12', ['2018-09-13T04:00Z', '2018-09-13T07:30Z']),
    day('2018-09-13'),
  ];

  test.each([
    ['before the event, the first', '2018-08-01T00:00Z', 'day-10'],
    ['today', '2018-09-10T20:00Z', 'day-10'],
    ['today at the event, where it is tomorrow already in UTC', '2018-09-11T02:00Z', 'day-10'],
    ['the next one on a day between', '2018-09-11T18:00Z', 'day-12'],
    ['yesterday while its last slot lasts beyond midnight', '2018-09-13T07:00Z', 'day-12'],
    ['today when that slot is over', '2018-09-13T08:00Z', 'day-13'],
    ['after the event, the last', '2018-10-01T00:00Z', 'day-13'],
  ])('is %s', (_, now, id) => {
    expect(dayToOpen(days, at(now), 'America/Denver')).toBe(id);
  });

  test('is the first while there are no dates, and none where there are no days', () => {
    const undated = ['a', 'b'].map((id) => ({ id, slots: [] }));
    expect(dayToOpen(undated, 0, 'UTC')).toBe('a');
    expect(dayToOpen([], 0, 'UTC')).toBeUndefined();
  });
});

describe('a day in another zone', () => {
  const dates = (date: string, ...starts: string[]) =>
    [date, starts.map((one) => new Date(one))] as const;
  const taipei = dates('2026-11-27', '2026-11-27T01:00Z', '2026-11-27T02:00Z', '2026-11-27T09:00Z');

  test.each([
    ['is as at the event in its own zone', 'Asia/Taipei', taipei, '27 November 2026', ['', '', '']],
    [
      'has the dates that are really shown, and the weekday only where it differs',
      'America/Los_Angeles',
      taipei,
      'Thursday 26 November – Friday 27 November 2026',
      ['', '', 'Fri'],
    ],
    [
      'is one date where all times are on that',
      'Pacific/Honolulu',
      dates('2026-11-27', '2026-11-27T01:00Z', '2026-11-27T02:00Z'),
      'Thursday 26 November 2026',
      ['', ''],
    ],
    [
      'counts quarters of an hour',
      'Asia/Kathmandu',
      dates('2026-11-27', '2026-11-27T16:15Z', '2026-11-27T18:15Z'),
      'Friday 27 November – Saturday 28 November 2026',
      ['', 'Sat'],
    ],
    [
      'knows when clocks change: 01:30 comes twice in that night',
      'America/New_York',
      dates('2026-10-31', '2026-11-01T05:30Z', '2026-11-01T06:30Z'),
      'Sunday 1 November 2026',
      ['', ''],
    ],
  ])('%s', (_, zone, [date, starts], label, weekdays) => {
    expect(dayIn(zone, 'Asia/Taipei', date, starts)).toMatchObject({ label, weekdays });
  });

  test('has the weekday at the event, too, where a slot is after midnight', () => {
    const [date, starts] = dates('2020-06-02', '2020-06-02T21:00Z', '2020-06-03T00:00Z');
    expect(dayIn('UTC', 'UTC', date, starts)).toEqual({
      label: '2 June 2020',
      isElsewhere: false,
      weekdays: ['', 'Wed'],
    });
  });
});

describe('a moment', () => {
  test.each([
    ['2018-09-12T14:05Z', ''],
    ['2018-09-12T05:59Z', 'yesterday'],
    ['2018-09-10T20:00Z', 'Mon'],
    ['2018-08-30T20:00Z', '30 Aug'],
    ['2018-09-13T20:00Z', 'Thu'],
  ])('%s is, on 12 September in Denver, of "%s"', (moment, day) => {
    const now = new Date('2018-09-12T20:00Z');
    expect(relativeDay(new Date(moment), 'America/Denver', now)).toBe(day);
  });
});

describe('the slot to jump to', () => {
  const slots = [
    { start: 10, end: 20 },
    { start: 30, end: 40 },
    { start: 40, end: 50 },
  ];
  test.each([
    ['before all, the first', 5, 0],
    ['the one that is on', 15, 0],
    ['in a gap, the next', 20, 1],
    ['where one begins as another ends, the one that begins', 40, 2],
    ['after all, the last', 99, 2],
  ])('is %s', (_, now, index) => {
    expect(slotOfMoment(slots, now)).toBe(index);
  });

  test('is none where there is none', () => {
    expect(slotOfMoment([], 0)).toBe(-1);
  });
});

describe('a stream of revisions', () => {
  test('is read in whatever pieces it comes', () => {
    const text = ':\n\ndata: {"commit":"a"}\n\n:\n\ndata: {"commit":"b"}\n\n';
    for (let size = 1; size <= text.length; size += 1) {
      const read = eventReader();
      const data = [];
      for (let from = 0; from < text.length; from += size)
        data.push(...read(text.slice(from, from + size)));
      expect(data).toEqual(['{"commit":"a"}', '{"commit":"b"}']);
    }
  });

  const revision = { commit: 'a', time: '2018-09-12T20:00:00.000Z' };
  test.each([
    ['is known to be of a revision that was there long before', '20:01:00', 5000, true],
    ['may be older than a revision of the moment', '20:00:04', 3000, false],
    ['may be older when it was asked for before', '20:01:00', 61_000, false],
    ['may be older when it comes out of a cache', '20:01:00', Infinity, false],
  ])('a page %s', (_, time, since, expected) => {
    const date = new Date(`2018-09-12T${time}Z`).toUTCString();
    expect(isOfRevision(revision, date, since)).toBe(expected);
    expect(isOfRevision(revision, null, since)).toBe(false);
  });
});

describe('what the reader chose', () => {
  const usual = { zone: 'event', stars: [], onlyMine: false, notify: false };
  test.each([
    null,
    '',
    '{',
    'null',
    '7',
    '[]',
    '{"zone":"x","stars":7,"filter":{},"onlyMine":"yes","notify":1}',
  ])('is the usual where %j is remembered', (text) => {
    expect(readSettings(text)).toEqual(usual);
  });

  test.each(['utc', 'Asia/Kolkata'])('comes back as it was: %s', (zone) => {
    const chosen = { zone, stars: ['nova'], onlyMine: true, notify: true };
    expect(readSettings(JSON.stringify(chosen))).toEqual(chosen);
  });
});

describe('tracks that were marked, or stand in an address', () => {
  const page = (formerly?: string) => ({ documentElement: { dataset: { formerly } } }) as never;
  test.each([
    [undefined, ['compute', 'cinder'], ['compute', 'cinder']],
    ['', ['compute'], ['compute']],
    ['compute:nova', ['cinder', 'compute'], ['cinder', 'nova']],
    ['compute:nova placement:nova', ['placement', 'compute', 'nova'], ['nova']],
    ['compute:nova', ['toString'], ['toString']],
  ])('where the page says %j, %j are %j', (formerly, tracks, now) => {
    expect(namedNow(page(formerly), tracks)).toEqual(now);
  });
});

test.each([
  ['mine', 'mine'],
  ['UTC', 'utc'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['US/Pacific', 'US/Pacific'],
  ['Asia/Nowhere', undefined],
  ['+05:30', undefined],
  ['<b>', undefined],
  ['', undefined],
  [null, undefined],
  [7, undefined],
])('the zone %j, remembered or in an address, is %j', (value, zone) => {
  expect(readZone(value)).toBe(zone);
});

test.each([
  ['Asia/Kolkata', 'Asia/Kolkata'],
  [' europe/paris ', 'Europe/Paris'],
  ['new york', 'America/New_York'],
  ['Kolkata', 'Asia/Kolkata'],
  ['CET', 'CET'],
  ['Nowhere', undefined],
  ['"><b>', undefined],
])('who types %j means the zone %j', (text, zone) => {
  const names = ['America/New_York', 'Asia/Calcutta', 'Europe/Paris'];
  expect(zoneNamed(text, names, isTimezone)).toBe(zone);
});

describe('what is looked for stands in the address', () => {
  const nothing = { words: '', onlyFree: false, onlyNow: false, onlyMine: false, tracks: [] };

  test.each([
    ['', nothing],
    ['?q=nova', { ...nothing, words: 'nova' }],
    ['?q=nova+wed&free', { ...nothing, words: 'nova wed', onlyFree: true }],
    ['?now&mine', { ...nothing, onlyNow: true, onlyMine: true }],
    ['?tracks=nova,oslo.messaging', { ...nothing, tracks: ['nova', 'oslo.messaging'] }],
    ['?q=%23caf%C3%A9+%26%3D', { ...nothing, words: '#café &=' }],
  ])('%s', (query, search) => {
    expect(searchIn(query)).toEqual(search);
    expect(queryWith('', search)).toBe(query);
  });

  test.each([
    ['?zone=Asia%2FKolkata', '?zone=Asia%2FKolkata&q=nova'],
    ['?q=cinder&free', '?q=nova'],
    ['?track=nova&track=cinder', '?track=nova&track=cinder&q=nova'],
  ])('beside what else is there: %s', (before, after) => {
    expect(queryWith(before, { ...nothing, words: 'nova' })).toBe(after);
  });

  test.each(['?q', '?q=', '?free=1&now=yes', '?q=a&q=b', '?%', '?q=%ff'])(
    'whatever somebody writes there: %s',
    (query) => expect(() => searchIn(query)).not.toThrow(),
  );
});

describe('the filter', () => {
  test.each([
    ['Multi-attach with #cinder', 'cinder ATTACH', true],
    ['Größe', 'grosse grosze', false],
    ['Café', 'cafe', true],
    ['nova', 'novas', false],
    ['anything', '', true],
  ])('finds in %j the words %j: %s', (text, words, expected) => {
    expect(holds(text, words)).toBe(expected);
  });
});

test('a command to be copied names the track of whoever has only one', () => {
  const command = '#yourtrack book aspen-FriP1';
  expect(commandFor(command, [])).toBe(command);
  expect(commandFor(command, ['nova'])).toBe('#nova book aspen-FriP1');
  expect(commandFor(command, ['nova', 'cinder'])).toBe(command);
});

test.each([
  [0, '0 s'],
  [59_000, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h 0 min'],
  [7_500_000, '2 h 5 min'],
])('an age of %i ms reads %s', (time, text) => {
  expect(age(time)).toBe(text);
});

test('a page asks every 10 s, and less often the longer nobody answers', () => {
  expect([0, 1, 2, 3, 4, 99].map(nextDelay)).toEqual([
    10_000, 20_000, 40_000, 80_000, 120_000, 120_000,
  ]);
});
