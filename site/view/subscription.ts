import { eventCalendarPath } from './calendar.ts';
import { hasDates } from './conference.ts';

/** How to have a calendar in a program of one's own. */
export interface Subscription {
  /** Of the calendar, below the base. */
  readonly path: string;
  /** Whose it is, for people. */
  readonly of: string;
  /** Absolute, `https:` and `webcal:`; where the site knows its own address. */
  readonly address?: string;
  readonly webcal?: string;
}

export function subscription(
  { site }: Pick<App.Locals, 'site'>,
  path: string,
  of: string,
): Subscription {
  if (site === undefined) return { path, of };
  const address = site + path;
  return { path, of, address, webcal: address.replace(/^https?:/, 'webcal:') };
}

/** That of all of the event; undefined while no day has a date. */
export function eventSubscription(
  locals: Pick<App.Locals, 'schedule' | 'site'>,
): Subscription | undefined {
  const { schedule } = locals;
  return hasDates(schedule)
    ? subscription(locals, eventCalendarPath, schedule.event.name)
    : undefined;
}
