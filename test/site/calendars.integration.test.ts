/** The schedule as calendars, apps and programs of others read it, with parsers that are not ours. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { importPython } from '../../schedule-data/import/import-python.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { slotTimes } from '../../schedule-data/schedule/slot-times.ts';
import { offeredSlots } from '../../schedule-data/schedule/slots.ts';
import { emptyCalendar, withSchedule } from '../../schedule-data/history/calendar-log.ts';
import { contentAt, type SiteContent } from '../../site/content/site-content.ts';
import { loadRenderer, type Renderer } from '../../site/render/load.ts';
import { SitePlanner } from '../../site/render/plan.ts';
import { database } from '../../bench/database.ts';
import { renderSite, schedule as scheduleOf, snapshot } from '../support/build-site.ts';
import { khalLines, readCalendar, readSchedule, type ReadEvent } from '../support/read-calendar.ts';
import { Clone, smallRepository } from '../support/repository.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await loadRenderer(inject('renderer'));
});

const site = 'https://ptg.example.org/den';

async function filesOf(content: SiteContent): Promise<ReadonlyMap<string, string>> {
  const { files, problems } = await renderSite(renderer, content, { site });
  expect(problems).toEqual([]);
  return new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]));
}

/** One that holds a schedule, and nothing else. */
const contentOf = (schedule: Schedule): SiteContent => ({
  ...snapshot({}),
  schedule,
  calendar: withSchedule(emptyCalendar, schedule, '2018-09-01T12:00:00Z').entries,
});

/** What ical.js reads, which is strict. */
function readByIcal(text: string) {
  const instant = (time: ICAL.Time) => time.toJSDate().toISOString().replace('.000', '');
  return new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((component) => {
      const { uid, startDate, endDate, summary, location, sequence } = new ICAL.Event(component);
      return { uid, sequence, start: instant(startDate), end: instant(endDate), summary, location };
    });
}

/** What Debian's python3-icalendar reads; ical.js must read the same. */
function read(text: string): readonly ReadEvent[] {
  const { events } = readCalendar(text);
  const byIcal = readByIcal(text);
  expect(events).toMatchObject(byIcal);
  expect(byIcal).toHaveLength(events.length);
  return events;
}

describe('a calendar that somebody subscribed to follows', async () => {
  const gitdir = await smallRepository();
  const clone = new Clone(gitdir);
  const edit = (path: string, text: string) =>
    clone.push(path, text, `edit ${path}`, '2018-09-09T10:00:00Z');
  const event = (slots: string) =>
    `id: DEN-ptg\nname: Denver Gathering\ntimezone: America/Denver\ndays:\n  - { name: Monday, date: "2018-09-10", slots: [${slots}] }\n`;
  const now = async () => {
    const files = await filesOf(await contentAt(gitdir, 'main'));
    return { files, events: read(files.get('ptg.ics')!) };
  };
  const nova = { uid: 'DEN-ptg/nova/MonA1@ptgbot.invalid', summary: 'nova' };

  test('a booking: when, where, and what to do there', async () => {
    const { files, events } = await now();
    expect(events).toEqual([
      {
        ...nova,
        sequence: 0,
        start: '2018-09-10T15:00:00Z',
        end: '2018-09-10T16:45:00Z',
        stamp: '2018-09-10T15:04:05Z',
        modified: '2018-09-10T15:04:05Z',
        status: 'CONFIRMED',
        location: 'Aspen',
        description: 'Etherpad: https://etherpad.opendev.org/p/DEN-ptg-nova',
        conference: null,
      },
    ]);
    for (const name of ['nova.ics', 'rooms/aspen.ics'])
      expect(read(files.get(name)!)).toEqual(events);
    expect(read(files.get('cinder.ics')!)).toEqual([]);
    expect(readCalendar(files.get('nova.ics')!).head).toMatchObject({
      NAME: 'nova · Denver Gathering',
      'X-WR-TIMEZONE': 'America/Denver',
      SOURCE: `${site}/nova.ics`,
      URL: `${site}/tracks/nova/`,
    });
    expect(files.get('nova.ics')).not.toContain('METHOD');
  });

  test('a move to another room, with where to join there', async () => {
    edit('rooms/aspen.yaml', 'name: Aspen\nslots: { MonA1: , MonP1: }\n');
    edit(
      'rooms/vail.yaml',
      'name: Vail\nurl: https://meet.example.org/vail\nslots: { MonA1: nova }\n',
    );
    const { events } = await now();
    expect(events).toMatchObject([
      {
        ...nova,
        // Both commits count: it was taken away, and came back.
        sequence: 2,
        location: 'Vail',
        status: 'CONFIRMED',
        modified: '2018-09-09T10:00:00Z',
        conference: 'https://meet.example.org/vail',
        description: expect.stringContaining('\nJoin: https://meet.example.org/vail') as string,
      },
    ]);
  });

  test('a move to another time', async () => {
    edit('event.yaml', event('{ name: MonA1, start: "10:00", end: "11:00" }'));
    const { events } = await now();
    expect(events).toMatchObject([{ ...nova, sequence: 3, start: '2018-09-10T16:00:00Z' }]);
  });

  test('a cancellation, and that it is on again', async () => {
    const vail = (slots: string) => `name: Vail\nslots: { ${slots} }\n`;
    edit('rooms/vail.yaml', vail('MonA1: '));
    const cancelled = await now();
    expect(cancelled.events).toMatchObject([{ ...nova, sequence: 4, status: 'CANCELLED' }]);
    expect(khalLines(cancelled.files.get('ptg.ics')!)).toEqual([
      '2018-09-10 16:00|nova|Vail|CANCELLED',
    ]);
    // Apps show what takes place.
    expect(cancelled.files.get('schedule.xml')).not.toContain('nova</title>');
    edit('rooms/vail.yaml', vail('MonA1: nova'));
    expect((await now()).events).toMatchObject([{ ...nova, sequence: 5, status: 'CONFIRMED' }]);
  });

  test('another name of the track, under the old address too', async () => {
    const { folder } = clone;
    renameSync(join(folder, 'tracks/nova.yaml'), join(folder, 'tracks/compute.yaml'));
    writeFileSync(join(folder, 'tracks/compute.yaml'), 'name: Compute\nformerly: [nova]\n');
    edit('rooms/vail.yaml', 'name: Vail\nslots: { MonA1: compute }\n');
    const { files, events } = await now();
    expect(events).toMatchObject([{ uid: nova.uid, summary: 'Compute', status: 'CONFIRMED' }]);
    expect(files.get('nova.ics')).toBe(files.get('compute.ics'));
  });

  test('what is discussed meanwhile, and what comes next', async () => {
    const since = '2018-09-10T16:05:00Z';
    edit(
      'tracks/compute.yaml',
      `formerly: [nova]\nnow: { topic: "cells, v2; \\\\o/", since: "${since}" }\nnext: ["quotas"]\n`,
    );
    const { events } = await now();
    expect(events).toMatchObject([{ modified: since }]);
    expect(events[0]!.description).toBe(
      '10:05 MDT: cells, v2; \\o/\nNext: quotas\nEtherpad: https://etherpad.opendev.org/p/DEN-ptg-compute',
    );
  });
});

describe('a real event', () => {
  test.each([
    ['America/Denver', '2018-09-10', '2018-09-10T15:00:00Z'],
    ['Europe/Dublin', '2018-09-10', '2018-09-10T08:00:00Z'],
    ['Asia/Kolkata', '2018-09-10', '2018-09-10T03:30:00Z'],
  ])('in %s has each booked minute at its instant', async (timezone, startDate, first) => {
    const { schedule } = importPython(database(undefined), { timezone, startDate });
    const files = await filesOf(contentOf(schedule));
    const events = read(files.get('ptg.ics')!);
    const minutes = (start: string, end: string) => (Date.parse(end) - Date.parse(start)) / 60_000;
    const booked = offeredSlots(schedule).flatMap(({ day, slot, track, room }) => {
      const times = slotTimes(day, slot, timezone)!;
      return track === null ? [] : [{ ...times, track, room: schedule.rooms.get(room)!.name }];
    });
    const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
    expect(sum(events.map(({ start, end }) => minutes(start, end)))).toBe(
      sum(booked.map(({ start, end }) => minutes(start, end))),
    );
    for (const { start, end, track, room } of booked)
      expect(
        events.filter(
          (one) =>
            one.summary === track && one.location === room && one.start <= start && end <= one.end,
        ),
      ).toHaveLength(1);
    expect(events.map(({ start }) => start).sort()[0]).toBe(first);
    expect(khalLines(files.get('ptg.ics')!)).toHaveLength(events.length);
    expectValidForApps(files, schedule);
  });
});

/** What apps for conferences want of a schedule.xml, and that schedule.json says the same. */
function expectValidForApps(files: ReadonlyMap<string, string>, { event }: Schedule): void {
  const xml = files.get('schedule.xml')!;
  const { conference, days } = readSchedule(xml);
  expect(conference).toMatchObject({ title: event.name, time_zone_name: event.timezone });
  expect(conference['acronym']).toMatch(/^[a-z0-9_]{4,}$/);
  expect(days.map(({ index }) => index)).toEqual(days.map((_, index) => String(index + 1)));
  const events = days.flatMap(({ rooms }) => rooms.flatMap((room) => room.events));
  for (const key of ['id', 'guid', 'slug'] as const)
    expect(new Set(events.map((one) => one[key])).size, key).toBe(events.length);
  for (const { rooms, start, end } of days) {
    expect(Date.parse(start)).toBeLessThan(Date.parse(end));
    expect(new Set(rooms.map(({ name }) => name)).size).toBe(rooms.length);
    for (const room of rooms) {
      let last = 0;
      for (const one of room.events) {
        const begins = Date.parse(one['date']!);
        expect(one['room']).toBe(room.name);
        expect(Number(one['id'])).toBeGreaterThan(0);
        expect(Number(one['id'])).toBeLessThan(2 ** 31);
        expect(one['guid']).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
        );
        expect(one['duration']).toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
        expect(one['date']).toContain(`T${one['start']}`);
        expect(one['slug']).toMatch(/^[a-z0-9_]{4,}-[a-z0-9_-]{4,}$/);
        expect(begins).toBeGreaterThanOrEqual(last);
        const [hours = 0, minutes = 0] = one['duration']!.split(':').map(Number);
        last = begins + (hours * 60 + minutes) * 60_000;
        expect(begins).toBeGreaterThanOrEqual(Date.parse(start));
        expect(last).toBeLessThanOrEqual(Date.parse(end));
      }
    }
  }
  const json = JSON.parse(files.get('schedule.json')!) as {
    schedule: { conference: { days: { rooms: Record<string, { guid: string }[]> }[] } };
  };
  expect(
    json.schedule.conference.days.flatMap(({ rooms }) =>
      Object.values(rooms).flatMap((some) => some.map(({ guid }) => guid)),
    ),
  ).toEqual(events.map((one) => one['guid']));
}

describe('whatever is in the data', () => {
  const names = fc.constantFrom('nova', 'quality-assurance', '日本語', 'a.b_c', 'x');
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((line) => line.replace(/[\p{Cc}\u2028\u2029]/gu, ' '))
    .filter((line) => line.trim() !== '');
  const zones = fc.constantFrom(
    'America/Denver',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Europe/Dublin',
    'Etc/UTC',
    'Pacific/Apia',
  );
  /** Days at which clocks change somewhere, and the last of a year. */
  const dates = fc.constantFrom('2018-11-04', '2018-03-25', '2018-10-07', '2018-12-31');
  const time = fc.constantFrom('00:00', '02:15', '09:00', '10:45', '23:30', '24:30', '47:00');
  const slots = fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 4 });
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

  const schedules = fc
    .record({
      timezone: zones,
      name: text,
      days: fc.uniqueArray(fc.tuple(dates, slots), { selector: ([date]) => date, maxLength: 3 }),
      rooms: fc.array(fc.tuple(text, fc.array(names, { maxLength: 12 })), { maxLength: 3 }),
      topics: fc.array(fc.tuple(names, text), { maxLength: 4 }),
    })
    .map(({ timezone, name, days, rooms, topics }) => {
      let number = 0;
      const withSlots = days.map(([date, times], index) => ({
        name: `Day ${index}`,
        date,
        slots: times
          .filter(([start, end]) => minutesOf(end) - minutesOf(start) <= 24 * 60)
          .map(([start, end]) => ({ name: `S${number++}`, start, end })),
      }));
      const all = withSlots.flatMap(({ slots }) => slots.map((slot) => slot.name));
      return scheduleOf({
        event: { name, timezone, days: withSlots },
        rooms: Object.fromEntries(
          rooms.map(([name, tracks], index) => [
            `room-${index}`,
            {
              name,
              slots: Object.fromEntries(all.map((slot, at) => [slot, tracks[at] ?? ''])),
            },
          ]),
        ),
        tracks: Object.fromEntries(
          topics.map(([track, topic]) => [
            track,
            { name: topic, now: { topic, since: '2018-11-04T09:00:00Z' } },
          ]),
        ),
      });
    });

  test('all these files are valid, and say when each booking is', async () => {
    const ajv = new Ajv2020({ formats: { 'date-time': true, date: true } });
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const files = await filesOf(contentOf(schedule));
        const events = readByIcal(files.get('ptg.ics')!);
        for (const line of files.get('ptg.ics')!.split('\r\n'))
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const booked = offeredSlots(schedule).filter(({ track }) => track !== null);
        for (const { day, slot, track, room } of booked) {
          const { start, end } = slotTimes(day, slot, schedule.event.timezone)!;
          const label = schedule.tracks.get(track!)?.name ?? track!;
          const found = events.filter(
            (one) =>
              one.summary === label &&
              one.location === schedule.rooms.get(room)!.name &&
              one.start <= start &&
              one.end >= end,
          );
          expect(found.length, slot.name).toBeGreaterThan(0);
        }
        if (schedule.event.days.length) expectValidForApps(files, schedule);
        else expect(files.has('schedule.xml')).toBe(false);
        const schema = JSON.parse(files.get('schedule/v1.schema.json')!) as object;
        const validate = ajv.compile(schema);
        validate(JSON.parse(files.get('schedule/v1.json')!));
        expect(validate.errors).toBeNull();
      }),
      { numRuns: 20 },
    );
  });

  test('nobody is named in what is for programs of others', async () => {
    const files = await filesOf(
      snapshot(
        { tracks: { nova: { now: { topic: 'cells', by: 'a-certain-nick' } } } },
        [],
        [{ nick: 'another-nick', track: 'nova', since: '2018-09-10T15:00:00Z' }],
      ),
    );
    for (const name of ['schedule/v1.json', 'nova.ics', 'ptg.ics', 'now.txt', 'now.html'])
      expect(files.get(name)).not.toMatch(/a-certain-nick|another-nick/);
  });
});

test('a topic concerns only the files that show it', async () => {
  const event = (topic: string) => ({
    event: {
      days: [
        {
          name: 'Monday',
          date: '2018-09-10',
          slots: [{ name: 'MonA1', start: '09:00', end: '10:45' }],
        },
      ],
    },
    rooms: { aspen: { name: 'Aspen', slots: { MonA1: 'nova' } }, vail: { name: 'Vail' } },
    tracks: { nova: { next: [topic] }, cinder: {} },
  });
  const planner = new SitePlanner(renderer, { site });
  const versionsOf = async (content: SiteContent) => {
    const plan = await planner.plan(content);
    const files = [...plan.files, ...(await plan.later!()).files];
    return new Map(files.map(({ paths: [path], version }) => [path, version]));
  };
  const before = await versionsOf(snapshot(event('cells')));
  const after = await versionsOf(snapshot(event('quotas')));
  const changed = [...after].flatMap(([path, version]) =>
    before.get(path) === version ? [] : [path],
  );
  expect(changed.filter((path) => !path.endsWith('.html')).sort()).toEqual([
    'nova.ics',
    'now.txt',
    'ptg.ics',
    'ptg.json',
    'rooms/aspen.ics',
    'schedule/v1.json',
  ]);
});
