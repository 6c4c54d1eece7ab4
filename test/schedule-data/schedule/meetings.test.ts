import { expect, test } from 'vitest';
import { meetingsOf } from '../../../schedule-data/schedule/meetings.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { smallSchedule, value } from '../../support/schedule.ts';

const event = (more: string) =>
  value(
    'event',
    `{ id: e, name: E, timezone: America/Denver, ${more} days: [{ name: Monday, date: "2018-09-10", slots: [
      { name: A1, start: "09:00", end: "10:00" }, { name: A2, start: "10:00", end: "11:00" },
      { name: N1, start: "23:00", end: "24:30" }] }, { name: Extra, slots: [{ name: X1, start: "09:00", end: "10:00" }] }] }`,
  );
const rooms = new Map([
  ['aspen', value('room', 'name: Aspen\nslots: { A1: nova, A2: nova, N1: nova, X1: nova }')],
]);
const schedule = (more = ''): Schedule => ({ ...smallSchedule(), event: event(more), rooms });
const told = (one: Schedule) =>
  meetingsOf(one, 'nova').map(({ slots, start, end }) => `${slots.join('+')} ${start} ${end}`);

test('what a track has in a room without a break is one meeting; a day without a date has none', () => {
  expect(told(schedule())).toEqual([
    'A1+A2 2018-09-10T15:00:00Z 2018-09-10T17:00:00Z',
    'N1 2018-09-11T05:00:00Z 2018-09-11T06:30:00Z',
  ]);
});

test('where the event keeps adjacent slots separate they are two', () => {
  expect(told(schedule('adjacentSlots: separate,'))[0]).toBe(
    'A1 2018-09-10T15:00:00Z 2018-09-10T16:00:00Z',
  );
});

test('of others nothing is told', () => {
  expect(meetingsOf(schedule(), 'cinder')).toEqual([]);
});
