import { Temporal } from 'temporal-polyfill';
import type { Day, Slot } from '../format/file-schemas.ts';
import { minutesADay, timeOfMinutes } from '../text/time-of-day.ts';
import type { Schedule } from './schedule.ts';
import { slotMinutes, type OfferedSlot } from './slots.ts';

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

/** When a slot was over; undefined while it is not, and where nobody knows the date. */
export function overSince(
  { event }: Pick<Schedule, 'event'>,
  { day, slot }: Pick<OfferedSlot, 'day' | 'slot'>,
  now: Date,
): string | undefined {
  const end = slotTimes(day, slot, event.timezone)?.end;
  return end !== undefined && Date.parse(end) <= now.getTime() ? end : undefined;
}

/** Those of some slots that somebody may still book: free, and not over. */
export function freeToCome(
  schedule: Pick<Schedule, 'event'>,
  offered: readonly OfferedSlot[],
  now: Date,
): readonly OfferedSlot[] {
  return offered.filter((one) => one.track === null && overSince(schedule, one, now) === undefined);
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
