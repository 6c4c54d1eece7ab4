/** Examples in the names of the event itself, where it has what they need. */
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { freeToCome, overSince } from '../../schedule-data/schedule/slot-times.ts';
import { offeredSlots, slotCode } from '../../schedule-data/schedule/slots.ts';
import type { EventNames } from './command.ts';

interface WithExample {
  readonly example: string;
  readonly exampleOf?: (names: EventNames) => string | undefined;
}

/** The same command or verb, with an example that could be typed as it stands. */
export function hereExample<R extends WithExample>(row: R, schedule: Schedule, now: Date): R {
  const example = row.exampleOf?.(eventNames(schedule, now));
  return example === undefined ? row : { ...row, example };
}

/** What examples may name: nothing that is over. */
export function eventNames(schedule: Schedule, now: Date): EventNames {
  const all = offeredSlots(schedule);
  const toCome = all.filter((one) => overSince(schedule, one, now) === undefined);
  const free = freeToCome(schedule, toCome, now);
  const booked = toCome.find(({ track }) => track !== null && schedule.tracks.has(track));
  const any = free[0] ?? toCome[0];
  return {
    track: schedule.tracks.has('nova') ? 'nova' : [...schedule.tracks.keys()][0],
    // Of one room, where it has several.
    free: free.filter(({ room }) => room === free[0]?.room).map(slotCode),
    booked: booked && { track: booked.track!, code: slotCode(booked) },
    rooms: [...schedule.rooms].map(([slug, { name }]) => ({ slug, name })),
    day: any?.day.name,
    slot: any?.slot.name,
  };
}
