/** Times as somebody reads them at a moment, in the zone of the event. */
import { eventDate } from '../schedule-data/schedule/event-day.ts';
import { dayAndMonth, shortMoment, timeOfDay, weekday } from '../schedule-data/text/clock.ts';
import { minutesADay } from '../schedule-data/text/time-of-day.ts';

/** UTC */
export interface Span {
  readonly start: string;
  readonly end: string;
}

/** `14:05 MDT` today, `Wed 14:05 MDT`, and with its date what is a week away. */
export function timeAt(time: string, timezone: string, now: Date): string {
  const instant = new Date(time);
  return `${dayBefore(instant, timezone, now)}${shortMoment(instant, timezone)}`;
}

/** `14:05-15:00 MDT` today, or as above. */
export function spanAt({ start, end }: Span, timezone: string, now: Date): string {
  const [from, to] = [new Date(start), new Date(end)];
  return `${dayBefore(from, timezone, now)}${timeOfDay(from, timezone)}-${shortMoment(to, timezone)}`;
}

function dayBefore(instant: Date, timezone: string, now: Date): string {
  const [date, today] = [eventDate(instant, timezone), eventDate(now, timezone)];
  if (date === today) return '';
  const days = Math.abs(Date.parse(date) - Date.parse(today)) / (minutesADay * 60_000);
  const day = weekday(instant, timezone);
  return days < 7 ? `${day} ` : `${day} ${dayAndMonth(instant, timezone)} `;
}
