import { describe, expect, test } from 'vitest';
import { remindersAt } from '../../bot/reminders.ts';
import type { Person } from '../../schedule-data/format/file-schemas.ts';
import { smallSchedule, value } from '../support/schedule.ts';

const ada: Person = { nick: 'ada', reminders: ['nova'] };
const people = new Map([
  ['nick-ada', ada],
  ['nick-bob', { nick: 'bob', reminders: ['cinder'] }],
  ['nick-cyd', { nick: 'cyd' }],
]);
const schedule = smallSchedule();

describe('whoever wants to be reminded of a track is told', () => {
  test.each([
    ['2018-09-10T14:49:59Z', []],
    ['2018-09-10T14:50:00Z', ['nova begins in 10 minutes: Aspen']],
    ['2018-09-10T14:59:30Z', ['nova begins in 1 minute: Aspen']],
    ['2018-09-10T15:00:00Z', []],
    ['2018-09-10T20:50:00Z', []],
  ])('ten minutes before its slot at 09:00 in Denver, at %s: %j', (now, texts) => {
    const due = remindersAt(schedule, people, new Date(now)).filter(({ person }) => person === ada);
    expect(due.map(({ text }) => text)).toEqual(texts);
  });

  test('of one slot once, in whatever minute it is looked at', () => {
    const keys = ['14:50', '14:55'].map(
      (time) => remindersAt(schedule, people, new Date(`2018-09-10T${time}Z`))[0]?.key,
    );
    expect(keys[0]).toBe(keys[1]);
  });

  test('how to join it', () => {
    const rooms = new Map(schedule.rooms);
    rooms.set(
      'aspen',
      value('room', 'name: Aspen\nurl: https://meet.example.org/a\nslots: { MonA1: nova }'),
    );
    const [reminder] = remindersAt({ ...schedule, rooms }, people, new Date('2018-09-10T14:50Z'));
    expect(reminder?.text).toBe('nova begins in 10 minutes: Aspen · https://meet.example.org/a');
  });
});
