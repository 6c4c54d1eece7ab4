/** A database that holds some keys replaces what they say in a schedule, and nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newText, readFile, toPlain } from '../../../schedule-data/format/data-files.ts';
import type { FileKind, FileValue } from '../../../schedule-data/format/file-schemas.ts';
import { importPython } from '../../../schedule-data/import/import-python.ts';
import type { People } from '../../../schedule-data/people/person.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { withRenamedTrack } from '../../../schedule-data/schedule/tracks.ts';
import { smallSchedule, value } from '../../support/schedule.ts';

const base: Schedule = {
  ...smallSchedule({
    nova: `
name: Nova
color: "#27a3dd"
etherpad: https://pad.example.org/nova
room: aspen
now: { topic: cells, since: "2018-09-10T15:04:05Z", by: gibi }
next: [ lunch ]
`,
    cinder: 'url: https://meet.example.org/cinder\nlocation: the bar',
    swift: 'now: { topic: rings }\ncolor: "#ff0000"',
    k8s: 'formerly: [ k8s-sig ]',
  }),
  announcements: [{ level: 'info', message: 'Lunch' }],
};

const fetched = (database: object, from = base) => importPython(database, {}, from);

/** The base with some of its tracks changed; undefined takes one out. */
function withTracks(changes: Record<string, object | undefined>): Schedule {
  const tracks = new Map(base.tracks);
  for (const [slug, change] of Object.entries(changes)) {
    const track = tracks.get(slug) ?? value('track', '{}');
    if (change) tracks.set(slug, { ...track, ...change });
    else tracks.delete(slug);
  }
  return { ...base, tracks };
}

const withEvent = (change: Partial<Schedule['event']>): Schedule => ({
  ...base,
  event: { ...base.event, ...change },
});

describe('a database that holds only', () => {
  test.each<[object, Schedule, string[]?]>([
    [{}, base],
    [{ timestamp: '2018-09-10 09:00:00', now: null, tracks: null, voice: null }, base],
    [{ now: [], tracks: {} }, base, ['tracks: expected', 'now: expected']],
    [{ now: {} }, withTracks({ nova: { now: undefined }, swift: { now: undefined } })],
    [{ now: { Nova: 'cells' } }, withTracks({ swift: { now: undefined } })],
    [
      { now: { nova: 'other', 'k8s-sig': 'pods' } },
      withTracks({
        nova: { now: { topic: 'other' } },
        swift: { now: undefined },
        k8s: { now: { topic: 'pods' } },
      }),
    ],
    [
      { next: { swift: ['rings', 'at 2pm more'] } },
      withTracks({ nova: { next: [] }, swift: { next: ['rings', 'at 2pm more'] } }),
    ],
    [
      { colors: { swift: '#00ff00', gone: '#123456' } },
      withTracks({ nova: { color: undefined }, swift: { color: '#00ff00' } }),
      ['colors.gone: expected a track of the list, not "gone"; left out'],
    ],
    [
      { colors: { swift: 'no colour' } },
      withTracks({ nova: { color: undefined }, swift: { color: undefined } }),
      ['colors.swift: expected a colour'],
    ],
    [
      { urls: { nova: 'https://meet.example.org/nova' } },
      withTracks({ nova: { url: 'https://meet.example.org/nova' }, cinder: { url: undefined } }),
    ],
    [
      { etherpads: { swift: 'https://pad.example.org/swift' } },
      withTracks({
        // What the Python ptgbot makes of the name.
        nova: { etherpad: 'https://etherpad.opendev.org/p/DEN-ptg-Nova' },
        swift: { etherpad: 'https://pad.example.org/swift' },
      }),
    ],
    [
      { location: { cinder: 'Aspen', swift: 'the garden' } },
      withTracks({
        nova: { room: undefined },
        cinder: { location: undefined, room: 'aspen' },
        swift: { location: 'the garden' },
      }),
    ],
    [{ voice: 1 }, withEvent({ moderation: 'voiced' })],
    [
      { links: { Map: 'https://example.org/map' } },
      withEvent({ links: [{ title: 'Map', url: 'https://example.org/map' }] }),
    ],
    [{ eventid: 'BER-ptg' }, withEvent({ id: 'BER-ptg' })],
    [{ motd: [] }, { ...base, announcements: [] }],
    [{ motd: { level: '', message: '' } }, { ...base, announcements: [] }],
    [
      { motd: [{ level: 'danger', message: 'Fire' }] },
      { ...base, announcements: [{ level: 'danger', message: 'Fire' }] },
    ],
    [
      { slots: { Monday: [{ name: 'MonA1', desc: '08:00-09:00' }], Friday: [] } },
      withEvent({
        days: [
          {
            name: 'Monday',
            date: '2018-09-10',
            slots: [{ name: 'MonA1', start: '08:00', end: '09:00' }],
          },
          { name: 'Friday', slots: [] },
        ],
      }),
    ],
    [
      { tracks: ['Nova', 'cinder', 'ironic', 'k8s-sig'] },
      withTracks({ swift: undefined, ironic: {} }),
    ],
    [
      { tracks: ['ironic', 'k8s'] },
      withTracks({ swift: undefined, ironic: {} }),
      ['tracks: nova has slots booked; it stays', 'tracks: cinder has slots booked; it stays'],
    ],
    [
      { schedule: { ASPEN: { MonA1: 'swift', TueA1: '' } } },
      {
        ...base,
        rooms: new Map([
          ['aspen', value('room', 'name: ASPEN\norder: 1\nslots: { MonA1: swift, TueA1: }')],
        ]),
      },
    ],
    [
      { schedule: { Birch: { MonA1: 'ironic' } } },
      {
        ...withTracks({ nova: { room: undefined }, ironic: {} }),
        rooms: new Map([
          ['birch', value('room', 'name: Birch\norder: 1\nslots: { MonA1: ironic }')],
        ]),
      },
    ],
  ])('%j', (database, wanted, notes = []) => {
    const { schedule, remarks: said } = fetched(database);
    // Order in the maps aside.
    expect(schedule).toEqual(wanted);
    expect(said.map(({ path, message }) => `${path}: ${message}`)).toEqual(
      notes.map((note) => expect.stringContaining(note) as string),
    );
  });
});

test('slots of another event have no dates of this one', () => {
  const slots = { Monday: [{ name: 'MonA1', desc: '08:00-09:00' }] };
  expect(fetched({ eventid: 'BER-ptg', slots }).schedule.event.days[0]?.date).toBeUndefined();
});

describe('etherpads', () => {
  const pad = (from: Schedule, slug: string) => from.tracks.get(slug)?.etherpad;
  const old = importPython({ eventid: 'DEN', tracks: ['Release Team', 'k8s'] }, {}).schedule;

  test('that the event makes of the name change with its id', () => {
    expect(pad(fetched({ eventid: 'BER' }, old).schedule, 'release-team')).toBe(
      'https://etherpad.opendev.org/p/BER-Release%20Team',
    );
  });
  test('of a renamed track stay where they are, listed or not', () => {
    const renamed = withRenamedTrack(old, 'k8s', 'containers');
    for (const database of [{}, { etherpads: {} }, { tracks: ['k8s', 'Release Team'] }])
      expect(fetched(database, renamed).schedule).toEqual(renamed);
  });
});

test('a whole database that is imported once more changes nothing', () => {
  const database = {
    eventid: 'DEN',
    voice: 1,
    tracks: ['a b', 'a-b', 'A/B', 'help', '2019', 'nova'],
    slots: { Monday: [{ name: 'MonA1', realtime: '2018-09-10T09:00:00Z', duration: 60 }] },
    schedule: { 'R 1': { MonA1: 'a-b' }, 'r-1': { MonA1: 'A/B', url: 'https://example.org' } },
    colors: { 'a-b': '#27a3dd', '2019': '#ff0000' },
    location: { 'A/B': 'r-1', nova: 'the bar' },
    etherpads: { nova: 'https://pad.example.org/' },
    now: { 'A/B': 'x' },
    next: { help: ['y'] },
    motd: [{ level: 'info', message: 'Lunch' }],
    last_check_in: { ada: { location: '#A/B', in: '2018-09-10 09:00:00' } },
    subscriptions: { ada: 'nova' },
  };
  const first = importPython(database, {});
  const second = importPython(database, {}, first.schedule, first.people);
  expect(second.schedule).toEqual(first.schedule);
  expect(second.people).toEqual(first.people);
});

describe('of people, a database replaces', () => {
  const people: People = new Map([
    [
      'account-ada',
      {
        nick: 'ada',
        account: 'ada',
        checkIn: { track: 'nova', since: '2018-09-10T15:00:00Z' },
        checkOut: '2018-09-10T16:00:00Z',
        subscription: 'cells',
      },
    ],
    ['nick-bob', { nick: 'Bob', checkIn: { location: 'bar', since: '2018-09-10T15:00:00Z' } }],
  ]);
  const replaced = (database: object) =>
    Object.fromEntries(importPython(database, {}, base, people).people);

  test('nothing when it holds neither', () => {
    expect(replaced({ tracks: [] })).toEqual(Object.fromEntries(people));
  });
  test('check-ins when it holds them', () => {
    expect(replaced({ last_check_in: {} })).toEqual({
      'account-ada': { nick: 'ada', account: 'ada', subscription: 'cells' },
    });
  });
  test('subscriptions when it holds them', () => {
    expect(replaced({ subscriptions: { bob: 'x' } })).toEqual({
      'account-ada': { ...people.get('account-ada'), subscription: undefined },
      'nick-bob': { ...people.get('nick-bob'), subscription: 'x' },
    });
  });
});

describe('whatever a database holds', () => {
  const name = fc.oneof(
    fc.constantFrom('nova', 'Nova', 'k8s-sig', 'a b', 'Aspen', 'MonA1', 'name', 'desc', 'ada'),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
  const scalar = fc.oneof(
    name,
    fc.constantFrom(
      'https://example.org/',
      '#27a3dd',
      '09:00-10:45',
      '2018-09-10 09:00:00',
      '#nova',
    ),
    fc.constantFrom(null, true, 1, -1e300),
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(name, tie('json'), { maxKeys: 4 }),
      fc.record(
        {
          name,
          desc: scalar,
          realtime: scalar,
          nick: name,
          location: scalar,
          in: scalar,
          message: name,
        },
        { requiredKeys: [] },
      ),
    ),
  }));
  const keys =
    'colors etherpads eventid last_check_in links location motd next now schedule slots subscriptions tracks urls voice';
  const database = fc.record(Object.fromEntries(keys.split(' ').map((key) => [key, json])), {
    requiredKeys: [],
  });

  test.each([undefined, base])('every file of the schedule is one that can be read', (from) => {
    const isReadAsWritten = (kind: FileKind, file: FileValue) => {
      const read = readFile(kind, newText(file));
      expect(read).toMatchObject({ ok: true });
      expect(toPlain((read as { value: FileValue }).value)).toEqual(toPlain(file));
    };
    fc.assert(
      fc.property(database, (some) => {
        const { schedule } = importPython(some, {}, from);
        isReadAsWritten('event', schedule.event);
        isReadAsWritten('announcements', schedule.announcements);
        for (const room of schedule.rooms.values()) isReadAsWritten('room', room);
        for (const track of schedule.tracks.values()) isReadAsWritten('track', track);
      }),
      { numRuns: 300 },
    );
  });
});
