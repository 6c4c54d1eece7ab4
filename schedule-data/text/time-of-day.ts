/**
 * Times of day as timetables write them. From 24:00 on they are after the midnight at which the day
 * ends: `25:30` is 01:30 on the next date.
 */
export const minutesADay = 24 * 60;

/** Minutes since the midnight at which the day begins, of `09:00`, `25:30`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** `25:30` for 1530. */
export function timeOfMinutes(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export interface TimeRange {
  /** `09:00` to `47:59`. */
  readonly start: string;
  readonly end: string;
}

const time = String.raw`(\d{1,2})(?:[:.]?(\d\d))?\s*(?:([ap])\.?m\.?)?`;
const range = new RegExp(String.raw`^${time}\s*(?:[-–—~]|to|until)\s*${time}$`, 'i');

/**
 * From when to when, as people write it: `09:00-10:45`, `9:00 – 10:45`, `1400-1500`, `2pm-3pm`,
 * `24:00-25:00`. Undefined where it is no such text.
 */
export function readTimeRange(text: string): TimeRange | undefined {
  const [all, startHour, startMinute, startHalf, endHour, endMinute, endHalf] =
    range.exec(text.trim()) ?? [];
  if (all === undefined) return undefined;
  const end = timeOf(endHour!, endMinute, endHalf);
  // `2-3pm`: both are in the afternoon; in `9-5pm` the former is not.
  const alike = timeOf(startHour!, startMinute, startHalf ?? endHalf);
  const isAlike =
    startHalf !== undefined || (alike !== undefined && end !== undefined && alike < end);
  const start = isAlike ? alike : timeOf(startHour!, startMinute, endHalf && 'a');
  return start === undefined || end === undefined ? undefined : { start, end };
}

function timeOf(hour: string, minute = '00', half: string | undefined): string | undefined {
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  return hours < 48 && Number(minute) < 60 ? timeOfMinutes(hours * 60 + Number(minute)) : undefined;
}
