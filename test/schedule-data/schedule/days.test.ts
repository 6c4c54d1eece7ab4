/** Days that pass midnight: which day it is, which slot is on. */
import { describe, expect, test } from 'vitest';
import { eventDate } from '../../../schedule-data/schedule/event-day.ts';
import {
  dateOfDay,
  dayBegins,
  offeredSlots,
  slotCode,
  slotsOn,
  slotsToday,
} from '../../../schedule-data/schedule/slots.ts';
import { slotTimes } from '../../../schedule-data/schedule/slot-times.ts';
import { slotWhen } from '../../../site/view/slot-times.ts';
import { smallSchedule, value } from '../../support/schedule.ts';

/** Two days of a virtual event with windows from 13 to 17 and from 21 to 01. */
const event = value(
  'event',
  `
id: virtual
name: Virtual Gathering
timezone: UTC
days:
  - name: Tuesday
    date: "2020-06-02"
    slots:
      - { name: TueD, start: "24:00", end: "25:00" }
      - { name: TueA, start: "13:00", end: "17:00" }
      - { name: TueB, start: "21:00", end: "22:00" }
      - { name: TueC, start: "23:30", end: "00:00" }
  - name: Wednesday
    date: "2020-06-03"
    slots:
      - { name: WedA, start: "13:00", end: "17:00" }
`,
);
const room = value('room', 'name: Aspen\nslots: { TueA: , TueB: , TueC: , TueD: , WedA: }');
const schedule = { ...smallSchedule(), event, rooms: new Map([['aspen', room]]) };
const at = (time: string) => new Date(`2020-06-${time}Z`);

describe('a slot after midnight', () => {
  test('stands in the day before, at the end, whatever the order in the file', () => {
    expect(offeredSlots(schedule).map(slotCode)).toEqual(
      ['TueA', 'TueB', 'TueC', 'TueD', 'WedA'].map((name) => `aspen-${name}`),
    );
  });

  test.each([
    ['02T13:00', 'Tuesday', ['TueA']],
    ['02T23:45', 'Tuesday', ['TueC']],
    ['03T00:00', 'Tuesday', ['TueD']],
    ['03T00:59', 'Tuesday', ['TueD']],
    ['03T01:00', 'Wednesday', []],
    ['03T13:00', 'Wednesday', ['WedA']],
  ])('is on at %s of %s: %j', (time, day, names) => {
    const today = slotsToday(schedule, at(time));
    expect(today.day?.name).toBe(day);
    expect(slotsOn(today).map(({ slot }) => slot.name)).toEqual(names);
  });

  test('is between two slots of the night still the day before', () => {
    const slots = event.days[0]!.slots.filter(({ name }) => name !== 'TueC');
    const days = [
      { ...event.days[0]!, slots: [...slots, { name: 'X', start: '26:00', end: '27:00' }] },
    ];
    const night = { ...schedule, event: { ...event, days } };
    expect(slotsToday(night, at('03T01:30')).day?.name).toBe('Tuesday');
  });

  test('is at an instant of the next date, which the page says', () => {
    const [day] = event.days;
    const [night, , , late] = day!.slots;
    expect(slotTimes(day!, night!, 'UTC')).toEqual({
      start: '2020-06-03T00:00:00Z',
      end: '2020-06-03T01:00:00Z',
    });
    expect(slotWhen(day!, night!, 'UTC')).toMatchObject({
      weekday: 'Wed',
      start: '00:00',
      end: '01:00',
    });
    expect(slotWhen(day!, late!, 'UTC')).toMatchObject({ start: '23:30', end: '00:00' });
    expect(slotWhen(day!, late!, 'UTC').weekday).toBeUndefined();
    expect(slotWhen({ ...day!, date: undefined }, night!, 'UTC')).toEqual({
      start: '24:00',
      end: '25:00',
    });
  });

  test.each([
    ['start: "24:00", end: "25:30"', undefined],
    ['start: "23:00", end: "01:00"', undefined],
    ['start: "48:00", end: "49:00"', /expected a time of day such as .*25:00/],
    ['start: "01:00", end: "26:00"', /expected an end within a day/],
  ])('%s is good unless it says why not', (times, complaint) => {
    const read = () =>
      value(
        'event',
        `id: x\nname: x\ntimezone: UTC\ndays: [{ name: A, slots: [{ name: A, ${times} }] }]`,
      );
    if (complaint) expect(read).toThrow(complaint);
    else read();
  });
});

describe('a day begins', () => {
  const slots = (...times: [start: string, end: string][]) => ({
    days: [
      { name: 'A', slots: times.map(([start, end], index) => ({ name: `A${index}`, start, end })) },
    ],
  });
  test.each([
    ['at midnight, as everywhere', slots(['09:00', '17:00']), '00:00'],
    [
      'when the last slot of the night is over',
      slots(['21:00', '25:00'], ['13:00', '14:00']),
      '01:00',
    ],
    [
      'but not after its first slot has begun',
      slots(['02:00', '05:00'], ['20:00', '04:00']),
      '02:00',
    ],
    ['when it is set', { ...slots(['21:00', '25:00']), newday: '05:00' }, '05:00'],
    ['at midnight without slots', { days: [] }, '00:00'],
  ])('%s', (_, given, begins) => {
    expect(dayBegins(given)).toBe(begins);
  });

  test.each([
    ['03T00:59', '2020-06-02'],
    ['03T01:00', '2020-06-03'],
    ['02T12:00', '2020-06-02'],
  ])('so that %s belongs to %s', (time, date) => {
    expect(dateOfDay(event, at(time))).toBe(date);
  });

  test.each([
    ['2018-11-04T09:59Z', '2018-11-03'],
    ['2018-11-04T10:00Z', '2018-11-04'],
    ['2018-03-11T08:59Z', '2018-03-10'],
    ['2018-03-11T09:00Z', '2018-03-11'],
  ])('at 03:00 by the clock in Denver, also when clocks change that night: %s', (moment, date) => {
    expect(eventDate(new Date(moment), 'America/Denver', '03:00')).toBe(date);
  });

  test('of a zone with 45 minutes', () => {
    expect(eventDate(new Date('2020-06-02T18:14Z'), 'Asia/Kathmandu')).toBe('2020-06-02');
    expect(eventDate(new Date('2020-06-02T18:15Z'), 'Asia/Kathmandu')).toBe('2020-06-03');
  });
});
