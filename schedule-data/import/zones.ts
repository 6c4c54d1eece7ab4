/** Which time zone explains that clocks and instants say the same. */
import type { Temporal } from 'temporal-polyfill';
import { minutesADay, minutesOf } from '../text/time-of-day.ts';

interface TimedInstant {
  /** A local time, `09:00`. */
  readonly start: string;
  readonly begin: Temporal.ZonedDateTime;
}

/** Is it that time in the zone? */
export function fits({ start, begin }: TimedInstant, zone: string): boolean {
  const { hour, minute } = begin.withTimeZone(zone);
  return hour * 60 + minute === minutesOf(start) % minutesADay;
}

/** Where such events take place more often than elsewhere. */
const likely = [
  ...['UTC', 'America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'],
  ...['Europe/London', 'Europe/Paris', 'Europe/Athens', 'Asia/Kolkata', 'Asia/Shanghai'],
  ...['Asia/Taipei', 'Asia/Tokyo', 'Australia/Sydney', 'America/Sao_Paulo'],
];

/** The zones in which all say the same, the likely ones first. */
export function zonesThatFit(all: readonly TimedInstant[]): string[] {
  const zones = new Set([...likely, ...Intl.supportedValuesOf('timeZone')]);
  return [...zones].filter((zone) => all.every((one) => fits(one, zone)));
}
