import { UsageError } from './usage-error.ts';

/** The time that an option gives: `2018-09-10T09:00Z`; a date is the moment when it begins in UTC. */
export function instantOfOption(option: string, text: string): Date {
  const time = new Date(text);
  const isFull = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/.test(text);
  if (!isFull || Number.isNaN(time.getTime()))
    throw new UsageError(`${option}: expected a time such as 2018-09-10T09:00Z, not ${text}`);
  return time;
}
