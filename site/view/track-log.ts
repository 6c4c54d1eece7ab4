import type { TopicLogEntry } from '../../schedule-data/history/topic-log.ts';
import { eventDate } from '../../schedule-data/schedule/event-day.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { roomUrl } from './rooms.ts';
import { memo, memoEach } from '../content/memo.ts';
import { richText, type Piece } from './rich-text.ts';
import { dayHeading, moment, type DayHeading, type Moment } from './times.ts';
import { topicId, topicUrl } from './topic-address.ts';
import { trackFinder, type FindTrack } from './track-names.ts';

/** What a track discussed on one day of the event's zone, the newest first. */
export interface LogDay extends DayHeading {
  readonly entries: readonly LogLine[];
}

export interface LogLine {
  /** Its `topicId`, where it is the only one that began then. */
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
export const trackLog = memoEach((content: Content, slug): readonly LogDay[] =>
  logDays(entriesOf(content, slug), slug, content.schedule),
);

/** What is on has its place there also while the history is not read yet. */
function entriesOf({ schedule, history }: Content, slug: string): readonly TopicLogEntry[] {
  const log = history.get(slug) ?? [];
  const { now, location, room } = schedule.tracks.get(slug) ?? {};
  if (now?.since === undefined || log.some(({ since }) => since === now.since)) return log;
  const { topic, since, by } = now;
  return [...log, { topic, since, by, location, room, commit: '' }];
}

function logDays(
  entries: readonly TopicLogEntry[],
  slug: string,
  schedule: Schedule,
): readonly LogDay[] {
  const { timezone } = schedule.event;
  const lineOf = logLines(schedule, slug);
  const days: (LogDay & { entries: LogLine[] })[] = [];
  const ids = new Set<string>();
  for (const entry of entries.toReversed()) {
    const { day, line } = lineOf(entry);
    if (days.at(-1)?.date.iso !== day)
      days.push({ ...dayHeading(entry.since, timezone), entries: [] });
    days.at(-1)!.entries.push(ids.has(line.id) ? withoutPage(line) : line);
    ids.add(line.id);
  }
  return days;
}

function withoutPage({ id: _, ...line }: DatedLine['line']): LogLine {
  const { url: __, ...since } = line.since;
  return { ...line, since };
}

interface DatedLine {
  /** `2018-09-12`. */
  readonly day: string;
  readonly line: LogLine & { readonly id: string };
}

/** Makes the line of an entry once: a log is long, and what was said stays as it was. */
const logLines = memoEach((schedule: Schedule, slug): ((entry: TopicLogEntry) => DatedLine) => {
  const { timezone } = schedule.event;
  const find = trackFinder(schedule);
  const rooms = roomNames(schedule);
  const lines = new WeakMap<TopicLogEntry, DatedLine>();
  return (entry) => {
    let line = lines.get(entry);
    if (!line) lines.set(entry, (line = datedLine(entry, slug, timezone, find, rooms)));
    return line;
  };
});

const roomNames = memo(
  ({ rooms }: Schedule): ReadonlyMap<string, string> =>
    new Map([...rooms].map(([slug, { name }]) => [slug, name])),
);

function datedLine(
  { topic, since, until, by, location, room }: TopicLogEntry,
  slug: string,
  timezone: string,
  find: FindTrack,
  rooms: ReadonlyMap<string, string>,
): DatedLine {
  const day = eventDate(new Date(since), timezone);
  const time = (iso: string): Moment =>
    eventDate(new Date(iso), timezone) === day
      ? moment(iso, timezone, 'time')
      : moment(iso, timezone, 'dated');
  const name = room === undefined ? undefined : rooms.get(room);
  const place =
    name !== undefined
      ? [{ text: name, url: roomUrl(room!) }]
      : richText(location ?? room ?? '', find);
  const line = {
    id: topicId(since),
    topic: richText(topic, find),
    since: { ...time(since), url: topicUrl(slug, since) },
    until: until === undefined ? undefined : time(until),
    by,
    place: place.length ? place : undefined,
  };
  return { day, line };
}
