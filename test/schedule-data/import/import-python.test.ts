import { describe, expect, test } from 'vitest';
import { toPlain } from '../../../schedule-data/format/data-files.ts';
import type { ImportOptions } from '../../../schedule-data/import/event.ts';
import { importPython } from '../../../schedule-data/import/import-python.ts';

/** What a database becomes: the event, the files of rooms and tracks, and what is reported. */
function imported(database: object, options: ImportOptions = {}) {
  const { schedule, people, remarks } = importPython({ eventid: 'DEN', ...database }, options);
  const plain = (files: ReadonlyMap<string, Parameters<typeof toPlain>[0]>) =>
    Object.fromEntries([...files].map(([slug, file]) => [slug, toPlain(file)]));
  return {
    event: schedule.event,
    days: schedule.event.days,
    rooms: plain(schedule.rooms),
    tracks: plain(schedule.tracks),
    announcements: schedule.announcements,
    people: Object.fromEntries(people),
    remarks: remarks.map(({ path, message }) => `${path}: ${message}`),
  };
}

const noon = '2018-09-10 12:00:00';
const monday = [{ name: 'MonA1', desc: '09:00-10:45' }];

describe('a database of the Python ptgbot becomes', () => {
  test('an event', () => {
    expect(
      imported(
        { voice: 1, links: { 'Venue map': 'https://example.org/map' } },
        { timezone: 'America/Denver', name: 'Denver Gathering' },
      ).event,
    ).toMatchObject({
      id: 'DEN',
      name: 'Denver Gathering',
      timezone: 'America/Denver',
      moderation: 'voiced',
      links: [{ title: 'Venue map', url: 'https://example.org/map' }],
    });
    expect(imported({ voice: 0 }).event).toMatchObject({
      timezone: 'UTC',
      name: 'DEN',
      moderation: 'everyone',
    });
  });

  test.each([
    [
      'a list',
      [
        { level: 'info', message: 'Lunch' },
        { level: 'warning', message: 'Rain' },
      ],
    ],
    ['one, in an old form', { level: 'info', message: 'Lunch' }],
  ])('announcements from %s', (_form, motd) => {
    const { announcements, remarks } = imported({ motd });
    expect(announcements).toEqual([motd].flat());
    expect(remarks).toEqual([]);
  });

  test('rooms, in their order, with equipment and slots', () => {
    const { rooms } = imported({
      slots: { Monday: monday },
      tracks: ['nova'],
      schedule: {
        'Ballroom A': { MonA1: 'nova', url: 'https://meet.example.org/a', desc: 'Large' },
        Aspen: { MonA1: '', cap_icon: 'facetime-video', cap_desc: 'Projector' },
      },
    });
    expect(rooms).toEqual({
      'ballroom-a': {
        name: 'Ballroom A',
        order: '1',
        description: 'Large',
        url: 'https://meet.example.org/a',
        slots: { MonA1: 'nova' },
      },
      aspen: {
        name: 'Aspen',
        order: '2',
        equipment: [{ icon: 'video', label: 'Projector' }],
        slots: { MonA1: '' },
      },
    });
    expect(Object.keys(rooms)).toEqual(['ballroom-a', 'aspen']);
  });

  test('tracks with all that is said about them', () => {
    expect(
      imported({
        tracks: ['nova', 'Release Team'],
        schedule: { Aspen: {} },
        colors: { nova: '#27a3dd' },
        urls: { nova: 'https://meet.example.org/nova' },
        etherpads: {
          nova: 'https://pad.example.org/nova',
          'Release Team': 'https://etherpad.opendev.org/p/DEN-release-team',
        },
        location: { nova: 'ASPEN', 'Release Team': 'the bar' },
        now: { nova: 'cells' },
        next: { nova: ['lunch', 'at 2pm more cells'] },
      }).tracks,
    ).toEqual({
      nova: {
        color: '#27a3dd',
        url: 'https://meet.example.org/nova',
        etherpad: 'https://pad.example.org/nova',
        room: 'aspen',
        now: { topic: 'cells' },
        next: ['lunch', 'at 2pm more cells'],
      },
      'release-team': { name: 'Release Team', location: 'the bar' },
    });
  });

  test('a track with its etherpad where the generated address would differ', () => {
    expect(imported({ tracks: ['nova', 'Release Team'] }).tracks).toEqual({
      nova: {},
      'release-team': {
        name: 'Release Team',
        etherpad: 'https://etherpad.opendev.org/p/DEN-Release%20Team',
      },
    });
  });

  test('tracks that only the schedule names, too', () => {
    expect(
      imported({ slots: { Monday: monday }, schedule: { Aspen: { MonA1: 'Swift' } } }),
    ).toMatchObject({
      tracks: { swift: { name: 'Swift' } },
      rooms: { aspen: { slots: { MonA1: 'swift' } } },
    });
  });
});

describe('people become', () => {
  const people = (database: object) =>
    imported({ tracks: ['nova'], ...database }, { timezone: 'America/Denver' }).people;

  test.each<[string, object, object]>([
    [
      'checked in with a track, since a time in the zone of the event',
      { nick: 'Ada', location: '#nova', in: '2018-09-10 09:00:00.123456', out: null },
      { nick: 'Ada', checkIn: { track: 'nova', since: '2018-09-10T15:00:00Z' } },
    ],
    [
      'checked in with a track that is called without #',
      { nick: 'ADA', location: 'Nova', in: '2018-09-10T09:00:00' },
      { nick: 'ADA', checkIn: { track: 'nova', since: '2018-09-10T15:00:00Z' } },
    ],
    [
      'checked in somewhere, at a time of any zone',
      { location: 'the bar', in: '2018-09-10T09:00:00+02:00' },
      { nick: 'ada', checkIn: { location: 'the bar', since: '2018-09-10T07:00:00Z' } },
    ],
    [
      'checked out',
      { location: 'the bar', in: '2018-09-10T07:00:00Z', out: '2018-09-10 02:30:00' },
      {
        nick: 'ada',
        checkIn: { location: 'the bar', since: '2018-09-10T07:00:00Z' },
        checkOut: '2018-09-10T08:30:00Z',
      },
    ],
  ])('%s', (_what, last, person) => {
    expect(people({ last_check_in: { ada: last } })).toEqual({ 'nick-ada': person });
  });

  test('nobody of whom nothing is said', () => {
    expect(
      imported({
        last_check_in: { ada: { nick: null, location: null, in: null, out: null }, bob: {} },
        subscriptions: { ada: null },
      }),
    ).toMatchObject({ people: {}, remarks: [] });
  });

  test('one person, by nick in any case, with check-in and subscription', () => {
    expect(
      people({
        last_check_in: { 'ada[m]': { nick: 'Ada[m]', location: '#nova', in: noon } },
        subscriptions: { 'ADA[m]': 'nova|cells.*', Bob: '(?i)ironic' },
      }),
    ).toEqual({
      'nick-ada%5Bm%5D': {
        nick: 'Ada[m]',
        checkIn: { track: 'nova', since: '2018-09-10T18:00:00Z' },
        subscription: 'nova|cells.*',
      },
      'nick-bob': { nick: 'Bob', subscription: '(?i)ironic' },
    });
  });
});

test('people are kept under their nicks as their network folds them', () => {
  const fold = (nick: string) => nick.toLowerCase().replace('[', '{');
  const database = {
    last_check_in: { 'ada[': { nick: 'Ada{', location: 'the bar', in: noon } },
    subscriptions: { 'Ada[': 'nova' },
  };
  expect(imported(database, { fold }).people).toEqual({
    'nick-ada%7B': {
      nick: 'Ada{',
      checkIn: { location: 'the bar', since: '2018-09-10T12:00:00Z' },
      subscription: 'nova',
    },
  });
});

describe('days get their dates', () => {
  const slots = {
    Monday: [{ name: 'MonA1', desc: '09:00-10:45', realtime: '2020-06-01T15:00:00Z' }],
    Wednesday: [{ name: 'WedA1', desc: '9:00 - 10:45' }],
    'Big day': [{ name: 'BigA1', desc: '22:00-01:00' }],
  };
  const dates = (options: ImportOptions) =>
    imported({ slots }, options).days.map(({ date }) => date);

  test('from the start date: by weekday, else one after the other', () => {
    expect(dates({ startDate: '2018-09-10' })).toEqual(['2018-09-10', '2018-09-12', '2018-09-13']);
  });
  test('else from realtime, in the zone of the event', () => {
    expect(dates({})).toEqual(['2020-06-01', undefined, undefined]);
    expect(dates({ timezone: 'Pacific/Auckland' })).toEqual(['2020-06-02', undefined, undefined]);
  });
  test('and slots their times: from desc, else from realtime and duration', () => {
    const [day] = imported(
      {
        slots: {
          Monday: [
            { name: 'A', desc: '09:00-10:45', realtime: '2020-06-01T15:00:00Z', duration: 30 },
            { name: 'B', realtime: '2020-06-01T17:00:00Z', duration: 90 },
            { name: 'C', desc: '9:05 - 23:00' },
          ],
        },
      },
      { timezone: 'America/Denver' },
    ).days;
    expect(day?.slots).toEqual([
      { name: 'A', start: '09:00', end: '10:45' },
      { name: 'B', start: '11:00', end: '12:30' },
      { name: 'C', start: '09:05', end: '23:00' },
    ]);
  });
});

describe('what says when a slot is', () => {
  const slotsOf = (items: readonly object[], timezone: string) => {
    const { event, remarks } = imported({ slots: { Tuesday: items } }, { timezone });
    const [day] = event.days;
    return {
      date: day?.date,
      times: day?.slots.map(({ name, start, end }) => `${name} ${start}-${end}`),
      remarks,
    };
  };

  test('knows by realtime what is after midnight', () => {
    const windows = [
      { name: 'A', desc: '13:00-17:00', realtime: '2020-06-02T13:00:00Z', duration: 240 },
      { name: 'B', desc: '21:00-00:00', realtime: '2020-06-02T21:00:00Z', duration: 180 },
      { name: 'C', desc: '00:00-01:00', realtime: '2020-06-03T00:00:00Z', duration: 60 },
      { name: 'D', realtime: '2020-06-03T01:00:00Z', duration: 60 },
    ];
    expect(slotsOf(windows, 'UTC')).toEqual({
      date: '2020-06-02',
      times: ['A 13:00-17:00', 'B 21:00-00:00', 'C 24:00-25:00', 'D 25:00-26:00'],
      remarks: [],
    });
  });

  test('of a virtual event of five days, around the clock, becomes five columns without a remark', () => {
    const hours = [4, 5, 6, 7, 13, 14, 15, 16, 21, 22, 23, 24];
    const clock = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;
    const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
    const slots = Object.fromEntries(
      names.map((day, index) => [
        day,
        hours.map((hour) => ({
          name: `${day.slice(0, 3)}${hour}`,
          desc: `${clock(hour)}-${clock(hour + 1)}`,
          realtime: new Date(Date.UTC(2020, 5, 1 + index, hour)).toISOString(),
          duration: 60,
        })),
      ]),
    );
    const { days, remarks } = imported({ slots }, { timezone: 'UTC' });
    expect(remarks).toEqual([]);
    expect(days.map(({ date }) => date)).toEqual(names.map((_, index) => `2020-06-0${index + 1}`));
    for (const { slots } of days) {
      expect(slots.map(({ start }) => start)).toEqual(
        hours.map((hour) => `${String(hour).padStart(2, '0')}:00`),
      );
      expect(slots.at(-1)).toMatchObject({ start: '24:00', end: '25:00' });
    }
  });

  test('is realtime where desc tells no times: until the duration is over, the next slot, or an hour', () => {
    const items = [
      { name: 'A', desc: '14 UTC', realtime: '2020-06-02T14:00:00Z', duration: 90 },
      { name: 'B', desc: 'late', realtime: '2020-06-02T16:00:00Z' },
      { name: 'C', realtime: '2020-06-02T16:45:00Z' },
      { name: 'D', desc: '2pm-3pm', realtime: '2020-06-02T14:00:00Z' },
    ];
    expect(slotsOf(items, 'UTC')).toEqual({
      date: '2020-06-02',
      times: ['A 14:00-15:30', 'B 16:00-16:45', 'C 16:45-17:45', 'D 14:00-15:00'],
      remarks: [
        'slots.Tuesday.0: expected times such as "09:00-10:45" in desc, not "14 UTC"; by realtime it became 14:00-15:30',
        'slots.Tuesday.1: expected times such as "09:00-10:45" in desc, not "late"; by realtime it became 16:00-16:45',
        'slots.Tuesday.2: expected times such as "09:00-10:45" in desc, not nothing; by realtime it became 16:45-17:45',
      ],
    });
  });

  test('may show that the time zone was forgotten: the one that fits is proposed, and gives the dates', () => {
    const items = [
      { name: 'A', desc: '09:00-10:00', realtime: '2018-09-11T15:00:00Z', duration: 60 },
      { name: 'B', desc: '18:30-19:00', realtime: '2018-09-12T00:30:00Z', duration: 30 },
    ];
    expect(slotsOf(items, 'UTC')).toEqual({
      date: '2018-09-11',
      times: ['A 09:00-10:00', 'B 18:30-19:00'],
      remarks: [
        expect.stringMatching(
          /^slots: in UTC each realtime is another time than its desc; most likely the time zone of the event is America\/Denver/,
        ),
      ],
    });
  });

  test('is compared one by one: time, length, date', () => {
    const items = [
      { name: 'A', desc: '09:00-10:45', realtime: '2020-06-02T09:00:00Z', duration: 60 },
      { name: 'B', desc: '11:00-12:00', realtime: '2020-06-02T12:00:00Z' },
      { name: 'C', desc: '13:00-14:00', realtime: '2020-06-05T13:00:00Z' },
      { name: 'D', desc: '15:00-16:00', realtime: '2020-06-02T15:00:00Z', duration: '1h' },
    ];
    expect(slotsOf(items, 'UTC')).toEqual({
      date: '2020-06-02',
      times: ['A 09:00-10:45', 'B 11:00-12:00', 'C 13:00-14:00', 'D 15:00-16:00'],
      remarks: [
        'slots.Tuesday.3.duration: expected minutes such as 105, not "1h"; left out',
        'slots.Tuesday.0: the duration is 60 minutes, and desc says "09:00-10:45"; desc was kept',
        'slots.Tuesday.1: realtime is 12:00 in UTC, and desc says "11:00-12:00"; desc was kept',
        'slots.Tuesday.2: realtime is on 2020-06-05, but the day begins on 2020-06-02',
      ],
    });
  });

  test('may contradict the start date', () => {
    const slots = {
      Monday: [{ name: 'A', desc: '09:00-10:00', realtime: '2020-06-02T09:00:00Z' }],
    };
    expect(imported({ slots }, { startDate: '2020-06-01', timezone: 'UTC' }).remarks).toEqual([
      'slots.Monday: is on 2020-06-01, counted from the start date 2020-06-01; realtime says 2020-06-02',
    ]);
  });
});

describe('what cannot be used is reported with its place:', () => {
  test.each<[object, string[]]>([
    [
      { links: { Map: 'javascript:alert(1)' } },
      [
        'links.Map: expected a web address such as https://example.org/, not "javascript:alert(1)"; left out',
      ],
    ],
    [
      { slots: { Monday: [{ name: 'MonA1', desc: 'morning' }] } },
      ['slots.Monday.0: expected times such as "09:00-10:45" in desc, or realtime; left out'],
    ],
    [
      { slots: { Monday: [{ desc: '09:00-10:00' }] } },
      ['slots.Monday.0: expected a slot with a name; left out'],
    ],
    [
      { slots: { Monday: [...monday, ...monday] } },
      ['slots.Monday.1: there is a slot MonA1 already; left out'],
    ],
    [
      { schedule: { ['x'.repeat(101)]: {} } },
      [`schedule.${'x'.repeat(101)}: longer than 100 characters; cut`],
    ],
    [{ slots: 'none' }, ['slots: expected an object, not "none"; left out']],
    [
      { tracks: ['nova', 'Nova', 7] },
      [
        'tracks.1: this track is there already; left out',
        'tracks.2: expected text, not 7; left out',
      ],
    ],
    [
      { tracks: ['a b', 'a-b', 'help', '2019'] },
      [
        'tracks.1: a-b is taken or reserved; became a-b-2',
        'tracks.2: help is taken or reserved; became help-2',
        'tracks.3: expected a name with letters; became track',
      ],
    ],
    [
      { colors: { nova: 'red' } },
      ['colors.nova: expected a track of the list, not "nova"; left out'],
    ],
    [
      { tracks: ['nova'], colors: { nova: 'url(x)' } },
      ['colors.nova: expected a colour such as #27a3dd, not "url(x)"; left out'],
    ],
    [
      { tracks: ['nova'], now: { nova: 'a\u0007b' } },
      ['now.nova: control characters became spaces'],
    ],
    [
      { schedule: { Aspen: { 'Mon A1': 'nova' } } },
      ['schedule.Aspen.Mon A1: expected a slot name of one word such as FriP1; left out'],
    ],
    [
      { motd: [{ level: 'loud', message: 'x' }] },
      ['motd.0: expected the level info, success, warning or danger; became info'],
    ],
    [
      { last_check_in: { ada: { location: '#gone', in: noon }, bob: { location: '#nova' } } },
      [
        'last_check_in.ada.location: expected a track of the list, not "#gone"; kept as text',
        'last_check_in.bob: expected when they came, in "in"; left out',
      ],
    ],
    [
      { last_check_in: { ada: { location: 'bar', in: 'noon', since: 1 } } },
      [
        'last_check_in.ada.since: not known; left out',
        'last_check_in.ada.in: expected a time such as 2018-09-10T09:00:00Z, not "noon"; left out',
        'last_check_in.ada: expected when they came, in "in"; left out',
      ],
    ],
    [
      { last_check_in: { ada: { location: 'bar', in: noon, out: 7 } } },
      [
        'last_check_in.ada.out: expected text, not 7; left out',
        'last_check_in.ada: expected when they left, in "out"; left out',
      ],
    ],
    [
      { last_check_in: { ada: { nick: 'Bob', location: 'bar', in: noon } } },
      ['last_check_in.ada.nick: expected ada in any spelling, not "Bob"; became ada'],
    ],
    [
      { last_check_in: { 'a b': { location: 'bar', in: noon } }, subscriptions: [] },
      [
        'last_check_in.a b: expected a nick of one word such as ada; left out',
        'subscriptions: expected an object, not a list; left out',
      ],
    ],
    [
      { subscriptions: { Ada: '.*', ada: 'x', bob: 'x'.repeat(301), eve: 7 } },
      [
        'subscriptions.ada: this nick is there already; left out',
        `subscriptions.bob: expected a pattern of at most 300 characters, not "${'x'.repeat(56)}…; left out`,
        'subscriptions.eve: expected text, not 7; left out',
      ],
    ],
    [
      {
        slots: {
          Monday: [{ name: 'MonA1', desc: '09:00-10:45', realtime: '+020000-01-01T00:00:00Z' }],
        },
      },
      [
        'slots.Monday.0.realtime: expected a time such as 2018-09-10T09:00:00Z, not "+020000-01-01T00:00:00Z"; left out',
      ],
    ],
    [{ 'x\u001b[2J\u009b': 1 }, ['x [2J: not known; left out']],
    [
      { eventid: 'Denver 2018' },
      ['eventid: expected one word such as denver-ptg; became Denver-2018'],
    ],
    [{ colours: {} }, ['colours: not known; left out']],
  ])('%j', (database, remarks) => {
    expect(imported(database).remarks).toEqual(remarks);
  });

  test.each<[string, object, string]>([
    [
      'lists',
      { tracks: Array.from({ length: 2001 }, (_, index) => `team-${index}`) },
      'tracks: more than 2000 entries; the others are left out',
    ],
    [
      'databases',
      {
        links: {},
        schedule: Object.fromEntries(
          Array.from({ length: 100 }, (_, index) => [
            `Room ${index}`,
            Object.fromEntries(Array.from({ length: 600 }, (_, slot) => [`S${slot}`, ''])),
          ]),
        ),
      },
      'schedule.Room 83: more than 50000 entries in all; the others are left out',
    ],
    [
      'files',
      { tracks: ['nova'], next: { nova: Array.from({ length: 300 }, () => 'x'.repeat(1000)) } },
      'next.nova: more than 256 kB; left out',
    ],
  ])('%s that nobody needs so large', (_what, database, note) => {
    expect(imported(database).remarks[0]).toBe(note);
  });

  test('even of what is no database at all', () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown;
    for (const value of [
      null,
      7,
      'x',
      [],
      [[]],
      { slots: { a: [null, [], 'x'] }, tracks: {}, schedule: { r: 1 } },
      { links: deep, tracks: [deep] },
    ])
      expect(() => importPython(value, {})).not.toThrow();
  });
});
