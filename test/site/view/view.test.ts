import fc from 'fast-check';
import { colord, extend } from 'colord';
import a11y from 'colord/plugins/a11y';
import { describe, expect, test } from 'vitest';
import { fileSchemas } from '../../../schedule-data/format/file-schemas.ts';
import { mainPage } from '../../../site/view/main-page.ts';
import { richText } from '../../../site/view/rich-text.ts';
import { slotTimes } from '../../../schedule-data/schedule/slot-times.ts';
import { momentLabel } from '../../../schedule-data/text/clock.ts';
import { trackClass } from '../../../site/view/track-class.ts';
import { badgeColors } from '../../../site/view/track-colors.ts';
import { formerNames, trackFinder } from '../../../site/view/track-names.ts';
import { tracksCss } from '../../../site/view/tracks-css.ts';
import { schedule, type PlainSchedule } from '../../support/build-site.ts';
import { gathering } from '../../support/site-event.ts';

extend([a11y]);

const view = (plain: PlainSchedule) => mainPage({ schedule: schedule(plain), presence: [] });

test.each([
  ['nothing where no track had another name', { nova: {}, cinder: {} }, undefined],
  [
    'each name with that of today',
    { nova: { formerly: ['compute', 'placement'] }, cinder: { formerly: ['volume'] } },
    'volume:cinder compute:nova placement:nova',
  ],
  [
    'no name that another track has now, or had as well',
    { nova: { formerly: ['cinder', 'volume'] }, cinder: { formerly: ['volume'] } },
    'volume:cinder',
  ],
])('pages tell browsers of former names: %s', (_, tracks, told) => {
  expect(formerNames(schedule({ tracks }))).toBe(told);
});

describe('a line that somebody wrote', () => {
  const find = trackFinder(
    schedule({
      tracks: {
        nova: { url: 'https://example.org/nova' },
        'c++': {},
        cinder: { formerly: ['volume'] },
      },
    }),
  );
  const nova = { className: 'track-nova', url: '/tracks/nova/' };
  const link = (url: string, text = url) => ({ text, url });

  test.each([
    ['plain talk', [{ text: 'plain talk' }]],
    ['https://a.example/x', [link('https://a.example/x')]],
    ['see https://a.example/x.', [{ text: 'see ' }, link('https://a.example/x'), { text: '.' }]],
    ['(https://a.example/x)', [{ text: '(' }, link('https://a.example/x'), { text: ')' }]],
    ['https://a.example/A_(b)', [link('https://a.example/A_(b)')]],
    ['https://a.example/?q=1&r=2#s, ok', [link('https://a.example/?q=1&r=2#s'), { text: ', ok' }]],
    ['HTTPS://A.example', [link('HTTPS://A.example')]],
    ['javascript:alert(1)', [{ text: 'javascript:alert(1)' }]],
    ['https://', [{ text: 'https://' }]],
    ['https://[', [{ text: 'https://[' }]],
    ['with #nova', [{ text: 'with ' }, { text: '#nova', ...nova }]],
    ['with #NOVA.', [{ text: 'with ' }, { text: '#NOVA', ...nova }, { text: '.' }]],
    [
      '#c++!',
      [{ text: '#c++', className: 'track-c_2b__2b_', url: '/tracks/c%2B%2B/' }, { text: '!' }],
    ],
    ['#volume', [{ text: '#volume', className: 'track-cinder', url: '/tracks/cinder/' }]],
    ['#unknown #1', [{ text: '#unknown #1' }]],
    ['a#nova &#nova ##nova', [{ text: 'a#nova &#nova ##nova' }]],
    ['https://a.example/#nova', [link('https://a.example/#nova')]],
  ])('%j becomes links and names of tracks', (text, pieces) => {
    expect(richText(text, find)).toEqual(pieces);
  });

  test('never loses or adds a character', () => {
    const parts = fc.constantFrom(
      '#nova',
      'https://',
      'a.b',
      ')',
      '(',
      '.',
      ' ',
      '#',
      'é',
      '"',
      '<b>',
    );
    fc.assert(
      fc.property(fc.array(parts), (words) => {
        const text = words.join('');
        expect(
          richText(text, find)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('what is discussed', () => {
  const rooms = { 'ballroom-a': { name: 'Ballroom A', url: 'https://meet.example.org/a' } };
  const now = { topic: 'cells', since: '2018-09-12T20:05:00Z', by: 'gibi' };

  test('is listed with place, way in and time in the zone of the event, which stands above', () => {
    const [entry] = view({ rooms, tracks: { nova: { now, room: 'ballroom-a' } } }).now;
    expect(entry).toMatchObject({
      topic: [{ text: 'cells' }],
      place: {
        name: [{ text: 'Ballroom A', url: '/rooms/ballroom-a/' }],
        join: 'https://meet.example.org/a',
      },
      since: { label: '14:05', weekday: 'Wed', zone: 'MDT' },
      etherpad: 'https://etherpad.opendev.org/p/denver-ptg-nova',
    });
  });

  test('stands in the order in which it was said, the newest first', () => {
    const at = (since?: string) => ({ now: { topic: 'cells', since } });
    const { now: entries } = view({
      tracks: {
        cinder: at('2018-09-12T20:05:00Z'),
        glance: at(),
        nova: at('2018-09-12T20:10:00Z'),
      },
    });
    expect(entries.map(({ badge }) => badge.track)).toEqual(['nova', 'cinder', 'glance']);
  });

  test('is at the place set by hand rather than in the room of the booking', () => {
    const [entry] = view({
      rooms,
      tracks: { nova: { now, room: 'ballroom-a', location: 'Lobby' } },
    }).now;
    expect(entry?.place).toEqual({ name: [{ text: 'Lobby' }] });
  });

  test('has no place when its room is gone', () => {
    expect(view({ tracks: { nova: { now, room: 'gone' } } }).now[0]?.place).toBeUndefined();
  });

  test('comes with what is next, tracks in their order and items in theirs', () => {
    const { now: entries, next } = view({
      tracks: { nova: { next: ['b', 'a'] }, cinder: { next: ['c'] }, swift: {} },
    });
    expect(entries).toEqual([]);
    expect(next.map(({ id }) => id)).toEqual(['next-cinder', 'next-nova']);
    expect(next[1]?.items).toEqual([[{ text: 'b' }], [{ text: 'a' }]]);
  });
});

describe('the grid', () => {
  const days = [
    {
      name: 'Monday',
      date: '2018-09-10',
      slots: [
        { name: 'MonA1', start: '09:00', end: '10:45' },
        { name: 'MonA2', start: '10:45', end: '12:30' },
        { name: 'MonP1', start: '13:30', end: '15:15' },
      ],
    },
  ];
  const cellsOf = (slots: object, tracks: object = {}) =>
    view({
      event: { days },
      rooms: { aspen: { name: 'Aspen', slots } },
      tracks: tracks as Record<string, unknown>,
    }).days[0]?.slots.map(({ cells }) => cells[0]);
  const cell = (booked: object, tracks: object = {}) =>
    cellsOf({ ...booked, MonP1: '' }, tracks)?.[0];

  test.each([
    ['a free slot', { MonA1: '' }, { kind: 'free', code: 'aspen-MonA1' }],
    [
      'a free slot that is written in another case',
      { mona1: '' },
      { kind: 'free', code: 'aspen-MonA1' },
    ],
    ['a slot that is not offered', {}, { kind: 'closed' }],
    ['a slot that the event does not have', { Other: 'nova' }, { kind: 'closed' }],
    [
      'a booking of an unknown track',
      { MonA1: 'nobody' },
      { kind: 'booked', badge: { label: 'nobody' }, goesOn: false },
    ],
  ])('shows %s', (_, slots, expected) => {
    expect(cell(slots)).toEqual({ room: 'Aspen', ...expected });
  });

  test('leads from a booking to the page of the track', () => {
    expect(cell({ MonA1: 'nova' }, { nova: { url: 'https://t.example' } })).toMatchObject({
      badge: { label: 'nova', className: 'track-nova', url: '/tracks/nova/' },
    });
  });

  test('calls a track by its display name and tells what to type', () => {
    expect(cell({ MonA1: 'tc' }, { tc: { name: 'Technical Committee' } })).toMatchObject({
      badge: { label: 'Technical Committee', slug: 'tc' },
    });
  });

  test('knows a track by the name that it had before', () => {
    expect(cell({ MonA1: 'old' }, { nova: { formerly: ['old'] } })).toMatchObject({
      badge: { label: 'nova', className: 'track-nova' },
    });
  });

  test.each([
    ['the same track', { MonA1: 'nova', MonA2: 'nova', MonP1: 'nova' }, [false, true, true]],
    ['a name that it had before', { MonA1: 'old', MonA2: 'nova' }, [false, true, undefined]],
    ['the same unknown name', { MonA1: 'x', MonA2: 'x' }, [false, true, undefined]],
    ['others', { MonA1: 'nova', MonA2: 'x', MonP1: 'nova' }, [false, false, false]],
    ['nobody in between', { MonA1: 'nova', MonP1: 'nova' }, [false, undefined, false]],
    ['nobody twice', { MonA1: '', MonA2: '' }, [undefined, undefined, undefined]],
  ])('knows where a booking goes on: %s', (_, slots, expected) => {
    const cells = cellsOf(slots, { nova: { formerly: ['old'] } });
    expect(cells?.map((one) => one && 'goesOn' in one && one.goesOn)).toEqual(
      expected.map((goesOn) => goesOn ?? false),
    );
  });

  test('of a day has the rooms that offer a slot on it, and names the others', () => {
    const [monday] = view({
      event: { days },
      rooms: {
        aspen: { name: 'Aspen', order: '1', slots: { TueA1: 'nova' } },
        vail: { name: 'Vail', order: '2', slots: { mona2: '' } },
      },
    }).days;
    expect(monday?.rooms.map(({ name }) => name)).toEqual(['Vail']);
    expect(monday?.unused.map(({ name }) => name)).toEqual(['Aspen']);
    expect(monday?.slots.map(({ cells }) => cells.map(({ kind }) => kind))).toEqual([
      ['closed'],
      ['free'],
      ['closed'],
    ]);
  });

  test('names the zone as people there do, or in general while there is no date', () => {
    const zone = (day: object) => view({ event: { days: [{ ...days[0], ...day }] } }).days[0]?.zone;
    expect(zone({})).toBe('MDT');
    expect(zone({ date: '2018-12-10' })).toBe('MST');
    expect(zone({ date: undefined })).toBe('America/Denver');
  });

  test('gives each day an anchor of its own', () => {
    const named = ['Monday', 'Monday', '1', 'Día 2'].map((name) => ({ name }));
    expect(view({ event: { days: named } }).days.map(({ id }) => id)).toEqual([
      'day-monday',
      'day-2',
      'day-3',
      'day-día-2',
    ]);
  });

  test('shows the code of a free slot as the example', () => {
    expect(view(gathering()).freeCode).toBe('ballroom-b-MonA1');
    expect(view({}).freeCode).toBeUndefined();
  });
});

describe('times', () => {
  test.each([
    ['2018-09-10', '09:00', '10:45', '2018-09-10T15:00:00Z', '2018-09-10T16:45:00Z'],
    ['2018-09-10', '23:00', '00:30', '2018-09-11T05:00:00Z', '2018-09-11T06:30:00Z'],
    ['2018-03-11', '01:30', '03:30', '2018-03-11T08:30:00Z', '2018-03-11T09:30:00Z'],
    ['2018-03-11', '02:30', '03:30', '2018-03-11T09:30:00Z', '2018-03-11T09:30:00Z'],
    ['2018-12-31', '22:00', '21:00', '2019-01-01T05:00:00Z', '2019-01-02T04:00:00Z'],
  ])('of a slot on %s from %s to %s in Denver', (date, start, end, from, to) => {
    const slot = { name: 'A1', start, end };
    expect(slotTimes({ name: 'Day', date, slots: [slot] }, slot, 'America/Denver')).toEqual({
      start: from,
      end: to,
    });
  });

  test.each([
    ['America/Denver', 'Wed 14:05 MDT'],
    ['Europe/Paris', 'Wed 22:05 CEST'],
    ['Asia/Shanghai', 'Thu 04:05 GMT+8'],
    ['UTC', 'Wed 20:05 UTC'],
  ])('always come with their zone: %s', (timezone, label) => {
    expect(momentLabel('2018-09-12T20:05:00Z', timezone)).toBe(label);
  });
});

describe("a track's colour", () => {
  const hex = fc
    .integer({ min: 0, max: 0xffffff })
    .map((n) => `#${n.toString(16).padStart(6, '0')}`);

  test('always carries readable text', () => {
    fc.assert(
      fc.property(hex, (color) => {
        const { background, text } = badgeColors('nova', color);
        expect(background).toBe(color);
        expect(colord(background).contrast(text)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  test('is made from the name where none is given, the same every time', () => {
    expect(badgeColors('nova')).toEqual(badgeColors('nova'));
    expect(
      new Set(['nova', 'cinder', 'swift'].map((slug) => badgeColors(slug).background)).size,
    ).toBe(3);
  });

  test('belongs to a class that needs no escaping and that no other track has', () => {
    const slugs = [
      'nova',
      'a.b',
      'a+b',
      'a_b',
      'a_2b_b',
      'ñandú',
      '日本語',
      'a-b',
      'á',
      'a\u0308x',
    ];
    expect(new Set(slugs.map(trackClass)).size).toBe(slugs.length);
    for (const slug of slugs) expect(trackClass(slug)).toMatch(/^track-[a-z0-9_-]+$/);
  });

  test('stands in the style sheet as colour and nothing else', () => {
    const track = { ...fileSchemas.track.parse({}), color: '#000}*{background:url(//evil)' };
    const css = tracksCss({ ...schedule({}), tracks: new Map([['nova', track]]) });
    expect(css).toMatch(
      /^:root\{--rows:1\}\n\.track-nova\{--track:#[0-9a-f]{6};--on-track:#[0-9a-f]{6}\}\n$/,
    );
  });
});
