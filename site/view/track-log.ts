import type { TopicLogEntry } from '../../schedule-data/history/topic-log.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { roomUrl } from './rooms.ts';
import { memo } from './memo.ts';
import { richText, type Piece } from './rich-text.ts';
import { dayAt, moment, timeOfDay, zoneName, type Moment } from './times.ts';
import { trackFinder, type FindTrack } from './track-names.ts';

/** What a track discussed on one day of the event's zone, the newest first. */
export interface LogDay {
  readonly name: string;
  /** `12 September 2018`. */
  readonly date: string;
  /** `MDT`, and an instant at which that is its name. */
  readonly zone: string;
  readonly at: string;
  readonly entries: readonly LogLine[];
}

export interface LogLine {
  /** For anchors, where it is the only one that began then. */
  readonly id?: string;
  readonly topic: readonly Piece[];
  readonly since: Moment;
  /** Missing while it is on. */
  readonly until?: Moment;
  readonly by?: string;
  readonly place?: readonly Piece[];
}

/** Whatever else has a say in how a log reads; `key` is the same as long as all of that is. */
interface Surroundings {
  readonly key: string;
  readonly timezone: string;
  readonly find: FindTrack;
  readonly rooms: Schedule['rooms'];
}

const surroundings = memo((schedule: Schedule): Surroundings => {
  const { event, tracks, rooms } = schedule;
  const names = [...tracks].map(([slug, { formerly }]) => [slug, ...formerly]);
  const places = [...rooms].map(([slug, { name }]) => [slug, name]);
  const { timezone } = event;
  const key = JSON.stringify([timezone, names, places]);
  return { key, timezone, find: trackFinder(schedule), rooms };
});

const known = new WeakMap<readonly TopicLogEntry[], { key: string; days: readonly LogDay[] }>();

/** A log in days, the newest first. Most commands change one log of many: the others are kept. */
export function trackLog(schedule: Schedule, entries: readonly TopicLogEntry[]): readonly LogDay[] {
  const around = surroundings(schedule);
  const { key } = around;
  const before = known.get(entries);
  if (before?.key === key) return before.days;
  const days = logDays(entries, around);
  known.set(entries, { key, days });
  return days;
}

function logDays(entries: readonly TopicLogEntry[], around: Surroundings): readonly LogDay[] {
  const { timezone } = around;
  const days: (LogDay & { entries: LogLine[] })[] = [];
  const ids = new Set<string>();
  for (const entry of entries.toReversed()) {
    const instant = new Date(entry.since);
    const { name, date } = dayAt(instant, timezone);
    let day = days.at(-1);
    if (day?.date !== date) {
      day = { name, date, zone: zoneName(timezone, instant), at: entry.since, entries: [] };
      days.push(day);
    }
    const id = `log-${entry.since}`;
    day.entries.push({ ...(!ids.has(id) && { id }), ...logLine(entry, date, around) });
    ids.add(id);
  }
  return days;
}

function logLine(
  { topic, since, until, by, location, room }: TopicLogEntry,
  day: string,
  { timezone, find, rooms }: Surroundings,
): LogLine {
  const time = (iso: string): Moment =>
    dayAt(new Date(iso), timezone).date === day
      ? { iso, label: timeOfDay(new Date(iso), timezone), form: 'time' }
      : moment(iso, timezone);
  const known = room === undefined ? undefined : rooms.get(room);
  const place = known
    ? [{ text: known.name, url: roomUrl(room!) }]
    : richText(location ?? room ?? '', find);
  return {
    topic: richText(topic, find),
    since: time(since),
    until: until === undefined ? undefined : time(until),
    by,
    place: place.length ? place : undefined,
  };
}
