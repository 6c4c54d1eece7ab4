import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { v5 as uuid } from 'uuid';
import type { Day } from '../../schedule-data/format/file-schemas.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { slotTimes } from '../../schedule-data/schedule/slot-times.ts';
import { fold } from '../../schedule-data/text/slug.ts';
import { minutesADay, timeOfMinutes } from '../../schedule-data/text/time-of-day.ts';
import { memo, memoEach } from '../content/memo.ts';
import { bookedEvents, type BookedEvent } from './calendar.ts';
import type { RouteParams } from './route-params.ts';
import { badgeColors } from './track-colors.ts';
import { trackLabel } from './track-names.ts';

/** The schedule as apps for conferences take it: what schedule.xml and schedule.json have in common. */
export interface Conference {
  /** Another one when something else stands here. */
  readonly version: string;
  readonly title: string;
  /** `denver_ptg`: at least four of a-z, 0-9 and _. */
  readonly acronym: string;
  /** With the offset of the event's zone, as all times here: `2018-09-10T09:00:00-06:00`. */
  readonly start: string;
  readonly end: string;
  readonly timezone: string;
  /** Of the page; absolute, where it is known. */
  readonly url?: string;
  /** Of schedule.xml. */
  readonly source?: string;
  readonly tracks: readonly { readonly name: string; readonly color: string }[];
  /** Those with a date, in order; at least one. */
  readonly days: readonly ConferenceDay[];
}

export interface ConferenceDay {
  /** From 1 on. */
  readonly index: number;
  /** `2018-09-10`. */
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly rooms: readonly ConferenceRoom[];
}

export interface ConferenceRoom {
  readonly name: string;
  readonly guid: string;
  /** By time; none begins before the one before it has ended. */
  readonly events: readonly ConferenceEvent[];
}

export interface ConferenceEvent {
  readonly guid: string;
  /** Positive, below 2³¹, unique and lasting: apps remember by it what somebody marked. */
  readonly id: number;
  readonly slug: string;
  readonly date: string;
  readonly end: string;
  /** Local, `09:00`. */
  readonly start: string;
  /** `01:45`; below a day. */
  readonly duration: string;
  readonly title: string;
  readonly room: string;
  /** Absolute; where the site's is not known, that of the etherpad. */
  readonly url: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

type Content = Pick<App.Locals, 'schedule' | 'history' | 'calendar' | 'site'>;

export const scheduleXmlPath = '/schedule.xml';
export const scheduleJsonPath = '/schedule.json';

/** These files need a date: without any there are none of them. */
export const hasDates = ({ event }: Schedule) => event.days.some(({ date }) => date !== undefined);

/** Parameters of such a file. */
export const whereDated = ({ schedule }: Pick<App.Locals, 'schedule'>): readonly RouteParams[] =>
  hasDates(schedule) ? [{}] : [];

/** Throws while no day has a date. */
export const conference = memo((content: Content): Conference => {
  const { schedule, site } = content;
  const { id, name, timezone } = schedule.event;
  const days = conferenceDays(content);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw new Error('No day has a date.');
  const rest = {
    title: name,
    acronym: acronymOf(id),
    start: first.start,
    end: last.end,
    timezone,
    ...(site !== undefined && { url: `${site}/`, source: site + scheduleXmlPath }),
    tracks: [...schedule.tracks.keys()].map((slug) => conferenceTrack(schedule, slug)),
    days,
  };
  const version = createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, 12);
  return { version, ...rest };
});

/** It stays through whatever is said. */
const conferenceTrack = memoEach((schedule: Schedule, slug) => ({
  name: trackLabel(schedule, slug),
  color: badgeColors(slug, schedule.tracks.get(slug)?.color).background,
}));

function conferenceDays(content: Content): readonly ConferenceDay[] {
  const { schedule } = content;
  const events = bookedEvents(content).filter(({ cancelled }) => !cancelled);
  const dayOfSlot = new Map(
    schedule.event.days.flatMap((day) => day.slots.map(({ name }) => [fold(name), day] as const)),
  );
  const ids = idsOf(events);
  const byDay = Map.groupBy(events, ({ slots: [slot = ''] }) => dayOfSlot.get(fold(slot)));
  return schedule.event.days
    .flatMap((day) => (day.date === undefined ? [] : [{ day, date: day.date }]))
    .sort((a, b) => a.date.localeCompare(b.date))
    .map(({ day, date }, index) => ({
      index: index + 1,
      date,
      ...boundsOf(day, date, schedule.event.timezone),
      rooms: roomsOf(schedule, byDay.get(day) ?? [], ids),
    }));
}

/** From its first slot to its last; without any all of the day. */
function boundsOf(day: Day, date: string, timezone: string) {
  const times = day.slots.flatMap((slot) => slotTimes(day, slot, timezone) ?? []);
  const midnight = (days: number) =>
    Temporal.PlainDate.from(date).add({ days }).toZonedDateTime(timezone).toInstant().toString();
  const [start = midnight(0)] = times.map((time) => time.start).sort();
  const [end = midnight(1)] = times
    .map((time) => time.end)
    .sort()
    .reverse();
  return { start: local(start, timezone), end: local(end, timezone) };
}

function roomsOf(
  schedule: Schedule,
  events: readonly BookedEvent[],
  ids: ReadonlyMap<string, number>,
): readonly ConferenceRoom[] {
  const byRoom = Map.groupBy(events, ({ room }) => room);
  const taken = new Set<string>();
  return [...schedule.rooms].flatMap(([slug, { name }]) =>
    withoutOverlap(byRoom.get(slug) ?? []).map((some, index) => {
      const room = freeName(name, taken);
      taken.add(room);
      return {
        name: room,
        guid: uuid(`${schedule.event.id}/rooms/${slug}/${index}`, uuid.URL),
        events: some.map((event) => eventOf(schedule, event, room, ids.get(event.uid)!)),
      };
    }),
  );
}

/** Apps know rooms by their names: `Aspen (2)` where there is an Aspen. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name} (${number})`;
    if (!taken.has(free)) return free;
  }
}

/** Apps show one thing at a time in a room: what is there at the same time is in a room of its own. */
function withoutOverlap(events: readonly BookedEvent[]): readonly (readonly BookedEvent[])[] {
  const rooms: BookedEvent[][] = [];
  for (const event of events) {
    const free = rooms.find((room) => room.at(-1)!.end <= event.start);
    if (free) free.push(event);
    else rooms.push([event]);
  }
  return rooms;
}

function eventOf(
  { event: { timezone, id: eventId } }: Schedule,
  event: BookedEvent,
  room: string,
  id: number,
): ConferenceEvent {
  const { uid, start, end, summary, etherpad, conference: join } = event;
  const guid = guidOf(uid);
  const date = local(start, timezone);
  const name = `${event.track}-${event.slots[0] ?? ''}`.toLowerCase().replace(/[^a-z0-9_]+/g, '-');
  return {
    guid,
    id,
    slug: `${acronymOf(eventId)}-${name}-${guid.slice(0, 8)}`,
    date,
    end: local(end, timezone),
    start: date.slice(11, 16),
    duration: duration(start, end),
    title: summary,
    room,
    url: ascii(event.url ?? etherpad),
    links: [
      { title: 'Etherpad', url: ascii(etherpad) },
      ...(join === undefined ? [] : [{ title: 'Join', url: ascii(join) }]),
    ],
  };
}

/** An address as their schemas want it: other letters than those of ASCII encoded. */
const ascii = (address: string) => new URL(address).href;

const guidOf = (uid: string) => uuid(uid, uuid.URL);

/** Numbers made from what they stand for; of two that come out alike, the one with the later UID is raised. */
function idsOf(events: readonly BookedEvent[]): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  const taken = new Set<number>();
  for (const uid of events.map((event) => event.uid).sort()) {
    let id = Number.parseInt(guidOf(uid).slice(0, 8), 16) >>> 1;
    while (id === 0 || taken.has(id)) id = (id + 1) % 2 ** 31;
    taken.add(id);
    ids.set(uid, id);
  }
  return ids;
}

function acronymOf(id: string): string {
  const plain = id.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return /^_*$/.test(plain) ? 'event' : plain.padEnd(4, '_');
}

/** `01:45`; apps take none that lasts a day. */
function duration(start: string, end: string): string {
  const minutes = Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
  return timeOfMinutes(Math.min(minutes, minutesADay - 1));
}

/** `2018-09-10T09:00:00-06:00` of an instant in UTC. */
function local(instant: string, timezone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timezone).toString({
    timeZoneName: 'never',
    smallestUnit: 'second',
  });
}
