import { colord, extend } from 'colord';
import lab from 'colord/plugins/lab';
import names from 'colord/plugins/names';
import type { CalendarEntry } from '../../schedule-data/history/calendar-log.ts';
import type { TopicLogEntry } from '../../schedule-data/history/topic-log.ts';
import { etherpadAddress } from '../../schedule-data/schedule/schedule.ts';
import { memo, memoEach } from '../content/memo.ts';
import { roomUrl } from './rooms.ts';
import type { RouteParams } from './route-params.ts';
import { shortMoment } from '../../schedule-data/text/clock.ts';
import { badgeColors } from './track-colors.ts';
import { trackFinder, trackUrl } from './track-names.ts';

extend([lab, names]);

/** A calendar as plain data. */
export interface Calendar {
  readonly name: string;
  readonly timezone: string;
  /** Absolute, of the calendar itself and of the page that shows the same; where the site's is known. */
  readonly source?: string;
  readonly url?: string;
  readonly events: readonly CalendarEvent[];
}

/** A track in a room, as RFC 5545 and 7986 call its parts. */
export interface CalendarEvent extends BookedEvent {
  /** What was discussed then, `09:05 MDT: cells`; and where that is to come, what is planned. */
  readonly announced: readonly string[];
}

/** The part of it that stays whatever is said. */
export interface BookedEvent {
  /** Unique in the world. */
  readonly uid: string;
  readonly sequence: number;
  /** When what stands here came about, in UTC. */
  readonly modified: string;
  /** UTC, `2018-09-10T15:00:00Z`. */
  readonly start: string;
  readonly end: string;
  readonly cancelled: boolean;
  /** Slugs. */
  readonly track: string;
  readonly room: string;
  readonly slots: readonly string[];
  readonly summary: string;
  readonly location: string;
  readonly etherpad: string;
  /** Where to join it from afar. */
  readonly conference?: string;
  /** The page of the track; absolute. */
  readonly url?: string;
  /** The name in CSS that comes closest to the colour of the track: calendars take only such. */
  readonly color: string;
}

type Content = Pick<App.Locals, 'schedule' | 'history' | 'calendar' | 'site'>;

/** All of the event. */
export function eventCalendar(content: Content): Calendar {
  return calendarOf(content, '', eventCalendarPath, '/', calendarEvents(content));
}

/** @param params a track by its name, or by a former one */
export function trackCalendar(content: Content, { track: name = '' }: RouteParams): Calendar {
  const found = trackFinder(content.schedule)(name);
  if (!found) throw new Error(`There is no track ${name}.`);
  const { slug, label } = found;
  const events = byTrack(content).get(slug) ?? [];
  return calendarOf(content, label, trackCalendarPath(slug), trackUrl(slug), events);
}

export function roomCalendar(content: Content, { room: slug = '' }: RouteParams): Calendar {
  const room = content.schedule.rooms.get(slug);
  if (!room) throw new Error(`There is no room ${slug}.`);
  const events = byRoom(content).get(slug) ?? [];
  return calendarOf(content, room.name, roomCalendarPath(slug), roomUrl(slug), events);
}

export const eventCalendarPath = '/ptg.ics';
export const trackCalendarPath = (slug: string) => `/${encodeURIComponent(slug)}.ics`;
export const roomCalendarPath = (slug: string) => `/rooms/${encodeURIComponent(slug)}.ics`;

function calendarOf(
  { schedule, site }: Content,
  of: string,
  source: string,
  page: string,
  events: readonly CalendarEvent[],
): Calendar {
  const { name, timezone } = schedule.event;
  return {
    name: of === '' ? name : `${of} · ${name}`,
    timezone,
    ...(site !== undefined && { source: site + source, url: site + page }),
    events,
  };
}

/** All entries by time, those that were cancelled included. */
const calendarEvents = memo((content: Content): readonly CalendarEvent[] =>
  [...entriesById(content).keys()].flatMap((id) => calendarEvent(content, id) ?? []),
);

export const bookedEvents = memo((content: Content): readonly BookedEvent[] =>
  [...entriesById(content).keys()].flatMap((id) => bookedEvent(content, id) ?? []),
);

const byTrack = memo((content: Content) =>
  Map.groupBy(calendarEvents(content), ({ track }) => track),
);
const byRoom = memo((content: Content) => Map.groupBy(calendarEvents(content), ({ room }) => room));

const entriesById = memo(({ calendar = [] }: Pick<Content, 'calendar'>) => {
  const order = (a: CalendarEntry, b: CalendarEntry) =>
    compare(a.start, b.start) || compare(a.room, b.room) || compare(a.id, b.id);
  return new Map(calendar.toSorted(order).map((entry) => [entry.id, entry]));
});

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const calendarEvent = memoEach((content: Content, id): CalendarEvent | undefined => {
  const event = bookedEvent(content, id);
  if (!event) return undefined;
  const { lines, last } = announced(content, event);
  const { modified } = event;
  return {
    ...event,
    announced: lines,
    modified: last !== undefined && last > modified ? last : modified,
  };
});

const bookedEvent = memoEach((content: Content, id): BookedEvent | undefined => {
  const entry = entriesById(content).get(id);
  if (!entry) return undefined;
  const { schedule, site } = content;
  const { track: slug, room: roomSlug, sequence, changed, start, end, cancelled, slots } = entry;
  const track = schedule.tracks.get(slug);
  const room = schedule.rooms.get(roomSlug);
  return {
    uid: uidOf(schedule.event.id, id),
    sequence,
    modified: changed,
    start,
    end,
    cancelled,
    track: slug,
    room: roomSlug,
    slots,
    summary: track?.name ?? slug,
    location: room?.name ?? roomSlug,
    etherpad: etherpadAddress(schedule.event, slug, track),
    conference: track?.url ?? room?.url,
    url: site !== undefined && track ? site + trackUrl(slug) : undefined,
    color: colorName(badgeColors(slug, track?.color).background),
  };
});

/** Plain ASCII, as some programs expect; it looks like an address, so that it is unique in the world. */
function uidOf(event: string, id: string): string {
  return `${[event, ...id.split('/')].map(encodeURIComponent).join('/')}@ptgbot.invalid`;
}

const knownNames = new Map<string, string>();

/** Finding the nearest of 140 names takes longer than all the rest of an entry. */
function colorName(hex: string): string {
  const name = knownNames.get(hex) ?? colord(hex).toName({ closest: true }) ?? 'gray';
  knownNames.set(hex, name);
  return name;
}

/** And when somebody said last what was discussed. */
function announced(
  { schedule, history }: Content,
  { track: slug, start, end }: BookedEvent,
): { readonly lines: readonly string[]; readonly last: string | undefined } {
  const topics = history.get(slug) ?? [];
  const during = topics.filter((entry) => isDuring(entry, start, end));
  const newest = topics.at(-1);
  // There is no clock here: what ended before the last topic began is over.
  const isOver = newest !== undefined && end <= instant(newest.since);
  const next = isOver ? [] : (schedule.tracks.get(slug)?.next ?? []);
  const { timezone } = schedule.event;
  const lines = [
    ...during.map(({ since, topic }) => `${shortMoment(new Date(since), timezone)}: ${topic}`),
    ...next.map((topic) => `Next: ${topic}`),
  ];
  const last = during.at(-1)?.since;
  return { lines, last: last === undefined ? undefined : instant(last) };
}

/** Did it begin there? What somebody said before belongs to what was before. */
function isDuring({ since }: TopicLogEntry, start: string, end: string): boolean {
  const at = instant(since);
  return at >= start && at < end;
}

/** Without fractions of a second, so that it compares as text. */
const instant = (text: string) => text.replace(/\.\d+Z$/, 'Z');
