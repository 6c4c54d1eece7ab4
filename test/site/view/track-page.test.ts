import { describe, expect, test } from 'vitest';
import type { TopicLogEntry, TopicLogs } from '../../../schedule-data/history/topic-log.ts';
import type { CheckIn } from '../../../schedule-data/schedule/presence.ts';
import { trackPage, trackPaths } from '../../../site/view/track-page.ts';
import { snapshot, type PlainSchedule } from '../../support/build-site.ts';

const days = [
  {
    name: 'Monday',
    date: '2018-09-10',
    slots: [
      { name: 'MonA1', start: '09:00', end: '10:45' },
      { name: 'MonP1', start: '13:30', end: '15:15' },
    ],
  },
  { name: 'Tuesday', slots: [{ name: 'TueA1', start: '09:00', end: '10:45' }] },
];
const rooms = {
  aspen: { name: 'Aspen', order: '1', slots: { MonA1: 'nova', MonP1: '', TueA1: 'cinder' } },
  vail: {
    name: 'Vail',
    order: '2',
    url: 'https://meet.example.org/vail',
    slots: { MonP1: 'compute', TueA1: 'nova' },
  },
};

function view(
  plain: PlainSchedule,
  more: { presence?: CheckIn[]; history?: TopicLogs } = {},
  track = 'nova',
) {
  const content = snapshot({ event: { days }, ...plain }, [], more.presence, more.history);
  const page = trackPage({ ...content, tracksCss: 'assets/tracks.css' }, { track });
  if (page.kind !== 'track') throw new Error('expected the page of a track');
  return page;
}

describe('the page of a track', () => {
  const now = { topic: 'cells with #cinder', since: '2018-09-10T16:05:00Z', by: 'gibi' };

  test('says what it discusses, since when and by whom, what comes next, and where', () => {
    const tracks = { nova: { now, next: ['quotas', '#cinder'], room: 'vail' }, cinder: {} };
    expect(view({ rooms, tracks })).toMatchObject({
      badge: { label: 'nova', className: 'track-nova' },
      now: {
        topic: [
          { text: 'cells with ' },
          { text: '#cinder', className: 'track-cinder', url: '/tracks/cinder/' },
        ],
        since: { iso: '2018-09-10T16:05:00Z', label: 'Mon 10:05 MDT' },
        by: 'gibi',
      },
      next: [[{ text: 'quotas' }], [{ text: '#cinder', url: '/tracks/cinder/' }]],
      place: {
        name: [{ text: 'Vail', url: '/rooms/vail/' }],
        join: 'https://meet.example.org/vail',
      },
    });
  });

  test('says where it is also while nothing is announced', () => {
    expect(view({ rooms, tracks: { nova: { location: 'in the bar' } } })).toMatchObject({
      now: undefined,
      next: [],
      place: { name: [{ text: 'in the bar' }] },
    });
  });

  test('has its etherpad, the address that it set, and its names', () => {
    const nova = { name: 'Nova', url: 'https://wiki.example.org/nova', formerly: ['compute'] };
    expect(view({ tracks: { nova } })).toMatchObject({
      badge: { label: 'Nova', slug: 'nova' },
      slug: 'nova',
      path: '/tracks/nova/',
      formerly: ['compute'],
      etherpad: 'https://etherpad.opendev.org/p/denver-ptg-nova',
      url: 'https://wiki.example.org/nova',
    });
  });

  test('names who is checked in with it, and nobody else', () => {
    const since = '2018-09-10T16:00:00Z';
    const presence = [
      { nick: 'Ada', track: 'nova', since },
      { nick: 'bob', track: 'cinder', since },
      { nick: 'eve', location: 'nova', since },
      { nick: 'gibi', track: 'nova', since },
    ];
    expect(view({ tracks: { nova: {} } }, { presence }).here.map(({ nick }) => nick)).toEqual([
      'Ada',
      'gibi',
    ]);
  });

  test('lists its bookings by day and time, those under its former names too', () => {
    const tracks = { nova: { formerly: ['compute'] } };
    expect(view({ rooms, tracks }).days).toEqual([
      {
        name: 'Monday',
        date: { iso: '2018-09-10', label: '10 September 2018' },
        zone: 'MDT',
        bookings: [
          {
            slot: 'MonA1',
            start: '09:00',
            end: '10:45',
            times: { start: '2018-09-10T15:00:00Z', end: '2018-09-10T16:45:00Z' },
            room: { name: 'Aspen', path: '/rooms/aspen/' },
            join: undefined,
          },
          {
            slot: 'MonP1',
            start: '13:30',
            end: '15:15',
            times: { start: '2018-09-10T19:30:00Z', end: '2018-09-10T21:15:00Z' },
            room: { name: 'Vail', path: '/rooms/vail/' },
            join: 'https://meet.example.org/vail',
          },
        ],
      },
      {
        name: 'Tuesday',
        date: undefined,
        zone: 'America/Denver',
        bookings: [
          {
            slot: 'TueA1',
            start: '09:00',
            end: '10:45',
            times: undefined,
            room: { name: 'Vail', path: '/rooms/vail/' },
            join: 'https://meet.example.org/vail',
          },
        ],
      },
    ]);
    expect(view({ rooms, tracks: { ...tracks, swift: {} } }, {}, 'swift').days).toEqual([]);
  });
});

describe('the log on the page of a track', () => {
  const entry = (
    topic: string,
    since: string,
    until?: string,
    more: Partial<TopicLogEntry> = {},
  ) => ({
    topic,
    since: `2018-09-${since}:00Z`,
    ...(until !== undefined && { until: `2018-09-${until}:00Z` }),
    commit: 'c',
    ...more,
  });
  const log = (entries: readonly TopicLogEntry[], plain: PlainSchedule = {}) =>
    view({ tracks: { nova: {}, cinder: {} }, ...plain }, { history: new Map([['nova', entries]]) })
      .log;
  /** `Tuesday: 10:30–11:00 cells` */
  const lines = (entries: readonly TopicLogEntry[], plain?: PlainSchedule) =>
    log(entries, plain).flatMap(({ name, entries }) =>
      entries.map(({ topic, since, until, place }) =>
        [
          `${name}: ${since.label}–${until?.label ?? ''}`,
          ...topic.map(({ text }) => text),
          ...(place ?? []).map(({ text }) => `(${text})`),
        ].join(' '),
      ),
    );

  test('goes day by day in the zone of the event, from the newest to the oldest', () => {
    expect(
      lines([
        entry('cells', '10T16:00', '10T17:00'),
        // Tuesday in Greenwich is Monday in Denver.
        entry('dinner', '11T01:00', '11T05:59'),
        entry('placement', '11T15:00', '11T16:00'),
        entry('lunch', '11T18:00'),
      ]),
    ).toEqual([
      'Tuesday: 12:00– lunch',
      'Tuesday: 09:00–10:00 placement',
      'Monday: 19:00–23:59 dinner',
      'Monday: 10:00–11:00 cells',
    ]);
    expect(log([entry('cells', '10T16:00')])[0]).toMatchObject({
      name: 'Monday',
      date: { iso: '2018-09-10', label: '10 September 2018' },
      zone: 'MDT',
    });
  });

  test('names the day of an end that is on another one', () => {
    expect(lines([entry('all night', '11T04:00', '11T08:00')])).toEqual([
      'Monday: 22:00–Tue 02:00 MDT all night',
    ]);
  });

  test('says where: in the words of somebody, by the name of the room, or by its slug if it is gone', () => {
    const at = (more: Partial<TopicLogEntry>) =>
      lines([entry('cells', '10T16:00', undefined, more)], { rooms });
    expect(at({ location: 'in the bar' })).toEqual(['Monday: 10:00– cells (in the bar)']);
    expect(at({ room: 'vail' })).toEqual(['Monday: 10:00– cells (Vail)']);
    expect(at({ room: 'gone' })).toEqual(['Monday: 10:00– cells (gone)']);
  });

  test('follows what becomes of rooms, tracks and the zone, though the log itself is the same', () => {
    const entries = [entry('#swift', '10T16:00', undefined, { room: 'vail' })];
    const read = (plain: PlainSchedule) => {
      const [day] = log(entries, plain);
      return [day?.zone, day?.entries[0]?.topic[0]?.url, day?.entries[0]?.place?.[0]?.text];
    };
    expect(read({ rooms })).toEqual(['MDT', undefined, 'Vail']);
    expect(read({ rooms, tracks: { nova: {}, swift: {} } })).toEqual([
      'MDT',
      '/tracks/swift/',
      'Vail',
    ]);
    expect(read({ rooms: { vail: { name: 'Vail Hall' } } })).toEqual([
      'MDT',
      undefined,
      'Vail Hall',
    ]);
    expect(read({ event: { timezone: 'Europe/Paris' } })).toEqual(['CEST', undefined, 'vail']);
  });

  test('gives each topic an anchor of its own', () => {
    const [day] = log([entry('a', '10T16:00'), entry('b', '10T16:00'), entry('c', '10T17:00')]);
    expect(day?.entries.map(({ id }) => id)).toEqual([
      '20180910T170000Z',
      '20180910T160000Z',
      undefined,
    ]);
  });
});

describe('the addresses of tracks', () => {
  test('are one for each track and for each name that a track had before', () => {
    const tracks = { nova: { formerly: ['compute', 'cinder'] }, cinder: {}, 'c++': {} };
    expect(trackPaths(snapshot({ tracks })).map(({ track }) => track)).toEqual([
      'c++',
      'cinder',
      'nova',
      'compute',
    ]);
  });

  test('lead from a former name to the one that counts', () => {
    const content = { ...snapshot({ tracks: { 'c++': { formerly: ['c'] } } }), tracksCss: '' };
    expect(trackPage(content, { track: 'c' })).toEqual({
      kind: 'former',
      name: 'c',
      label: 'c++',
      path: '/tracks/c%2B%2B/',
    });
  });
});
