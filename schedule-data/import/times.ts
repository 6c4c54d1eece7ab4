import { Temporal } from 'temporal-polyfill';
import { isDate } from '../format/file-schemas.ts';
import { quoted, type JsonValue } from './json-value.ts';

/** A time such as `2018-09-10T09:00:00Z` or `2018-09-10 09:00:00.123456`. */
export function importTime(item: JsonValue, timezone: string): Temporal.ZonedDateTime | undefined {
  const text = item.text(100);
  if (text === undefined) return undefined;
  try {
    // Where it says no zone, it is the event's.
    const time = /(Z|[+-]\d\d:?\d\d)$/i.test(text)
      ? Temporal.Instant.from(text).toZonedDateTimeISO(timezone)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(timezone);
    if (isDate(inUtc(time).slice(0, 10)) && isDate(time.toPlainDate().toString())) return time;
  } catch {
    // Said below.
  }
  return item.report(`expected a time such as 2018-09-10T09:00:00Z, not ${quoted(text)}; left out`);
}

/** As data files hold it. */
export function inUtc(time: Temporal.ZonedDateTime): string {
  return time.toInstant().toString({ smallestUnit: 'second' });
}
