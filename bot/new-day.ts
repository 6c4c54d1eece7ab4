/** A day that begins by itself, where the event says when. */
import { mapCheckIns } from '../schedule-data/people/person.ts';
import type { PeopleContent } from '../schedule-data/people/layout.ts';
import { dateOfDay } from '../schedule-data/schedule/slots.ts';
import type { ScheduleContent } from '../schedule-data/store/layout.ts';
import { withNewDay } from './commands/operators/tracks.ts';

type Content = ScheduleContent & PeopleContent;

/**
 * The content of a new day; undefined while the one that was goes on, or nothing is left of it.
 * @param before when this was asked last, unless that was never
 */
export function newDay(
  { schedule, people }: Content,
  now: Date,
  before: Date | undefined,
): Content | undefined {
  const { event } = schedule;
  if (event.newday === undefined) return undefined;
  const today = dateOfDay(event, now);
  const isEarlier = (since: string | undefined) =>
    since !== undefined && dateOfDay(event, new Date(since)) < today;
  const hasTurned = before !== undefined && dateOfDay(event, before) !== today;
  const isLeft =
    [...schedule.tracks.values()].some((track) => isEarlier(track.now?.since)) ||
    [...people.values()].some(({ checkIn }) => isEarlier(checkIn?.since));
  if (!hasTurned && !isLeft) return undefined;
  return {
    schedule: withNewDay(schedule, ({ now }) => now?.since !== undefined && !isEarlier(now.since)),
    people: mapCheckIns(people, ({ checkIn, checkOut: _out, ...person }) =>
      isEarlier(checkIn.since) ? person : undefined,
    ),
  };
}
