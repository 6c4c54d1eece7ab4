/** What becomes of the entries of a calendar, commit by commit. */
import { describe, expect, test } from 'vitest';
import {
  emptyCalendar,
  withSchedule,
  type CalendarLog,
} from '../../../schedule-data/history/calendar-log.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { value } from '../../support/schedule.ts';

interface Commit {
  /** Bookings by room. */
  readonly aspen?: string;
  readonly birch?: string;
  readonly tracks?: Record<string, string>;
  readonly event?: string;
  readonly slots?: string;
}

const slots =
  '{ name: M1, start: "09:00", end: "10:00" }, { name: M2, start: "10:00", end: "11:00" }, { name: M3, start: "11:30", end: "12:30" }';

function scheduleOf({
  aspen = '',
  birch = '',
  tracks = { nova: '', cinder: '' },
  event = '',
  slots: ofDay = slots,
}: Commit): Schedule {
  const id = /^id:/m.test(event) ? '' : 'id: ptg';
  return {
    event: value(
      'event',
      `${id}\nname: PTG\ntimezone: Etc/UTC\n${event}\ndays: [{ name: Monday, date: "2018-09-10", slots: [${ofDay}] }]`,
    ),
    rooms: new Map([
      ['aspen', value('room', `name: Aspen\nslots: { ${aspen} }`)],
      ['birch', value('room', `name: Birch\nslots: { ${birch} }`)],
    ]),
    tracks: new Map(
      Object.entries(tracks).map(([slug, text]) => [slug, value('track', text || '{}')]),
    ),
    announcements: [],
  };
}

/** `nova/M1 aspen 09:00–10:00 #2 @3 cancelled`: sequence 2, changed by the third commit. */
function linesAfter(commits: readonly Commit[]): string[] {
  const log = commits.reduce<CalendarLog>(
    (before, commit, index) =>
      withSchedule(before, scheduleOf(commit), `2018-09-01T00:0${index + 1}:00Z`),
    emptyCalendar,
  );
  const clock = (time: string) => time.slice(11, 16);
  return log.entries
    .map(
      ({ id, track, room, start, end, sequence, changed, cancelled }) =>
        `${id}${id.startsWith(`${track}/`) ? '' : ` (${track})`} ${room} ${clock(start)}–${clock(end)} #${sequence} @${Number(changed.slice(14, 16))}${cancelled ? ' cancelled' : ''}`,
    )
    .sort();
}

describe('an entry', () => {
  test.each<[string, Commit[], string[]]>([
    [
      'is there for what is booked',
      [{ aspen: 'M1: nova, M2: ' }],
      ['nova/M1 aspen 09:00–10:00 #0 @1'],
    ],
    [
      'stays as it is when something else changes',
      [{ aspen: 'M1: nova' }, { aspen: 'M1: nova', birch: 'M1: cinder' }],
      ['cinder/M1 birch 09:00–10:00 #0 @2', 'nova/M1 aspen 09:00–10:00 #0 @1'],
    ],
    [
      'moves to another room',
      [{ aspen: 'M1: nova' }, { birch: 'M1: nova' }],
      ['nova/M1 birch 09:00–10:00 #1 @2'],
    ],
    [
      'moves with the time of its slot',
      [
        { aspen: 'M3: nova' },
        { aspen: 'M3: nova', slots: '{ name: M3, start: "12:00", end: "13:00" }' },
      ],
      ['nova/M3 aspen 12:00–13:00 #1 @2'],
    ],
    [
      'stays when its slot gets another name',
      [
        { aspen: 'M3: nova' },
        { aspen: 'Late: nova', slots: '{ name: Late, start: "11:30", end: "12:30" }' },
      ],
      ['nova/M3 aspen 11:30–12:30 #0 @1'],
    ],
    [
      'is cancelled when the slot is given back',
      [{ aspen: 'M1: nova' }, { aspen: 'M1: ' }],
      ['nova/M1 aspen 09:00–10:00 #1 @2 cancelled'],
    ],
    [
      'is on again when that is undone',
      [{ aspen: 'M1: nova' }, { aspen: 'M1: ' }, { aspen: 'M1: nova' }],
      ['nova/M1 aspen 09:00–10:00 #2 @3'],
    ],
    [
      'stays cancelled while others meet there',
      [{ aspen: 'M1: nova' }, { aspen: 'M1: cinder' }, { aspen: 'M1: cinder', birch: 'M1: nova' }],
      ['cinder/M1 aspen 09:00–10:00 #0 @2', 'nova/M1 birch 09:00–10:00 #2 @3'],
    ],
    [
      'goes on under the new name of its track',
      [
        { aspen: 'M1: nova' },
        { aspen: 'M1: compute', tracks: { compute: 'formerly: [nova]', cinder: '' } },
      ],
      ['nova/M1 (compute) aspen 09:00–10:00 #0 @1'],
    ],
    [
      'is one for slots without a break between them',
      [{ aspen: 'M1: nova, M2: nova, M3: nova' }],
      ['nova/M1 aspen 09:00–11:00 #0 @1', 'nova/M3 aspen 11:30–12:30 #0 @1'],
    ],
    [
      'is one each where the event wants that',
      [{ aspen: 'M1: nova, M2: nova', event: 'adjacentSlots: separate' }],
      ['nova/M1 aspen 09:00–10:00 #0 @1', 'nova/M2 aspen 10:00–11:00 #0 @1'],
    ],
    [
      'gets longer when the slot before it is booked as well',
      [{ aspen: 'M2: nova' }, { aspen: 'M1: nova, M2: nova' }],
      ['nova/M2 aspen 09:00–11:00 #1 @2'],
    ],
    [
      'takes over the one that it grows together with',
      [{ aspen: 'M1: nova', birch: 'M2: nova' }, { aspen: 'M1: nova, M2: nova' }],
      ['nova/M1 aspen 09:00–11:00 #1 @2', 'nova/M2 birch 10:00–11:00 #1 @2 cancelled'],
    ],
    [
      'has a number where its track meets in two rooms at once',
      [{ aspen: 'M1: nova', birch: 'M1: nova' }],
      ['nova/M1 aspen 09:00–10:00 #0 @1', 'nova/M1/2 birch 09:00–10:00 #0 @1'],
    ],
    [
      'keeps its number when one of the two rooms is given back',
      [{ aspen: 'M1: nova', birch: 'M1: nova' }, { birch: 'M1: nova' }],
      ['nova/M1 aspen 09:00–10:00 #1 @2 cancelled', 'nova/M1/2 birch 09:00–10:00 #0 @1'],
    ],
    [
      'of another event is another one',
      [{ aspen: 'M1: nova' }, { birch: 'M1: nova', event: 'id: other' }],
      ['nova/M1 birch 09:00–10:00 #0 @2'],
    ],
    [
      'needs the date of its day',
      [{ aspen: 'M1: nova', slots: '' }, { aspen: 'M1: nova' }],
      ['nova/M1 aspen 09:00–10:00 #0 @2'],
    ],
  ])('%s', (_what, commits, lines) => {
    expect(linesAfter(commits)).toEqual(lines);
  });
});
