/** Moments as people read them: 24 hours, in a zone that is named. Browsers use this, too. */

const formats = new Map<Intl.DateTimeFormatOptions, Map<string, Intl.DateTimeFormat>>();

/** A formatter is dear in time and memory; few different ones are ever used. */
export function formatterOf(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
  const alike = formats.get(options) ?? new Map<string, Intl.DateTimeFormat>();
  formats.set(options, alike);
  const key = `${locale} ${timeZone}`;
  const known = alike.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  alike.set(key, made);
  return made;
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const shortWeekday = { weekday: 'short' } as const;
const shortDate = { day: 'numeric', month: 'short' } as const;
const zone = { timeZoneName: 'short' } as const;

/** `14:05`. */
export function timeOfDay(instant: Date, timezone: string): string {
  return formatterOf('en-GB', timezone, clock).format(instant);
}

/** `14:05 MDT`. */
export function shortMoment(instant: Date, timezone: string): string {
  return `${timeOfDay(instant, timezone)} ${zoneName(timezone, instant)}`;
}

/** `Wed 14:05 MDT`, for where nobody knows which day it is read on. */
export function momentLabel(iso: string, timezone: string): string {
  const instant = new Date(iso);
  return `${weekday(instant, timezone)} ${shortMoment(instant, timezone)}`;
}

/** `Wed 12 Sept 14:05 MDT`. */
export function datedMoment(instant: Date, timezone: string): string {
  return `${weekday(instant, timezone)} ${dayAndMonth(instant, timezone)} ${shortMoment(instant, timezone)}`;
}

/** `Wed`. */
export function weekday(instant: Date, timezone: string): string {
  return formatterOf('en-GB', timezone, shortWeekday).format(instant);
}

/** `12 Sept`. */
export function dayAndMonth(instant: Date, timezone: string): string {
  return formatterOf('en-GB', timezone, shortDate).format(instant);
}

/** Zones change their name at full quarters of an hour. */
const quarter = 15 * 60_000;
const mostNames = 2000;
const names = new Map<string, string>();

/** What the people there call their zone: MDT, CEST; where no such word is common, GMT+8. */
export function zoneName(timezone: string, instant: Date): string {
  const key = `${timezone} ${Math.floor(instant.getTime() / quarter)}`;
  const name = names.get(key) ?? findZoneName(timezone, instant);
  if (names.size >= mostNames) names.clear();
  names.set(key, name);
  return name;
}

function findZoneName(timezone: string, instant: Date): string {
  let name = timezone;
  for (const locale of ['en-IN', 'en-AU', 'en-GB', 'en-US']) {
    const parts = formatterOf(locale, timezone, zone).formatToParts(instant);
    const found = parts.find(({ type }) => type === 'timeZoneName')?.value;
    if (found && (name === timezone || !/^(GMT|UTC)[+-]/.test(found))) name = found;
  }
  return name;
}
