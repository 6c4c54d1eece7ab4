import { describe, expect, test } from 'vitest';
import {
  clashesOfNext,
  clashesToCome,
  meetingsElsewhere,
  type Clash,
} from '../../../schedule-data/schedule/clashes.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { smallSchedule, value } from '../../support/schedule.ts';

const at = (time: string) => new Date(`2018-09-10T${time}:00Z`);
const nobody = () => 0;

/** Two rooms with slots of Monday and Tuesday in Denver, six hours behind. */
function schedule(aspen: string, birch: string, tracks: Record<string, string> = {}): Schedule {
  return {
    ...smallSchedule({ nova: '', cinder: '', swift: '', ...tracks }),
    rooms: new Map([
      ['aspen', value('room', `name: Aspen\nslots: { ${aspen} }`)],
      ['birch', value('room', `name: Birch\nslots: { ${birch} }`)],
    ]),
  };
}

const told = ({ kind, meetings: [a, b], start }: Clash) =>
  `${kind} ${a.track}@${a.room} ${b.track}@${b.room} ${start.slice(8, 16)}`;
const all = (one: Schedule, now = '12:00', shared: (a: string, b: string) => number = nobody) =>
  clashesToCome(one, at(now), shared).map(told);

describe('of tracks at the same time', () => {
  test.each<[string, Schedule, string[]]>([
    ['strangers do not clash', schedule('MonA1: nova', 'MonA1: cinder'), []],
    [
      'one in two rooms does',
      schedule('MonA1: nova', 'MonA1: nova'),
      ['same-track nova@aspen nova@birch 10T15:00'],
    ],
    ['one in two rooms after another does not', schedule('MonA1: nova', 'MonP1: nova'), []],
    ['what is no track, such as lunch, does not', schedule('MonA1: lunch', 'MonA1: lunch'), []],
    [
      'one that plans something with the other does',
      schedule('MonA1: nova', 'MonA1: cinder', { cinder: 'next: ["cells with #nova."]' }),
      ['named cinder@birch nova@aspen 10T15:00'],
    ],
    [
      'also under a former name',
      schedule('MonA1: nova', 'MonA1: cinder', {
        nova: 'formerly: [compute]',
        cinder: 'next: ["#compute"]',
      }),
      ['named cinder@birch nova@aspen 10T15:00'],
    ],
    [
      'one that discusses something jointly with it does',
      schedule('MonA1: nova', 'MonA1: cinder', {
        nova: 'now: { topic: cells, since: "2018-09-10T11:00:00Z", with: [cinder] }',
      }),
      ['named nova@aspen cinder@birch 10T15:00'],
    ],
    [
      'what was said on an earlier day is over',
      schedule('MonA1: nova', 'MonA1: cinder', {
        nova: 'now: { topic: "with #cinder", since: "2018-09-09T11:00:00Z" }',
      }),
      [],
    ],
    [
      'in the order of importance, then of time',
      schedule(
        'MonA1: nova, MonP1: nova, TueA1: swift',
        'MonA1: cinder, MonP1: cinder, TueA1: swift',
        {
          cinder: 'next: ["with #nova"]',
        },
      ),
      [
        'same-track swift@aspen swift@birch 11T15:00',
        'named cinder@birch nova@aspen 10T15:00',
        'named cinder@birch nova@aspen 10T19:30',
      ],
    ],
  ])('%s', (_what, one, expected) => {
    expect(all(one)).toEqual(expected);
  });

  test('those that many people follow do, the more the more', () => {
    const one = schedule('MonA1: nova, MonP1: nova', 'MonA1: cinder, MonP1: swift');
    const shared = (a: string, b: string) => ([a, b].includes('swift') ? 9 : 3);
    expect(all(one, '12:00', shared)).toEqual([
      'followers nova@aspen swift@birch 10T19:30',
      'followers nova@aspen cinder@birch 10T15:00',
    ]);
  });

  test('what is over clashes no more, what is on does', () => {
    const one = schedule('MonA1: nova', 'MonA1: nova');
    expect(all(one, '16:44')).toHaveLength(1);
    expect(all(one, '16:45')).toEqual([]);
  });

  test('without dates nothing is known', () => {
    const one = schedule('MonA1: nova', 'MonA1: nova');
    const days = one.event.days.map(({ date: _date, ...day }) => day);
    expect(all({ ...one, event: { ...one.event, days } })).toEqual([]);
  });
});

describe('of those whom a topic names', () => {
  const one = schedule('MonA1: nova, MonP1: nova', 'MonA1: cinder, MonP1: swift');
  const named = ['cinder', 'swift', 'nova'];
  const elsewhere = (schedule: Schedule, now: string) =>
    meetingsElsewhere(schedule, 'nova', named, at(now)).map(({ theirs }) => theirs.track);

  test.each([
    ['12:00', []],
    ['15:00', ['cinder']],
    ['16:44', ['cinder']],
    ['16:45', []],
    ['19:30', ['swift']],
  ])('who meets elsewhere at %s: %j', (now, tracks) => {
    expect(elsewhere(one, now)).toEqual(tracks);
  });

  test('whoever says that they are at the same place is not elsewhere', () => {
    const tracks = {
      nova: 'location: The Bar',
      cinder: 'location: the bar',
    };
    expect(elsewhere(schedule('MonA1: nova', 'MonA1: cinder', tracks), '15:00')).toEqual([]);
  });

  test.each([
    ['12:00', ['named nova@aspen cinder@birch 10T15:00']],
    ['15:30', ['named nova@aspen swift@birch 10T19:30']],
    ['19:30', ['named nova@aspen swift@birch 10T19:30']],
    ['21:15', []],
  ])('who meets elsewhere in the next slot, at %s: %j', (now, clashes) => {
    expect(clashesOfNext(one, 'nova', named, at(now)).map(told)).toEqual(clashes);
  });
});
