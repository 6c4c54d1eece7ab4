import { Temporal } from 'temporal-polyfill';
import type { Day, Slot } from '../../schedule-data/format/file-schemas.ts';
import { slotMinutes } from '../../schedule-data/schedule/slots.ts';
import { minutesADay, minutesOf, timeOfMinutes } from '../../schedule-data/text/time-of-day.ts';
import { weekday } from './times.ts';

/** When a slot begins and ends, as instants in UTC (`2018-09-10T15:00:00Z`). */
export interface SlotTimes {
  readonly start: string;
  readonly end: string;
}

/** When a slot is, as pages write it: local to the event. */
export interface SlotWhen {
  readonly start: string;
  readonly end: string;
  /** That of the start, `Wed`, where it begins after the midnight at which its day ends. */
  readonly weekday?: string;
  readonly times?: SlotTimes;
}

/** While nobody knows the date it stays as it stands in the schedule, `24:00`. */
export function slotWhen(day: Day, slot: Slot, timezone: string): SlotWhen {
  const times = slotTimes(day, slot, timezone);
  if (!times) return { start: slot.start, end: slot.end };
  const { start, end } = wallClock(slot);
  return {
    start,
    end,
    weekday: slot.start < '24:00' ? undefined : weekday(new Date(times.start), timezone),
    times,
  };
}

/** The times of a slot as clocks show them: `00:30` for `24:30`. */
export function wallClock({ start, end }: Pick<Slot, 'start' | 'end'>): {
  start: string;
  end: string;
} {
  const wrapped = (time: string) => timeOfMinutes(minutesOf(time) % minutesADay);
  return { start: wrapped(start), end: wrapped(end) };
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
