import { Temporal } from 'temporal-polyfill';
import { isSlotName, type Day, type Slot } from '../format/file-schemas.ts';
import { fold } from '../text/slug.ts';
import { weekdayOf } from '../schedule/slots.ts';
import { oneLine } from '../text/text.ts';
import { quoted, type JsonValue } from './json-value.ts';
import { importTime } from './times.ts';

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
  const days = slots.object()?.map(([key, item]) => {
    const read = (item.list() ?? []).map((slot) => importSlot(slot, timezone, seen));
    const name = oneLine(key).slice(0, 60).toWellFormed().trim() || 'Day';
    const date =
      read.find((one) => one?.date)?.date ?? known.find((day) => day.name === name)?.date;
    return {
      name,
      ...(date !== undefined && { date }),
      slots: read.flatMap((one) => (one ? [one.slot] : [])),
    };
  });
  return days && startDate !== undefined ? datedFrom(days, startDate) : days;
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

function importSlot(
  item: JsonValue,
  timezone: string,
  seen: Set<string>,
): { slot: Slot; date?: string } | undefined {
  const fields = new Map(item.object());
  for (const [key, field] of fields)
    if (!['name', 'desc', 'realtime', 'duration'].includes(key))
      field.report('not known; left out');
  const name = fields.get('name')?.checked(isSlotName, 'a slot name of one word such as FriP1');
  if (name === undefined) return item.report('expected a slot with a name; left out');
  if (seen.has(fold(name))) return item.report(`there is a slot ${name} already; left out`);
  const realtime = fields.get('realtime');
  const begin = realtime && importTime(realtime, timezone);
  const times = timesOf(fields.get('desc'), begin, fields.get('duration'));
  if (!times)
    return item.report(
      'expected times such as "09:00-10:45" in desc, or realtime and duration; left out',
    );
  seen.add(fold(name));
  return { slot: { name, ...times }, ...(begin && { date: begin.toPlainDate().toString() }) };
}

function timesOf(
  desc: JsonValue | undefined,
  begin: Temporal.ZonedDateTime | undefined,
  duration: JsonValue | undefined,
): { start: string; end: string } | undefined {
  const text = desc?.text(100);
  const times = /^(\d{1,2}:\d\d)\s*[-–—]\s*(\d{1,2}:\d\d)$/.exec(text ?? '');
  const [start, end] = times ? [clock(times[1]!), clock(times[2]!)] : [];
  if (start !== undefined && end !== undefined) return { start, end };
  if (text !== undefined) desc?.report(`expected times such as "09:00-10:45", not ${quoted(text)}`);
  const minutes = duration?.value;
  if (!begin || typeof minutes !== 'number' || !(minutes > 0 && minutes < 24 * 60))
    return undefined;
  return {
    start: begin.toPlainTime().toString({ smallestUnit: 'minute' }),
    end: begin
      .add({ minutes: Math.round(minutes) })
      .toPlainTime()
      .toString({ smallestUnit: 'minute' }),
  };
}

function clock(text: string): string | undefined {
  const time = text.padStart(5, '0');
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : undefined;
}
