import { Temporal } from 'temporal-polyfill';
import type { Day, Slot } from '../format/file-schemas.ts';
import { minutesADay, timeOfMinutes } from '../text/time-of-day.ts';
import { slotMinutes } from './slots.ts';

/** When a slot begins and ends, as instants in UTC (`2018-09-10T15:00:00Z`). */
export interface SlotTimes {
  readonly start: string;
  readonly end: string;
}

const known = new WeakMap<Slot, { day: Day; timezone: string; times: SlotTimes | undefined }>();

/**
 * The instants of a slot; undefined while the day has no date. Local times that a change of clocks skips count as if it had not happened.
 */
export function slotTimes(day: Day, slot: Slot, timezone: string): SlotTimes | undefined {
  // The pages of all rooms ask for the same ones.
  const before = known.get(slot);
  if (before?.day === day && before.timezone === timezone) return before.times;
  const times = computeTimes(day, slot, timezone);
  known.set(slot, { day, timezone, times });
  return times;
}

function computeTimes(day: Day, slot: Slot, timezone: string): SlotTimes | undefined {
  if (day.date === undefined) return undefined;
  const date = Temporal.PlainDate.from(day.date);
  const at = (minutes: number) =>
    date
      .add({ days: Math.floor(minutes / minutesADay) })
      .toZonedDateTime({
        timeZone: timezone,
        plainTime: Temporal.PlainTime.from(timeOfMinutes(minutes % minutesADay)),
      })
      .toInstant()
      .toString();
  const { start, end } = slotMinutes(slot);
  return { start: at(start), end: at(end) };
}
