import { eventDate } from '../../schedule-data/schedule/event-day.ts';
import { formatterOf, momentLabel, timeOfDay, zoneName } from '../../schedule-data/text/clock.ts';

/** Times as the pages write them: 24 hours, in the zone of the event, the zone always named. */

const longWeekday = { weekday: 'long' } as const;
const fullDate = { dateStyle: 'long' } as const;

/** An instant (ISO 8601, UTC), how it reads in the event's zone, and which form that has. */
export interface Moment {
  readonly iso: string;
  readonly label: string;
  /**
   * `moment` is `Wed 14:05 MDT`, which the script says from the reader's day (`yesterday 14:05 MDT`),
   * `dated` is the same, and stays; `time` is `14:05`. By default the first.
   */
  readonly form?: 'moment' | 'dated' | 'time';
  /** Of what began then, below the base. */
  readonly url?: string;
}

export function moment(iso: string, timezone: string, form?: Moment['form']): Moment {
  const label = form === 'time' ? timeOfDay(new Date(iso), timezone) : momentLabel(iso, timezone);
  return { iso, label, form };
}

/** `Wednesday`, `2018-09-12` and `12 September 2018`. */
export function dayAt(
  instant: Date,
  timezone: string,
): { readonly name: string; readonly date: { readonly iso: string; readonly label: string } } {
  return {
    name: formatterOf('en-GB', timezone, longWeekday).format(instant),
    date: {
      iso: eventDate(instant, timezone),
      label: formatterOf('en-GB', timezone, fullDate).format(instant),
    },
  };
}

/** A day of the event's zone, as the heading of what happened on it. */
export interface DayHeading {
  readonly name: string;
  /** `2018-09-12`, `12 September 2018`. */
  readonly date: { readonly iso: string; readonly label: string };
  /** `MDT`, and an instant at which that is its name. */
  readonly zone: string;
  readonly at: string;
}

/** The heading of what happened at an instant, and on the same day. */
export function dayHeading(at: string, timezone: string): DayHeading {
  const instant = new Date(at);
  return { ...dayAt(instant, timezone), zone: zoneName(timezone, instant), at };
}

/** `10 September 2018` for `2018-09-10`. */
export function dateLabel(date: string): string {
  return longDate.format(new Date(`${date}T00:00:00Z`));
}

/** `10–14 September 2018` from the first to the last of some dates; undefined without any. */
export function dateRangeLabel(dates: readonly string[]): string | undefined {
  const sorted = dates.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return longDate
    .formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`))
    .replace(/\s*–\s*/, '–');
}

/** `Thursday 26 November – Friday 27 November 2026`, or one of them, from the first to the last of some dates. */
export function dateRangeOfDays(dates: readonly string[]): string {
  const sorted = dates.toSorted();
  const at = (date = '') => new Date(`${date}T00:00:00Z`);
  const [first, last] = [sorted[0], sorted.at(-1)];
  // Thin spaces, which Intl puts around, are none that somebody could search for.
  return longDay.formatRange(at(first), at(last)).replaceAll(',', '').replace(/\s+/g, ' ');
}

const longDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
