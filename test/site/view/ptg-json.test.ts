import { describe, expect, test } from 'vitest';
import { importPython } from '../../../schedule-data/import/import-python.ts';
import type { CheckIn } from '../../../schedule-data/schedule/presence.ts';
import { presenceOf } from '../../../schedule-data/people/person.ts';
import { ptgJson, type PtgJson } from '../../../site/view/ptg-json.ts';
import { schedule, type PlainSchedule } from '../../support/build-site.ts';
import { gathering } from '../../support/site-event.ts';

const old = (plain: PlainSchedule, presence: readonly CheckIn[] = []): PtgJson =>
  JSON.parse(JSON.stringify(ptgJson({ schedule: schedule(plain), presence }))) as PtgJson;

const monday = {
  name: 'Monday',
  date: '2018-09-10',
  slots: [{ name: 'MonA1', start: '09:00', end: '10:45' }],
};

describe('ptg.json has the keys of the Python database:', () => {
  test('an empty event has all of them, but no timestamp as nothing was said', () => {
    expect(old({})).toEqual({
      eventid: 'denver-ptg',
      voice: 0,
      links: {},
      motd: [],
      now: {},
      next: {},
      etherpads: {},
      urls: {},
      colors: {},
      location: {},
      last_check_in: {},
      subscriptions: {},
      slots: {},
      tracks: [],
      schedule: {},
    });
  });

  test('voice, links and motd of the event', () => {
    const links = [{ title: 'Venue map', url: 'https://example.org/map' }];
    const announcements = [{ level: 'warning', message: 'Rain' }];
    expect(old({ event: { moderation: 'voiced', links }, announcements })).toMatchObject({
      voice: 1,
      links: { 'Venue map': 'https://example.org/map' },
      motd: announcements,
    });
  });

  test('now, next, urls, colors and the etherpad that counts, of each track', () => {
    const nova = {
      now: { topic: 'cells', since: '2018-09-12T20:05:00Z', by: 'gibi' },
      next: ['a', 'b'],
      url: 'https://example.org/nova',
      color: '#27a3dd',
    };
    const swift = { etherpad: 'https://pad.example.org/swift' };
    expect(old({ tracks: { nova, swift } })).toMatchObject({
      tracks: ['nova', 'swift'],
      now: { nova: 'cells' },
      next: { nova: ['a', 'b'] },
      urls: { nova: 'https://example.org/nova' },
      colors: { nova: '#27a3dd' },
      etherpads: {
        nova: 'https://etherpad.opendev.org/p/denver-ptg-nova',
        swift: 'https://pad.example.org/swift',
      },
    });
  });

  test('location is the one set by hand, else the name of the room', () => {
    const tracks = {
      byhand: { location: 'Lobby', room: 'aspen' },
      booked: { room: 'aspen' },
      gone: { room: 'gone' },
    };
    expect(old({ rooms: { aspen: { name: 'Aspen' } }, tracks }).location).toEqual({
      byhand: 'Lobby',
      booked: 'Aspen',
    });
  });

  test('slots with their times, and with instants where the date is known', () => {
    const late = { name: 'MonP9', start: '23:00', end: '00:30' };
    const days = [
      { ...monday, slots: [...monday.slots, late] },
      { name: 'Some day', slots: [late] },
    ];
    const [known, unknown] = [days[0], { ...days[1], slots: [{ ...late, name: 'X1' }] }];
    expect(old({ event: { days: [known, unknown] } }).slots).toEqual({
      Monday: [
        { name: 'MonA1', desc: '09:00-10:45', realtime: '2018-09-10T15:00:00Z', duration: 105 },
        { name: 'MonP9', desc: '23:00-00:30', realtime: '2018-09-11T05:00:00Z', duration: 90 },
      ],
      'Some day': [{ name: 'X1', desc: '23:00-00:30' }],
    });
  });

  test('rooms with description, address, equipment under its old name, and bookings', () => {
    const aspen = {
      name: 'Aspen',
      description: '10 person table',
      url: 'https://meet.example.org/aspen',
      equipment: [
        { icon: 'video', label: 'Video projection' },
        { icon: 'whiteboard', label: 'Whiteboard' },
      ],
      slots: { mona1: 'volume', MonA2: '', MonP1: 'stranger', desc: 'cinder' },
    };
    const cinder = { formerly: ['volume'] };
    const { schedule } = old({ event: { days: [monday] }, rooms: { aspen }, tracks: { cinder } });
    expect(schedule).toEqual({
      Aspen: {
        desc: '10 person table',
        url: 'https://meet.example.org/aspen',
        cap_icon: 'facetime-video',
        cap_desc: 'Video projection, Whiteboard',
        MonA1: 'cinder',
        MonA2: '',
        MonP1: 'stranger',
      },
    });
  });

  test('days and rooms of the same name, the second with a number', () => {
    const event = { days: [{ name: 'Monday' }, { name: 'Monday' }] };
    const rooms = { a: { name: 'Hall' }, b: { name: 'Hall' }, c: { name: 'Hall' } };
    const { slots, schedule } = old({ event, rooms });
    expect(Object.keys(slots)).toEqual(['Monday', 'Monday (2)']);
    expect(Object.keys(schedule)).toEqual(['Hall', 'Hall (2)', 'Hall (3)']);
  });

  test('who is checked in, by nick in lower case, at a place or with a track', () => {
    const presence = [
      { nick: 'Ada', location: 'the bar', since: '2018-09-12T20:07:08Z' },
      { nick: 'bob', track: 'nova', since: '2018-09-12T20:00:00Z' },
    ];
    expect(old({}, presence)).toMatchObject({
      last_check_in: {
        ada: { nick: 'Ada', location: 'the bar', in: '2018-09-12T20:07:08Z', out: null },
        bob: { nick: 'bob', location: '#nova', in: '2018-09-12T20:00:00Z', out: null },
      },
      subscriptions: {},
    });
  });

  test('a timestamp, the newest moment that the data knows', () => {
    const tracks = {
      a: { now: { topic: 'x', since: '2018-09-12T20:05:00Z' } },
      b: { now: { topic: 'x', since: '2018-09-11T20:05:00Z' } },
      c: { now: { topic: 'x' } },
    };
    expect(old({ tracks }).timestamp).toBe('2018-09-12 20:05:00');
    const presence = [{ nick: 'ada', location: 'bar', since: '2018-09-13T01:02:03Z' }];
    expect(old({ tracks }, presence).timestamp).toBe('2018-09-13 01:02:03');
  });
});

describe('ptg.json, imported again,', () => {
  test('knows who is checked in where', () => {
    const presence = [
      { nick: 'bob', track: 'nova', since: '2018-09-12T20:00:00Z' },
      { nick: 'Ada', location: 'the bar', since: '2018-09-12T20:07:08Z' },
    ];
    const { people, remarks } = importPython(old({ tracks: { nova: {} } }, presence), {});
    expect(remarks).toEqual([]);
    expect(presenceOf(people)).toEqual(presence);
  });

  test('is the same schedule, as far as the old format can say it', () => {
    const plain = gathering();
    const before = schedule(plain);
    const options = { timezone: before.event.timezone, name: before.event.name };
    const { schedule: after, remarks } = importPython(old(plain), options);
    expect(remarks).toEqual([]);

    const { event, rooms, announcements } = before;
    expect(after.event).toEqual(event);
    expect(after.announcements).toEqual(announcements);
    // It knows the camera by one name only, no former names, and neither when something was said nor
    // by whom.
    const camera = (icon: string) => (icon === 'facetime-video' ? 'video' : icon);
    expect([...after.rooms]).toEqual(
      [...rooms].map(([slug, room]) => [
        slug,
        { ...room, equipment: room.equipment.map((e) => ({ ...e, icon: camera(e.icon) })) },
      ]),
    );
    expect([...after.tracks]).toEqual(
      [...before.tracks].map(([slug, track]) => {
        const { room, location, ...rest } = track;
        return [
          slug,
          {
            ...rest,
            formerly: [],
            ...(location === undefined ? room !== undefined && { room } : { location }),
            ...(track.now && { now: { topic: track.now.topic } }),
          },
        ];
      }),
    );
  });

  test('is what a database of the Python ptgbot said', () => {
    const names = ['MonA1', 'MonA2', 'MonP1', 'TueA1', 'TueA2'];
    const database = {
      eventid: 'DEN-ptg',
      voice: 0,
      links: { 'venue map': 'https://example.org/map.pdf' },
      motd: [{ level: 'info', message: 'Lunch' }],
      now: { nova: 'cells' },
      next: { swift: ['cold storage'] },
      etherpads: { swift: 'https://pad.example.org/swift' },
      urls: {},
      colors: { nova: '#27a3dd' },
      location: { nova: 'Aspen', swift: 'the bar' },
      last_check_in: {},
      subscriptions: {},
      slots: {
        Monday: names.slice(0, 3).map((name, hour) => ({
          name,
          desc: `${hour + 10}:00-${hour + 10}:45`,
          realtime: `2018-09-10T${hour + 16}:00:00Z`,
          duration: 45,
        })),
        Tuesday: names.slice(3).map((name, hour) => ({ name, desc: `1${hour}:00-1${hour}:30` })),
      },
      tracks: ['nova', 'ops-meetup', 'swift'],
      schedule: {
        Aspen: {
          cap_icon: 'facetime-video',
          cap_desc: 'Videoprojection available',
          desc: 'Fits a team of 10',
          ...Object.fromEntries(names.map((name) => [name, 'ops-meetup'])),
        },
        'Breakfast Room (Right-side) - Croke Park Hotel - 2': { MonA1: '', TueA2: 'nova' },
      },
    };
    const { schedule, remarks } = importPython(database, { timezone: 'America/Denver' });
    expect(remarks).toEqual([]);
    const generated = (track: string) => `https://etherpad.opendev.org/p/DEN-ptg-${track}`;
    expect(JSON.parse(JSON.stringify(ptgJson({ schedule, presence: [] })))).toEqual({
      ...database,
      etherpads: {
        nova: generated('nova'),
        'ops-meetup': generated('ops-meetup'),
        swift: 'https://pad.example.org/swift',
      },
    });
  });
});
