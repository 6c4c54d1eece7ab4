/**
 * Days with their slots. The database says when a slot is up to three times (`desc`, `realtime`,
 * `duration`): what is missing in one is taken from another, and where two differ it is said.
 */
import { Temporal } from 'temporal-polyfill';
import { isSlotName, type Day, type Slot } from '../format/file-schemas.ts';
import { slotMinutes, weekdayOf } from '../schedule/slots.ts';
import { fold } from '../text/slug.ts';
import { oneLine } from '../text/text.ts';
import {
  minutesADay,
  minutesOf,
  readTimeRange,
  timeOfMinutes,
  type TimeRange,
} from '../text/time-of-day.ts';
import { quoted, type JsonValue } from './json-value.ts';
import { importTime } from './times.ts';
import { fits, zonesThatFit } from './zones.ts';

/** The length of a slot of which only the beginning is known, in minutes. */
const usualLength = 60;

interface ReadDay {
  readonly name: string;
  readonly item: JsonValue;
  readonly slots: readonly ReadSlot[];
}

/** What the database says of a slot: at least one of `said` and `begin` is there. */
interface ReadSlot {
  readonly name: string;
  readonly item: JsonValue;
  /** What `desc` says, and its text. */
  readonly said?: TimeRange;
  readonly desc?: string;
  readonly begin?: Temporal.ZonedDateTime;
  /** In minutes. */
  readonly duration?: number;
}

/**
 * Days with their slots; undefined where there are none to read.
 * @param startDate the date of the first day
 * @param known days whose dates those of the same name have, where nothing else says them
 */
export function importDays(
  slots: JsonValue,
  timezone: string,
  startDate: string | undefined,
  known: readonly Day[],
): Day[] | undefined {
  const seen = new Set<string>();
  const read = slots.object()?.map(([key, item]): ReadDay => ({
    name: oneLine(key).slice(0, 60).toWellFormed().trim() || 'Day',
    item,
    slots: (item.list() ?? []).flatMap((slot) => readSlot(slot, timezone, seen) ?? []),
  }));
  if (!read) return undefined;
  const zone = zoneOf(slots, read, timezone);
  const days = read.map((day) => importDay(day, zone, known));
  if (startDate === undefined) return days;
  const dated = datedFrom(days, startDate);
  for (const [index, { date }] of dated.entries()) {
    const before = days[index]?.date;
    if (before !== undefined && before !== date)
      read[index]!.item.report(
        `is on ${date}, counted from the start date ${startDate}; realtime says ${before}`,
      );
  }
  return dated;
}

function readSlot(item: JsonValue, timezone: string, seen: Set<string>): ReadSlot | undefined {
  const fields = new Map(item.object());
  for (const [key, field] of fields)
    if (!['name', 'desc', 'realtime', 'duration'].includes(key))
      field.report('not known; left out');
  const name = fields.get('name')?.checked(isSlotName, 'a slot name of one word such as FriP1');
  if (name === undefined) return item.report('expected a slot with a name; left out');
  if (seen.has(fold(name))) return item.report(`there is a slot ${name} already; left out`);
  const realtime = fields.get('realtime');
  const begin = realtime && importTime(realtime, timezone);
  const desc = fields.get('desc')?.text(100);
  const said = desc === undefined ? undefined : readTimeRange(desc);
  if (!said && !begin)
    return item.report('expected times such as "09:00-10:45" in desc, or realtime; left out');
  seen.add(fold(name));
  return { name, item, said, desc, begin, duration: durationOf(fields.get('duration')) };
}

function durationOf(item: JsonValue | undefined): number | undefined {
  if (!item?.isPresent) return undefined;
  const minutes = typeof item.value === 'number' ? Math.round(item.value) : NaN;
  if (minutes > 0 && minutes < minutesADay) return minutes;
  return item.report(`expected minutes such as 105, not ${quoted(item.value)}; left out`);
}

/**
 * The zone in which `realtime` and `desc` say the same: that of the event, unless most slots
 * contradict it and another one explains all of them.
 */
function zoneOf(item: JsonValue, days: readonly ReadDay[], timezone: string): string {
  const pairs = days
    .flatMap(({ slots }) => slots)
    .flatMap(({ said, begin }) => (said && begin ? [{ start: said.start, begin }] : []));
  const wrong = pairs.filter((pair) => !fits(pair, timezone));
  if (wrong.length < 2 || wrong.length * 2 < pairs.length) return timezone;
  const [likely, ...others] = zonesThatFit(pairs);
  if (likely === undefined) return timezone;
  const also = others.length ? ` (or another with its clock, such as ${others[0]})` : '';
  item.report(
    `in ${timezone} each realtime is another time than its desc; most likely the time zone of the event is ${likely}${also}; the times of desc were kept`,
  );
  return likely;
}

function importDay({ name, slots }: ReadDay, zone: string, known: readonly Day[]): Day {
  const begins = slots.flatMap(({ begin }) => begin?.withTimeZone(zone) ?? []);
  const first = begins.toSorted((a, b) => Temporal.ZonedDateTime.compare(a, b))[0]?.toPlainDate();
  const date = first?.toString() ?? known.find((day) => day.name === name)?.date;
  return {
    name,
    ...(date !== undefined && { date }),
    slots: slots.map((slot) => importSlot(slot, zone, first, begins)),
  };
}

/** @param first the date of the day, where any slot of it has a `begin`; all of these are `begins` */
function importSlot(
  slot: ReadSlot,
  zone: string,
  first: Temporal.PlainDate | undefined,
  begins: readonly Temporal.ZonedDateTime[],
): Slot {
  const { name, said } = slot;
  const begin = slot.begin?.withTimeZone(zone);
  if (!begin || !first) return { name, ...compared(slot, said!) };
  const days = first.until(begin.toPlainDate()).days;
  if (days > 1)
    slot.item.report(
      `realtime is on ${begin.toPlainDate().toString()}, but the day begins on ${first.toString()}`,
    );
  // What begins on the next date is still in the column of this day.
  const midnight = days === 1 ? minutesADay : 0;
  if (!said) return { name, ...fromRealtime(slot, begin, midnight, begins) };
  if (!fits({ start: said.start, begin }, zone)) {
    slot.item.report(
      `realtime is ${timeIn(begin)} in ${zone}, and desc says ${quoted(slot.desc)}; desc was kept`,
    );
    return { name, ...compared(slot, said) };
  }
  const later = (time: string) =>
    minutesOf(said.start) >= minutesADay ? time : timeOfMinutes(minutesOf(time) + midnight);
  return { name, ...compared(slot, { start: later(said.start), end: later(said.end) }) };
}

/** The times as desc says them; where the duration is another, that is said. */
function compared({ item, duration, desc }: ReadSlot, times: TimeRange): TimeRange {
  const { start, end } = slotMinutes(times);
  if (duration !== undefined && duration !== end - start)
    item.report(
      `the duration is ${duration} minutes, and desc says ${quoted(desc)}; desc was kept`,
    );
  return times;
}

/** Where desc tells no times: from realtime on, as long as said, else until the next slot, else an hour. */
function fromRealtime(
  { item, desc, duration }: ReadSlot,
  begin: Temporal.ZonedDateTime,
  midnight: number,
  begins: readonly Temporal.ZonedDateTime[],
): TimeRange {
  const untilNext = begins
    .map((other) => begin.until(other).total('minutes'))
    .filter((minutes) => minutes > 0);
  const length = duration ?? Math.round(Math.min(...untilNext, minutesADay));
  const minutes = duration === undefined && !untilNext.length ? usualLength : length;
  const start = minutesOf(timeIn(begin)) + midnight;
  const end = (start + minutes) % (2 * minutesADay);
  const times = { start: timeOfMinutes(start), end: timeOfMinutes(end) };
  if (desc !== undefined || duration === undefined)
    item.report(
      `expected times such as "09:00-10:45" in desc, not ${desc === undefined ? 'nothing' : quoted(desc)}; by realtime it became ${times.start}-${times.end}`,
    );
  return times;
}

function timeIn(time: Temporal.ZonedDateTime): string {
  return time.toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The first day is at the start date; the others at the next such weekday, else one after it. */
function datedFrom(days: readonly Day[], startDate: string): Day[] {
  let date = Temporal.PlainDate.from(startDate);
  return days.map((day, index) => {
    if (index > 0) {
      date = date.add({ days: 1 });
      const weekday = weekdayOf({ name: day.name });
      if (weekday !== undefined) date = date.add({ days: (weekday - date.dayOfWeek + 7) % 7 });
    }
    return { name: day.name, date: date.toString(), slots: day.slots };
  });
}
