import type { TopicLogEntry } from '../../schedule-data/history/topic-log.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { roomName, roomUrl } from './rooms.ts';
import { memoEach } from '../content/memo.ts';
import { richText, type Piece } from './rich-text.ts';
import { dayAt, moment, timeOfDay, zoneName, type Moment } from './times.ts';
import { trackFinder } from './track-names.ts';

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

type Content = Pick<App.Locals, 'schedule' | 'history'>;

/** What a track discussed, in days, the newest first. */
export const trackLog = memoEach(({ schedule, history }: Content, slug): readonly LogDay[] =>
  logDays(history.get(slug) ?? [], schedule),
);

function logDays(entries: readonly TopicLogEntry[], schedule: Schedule): readonly LogDay[] {
  const { timezone } = schedule.event;
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
    day.entries.push({ ...(!ids.has(id) && { id }), ...logLine(entry, date, schedule) });
    ids.add(id);
  }
  return days;
}

function logLine(
  { topic, since, until, by, location, room }: TopicLogEntry,
  day: string,
  schedule: Schedule,
): LogLine {
  const { timezone } = schedule.event;
  const find = trackFinder(schedule);
  const time = (iso: string): Moment =>
    dayAt(new Date(iso), timezone).date === day
      ? { iso, label: timeOfDay(new Date(iso), timezone), form: 'time' }
      : moment(iso, timezone);
  const name = room === undefined ? undefined : roomName(schedule, room);
  const place =
    name !== undefined
      ? [{ text: name, url: roomUrl(room!) }]
      : richText(location ?? room ?? '', find);
  return {
    topic: richText(topic, find),
    since: time(since),
    until: until === undefined ? undefined : time(until),
    by,
    place: place.length ? place : undefined,
  };
}
