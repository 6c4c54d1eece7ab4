import type { Day, Slot } from '../../schedule-data/format/file-schemas.ts';
import { slotTimes, type SlotTimes } from '../../schedule-data/schedule/slot-times.ts';
import { minutesADay, minutesOf, timeOfMinutes } from '../../schedule-data/text/time-of-day.ts';
import { weekday } from '../../schedule-data/text/clock.ts';

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
