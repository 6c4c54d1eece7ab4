/**
 * schedule/ is the schedule as an immutable value: what can be asked of it, and how it changes. It
 * never reads the clock, a file or the network.
 */
import type { Announcement, EventInfo, Room, Track } from '../format/file-schemas.ts';

/**
 * The whole schedule as one immutable value. The keys of rooms and tracks are their slugs; both
 * maps are in the order in which lists show them.
 */
export interface Schedule {
  readonly event: EventInfo;
  readonly rooms: ReadonlyMap<string, Room>;
  readonly tracks: ReadonlyMap<string, Track>;
  readonly announcements: readonly Announcement[];
}

/** Numbers in names by their value: Room 2 before Room 10. */
const byText = new Intl.Collator('en', { numeric: true }).compare;

/** Rooms by their `order`, then by name; tracks by slug. */
export function sortedSchedule(schedule: Schedule): Schedule {
  const rooms = [...schedule.rooms].sort(
    ([, a], [, b]) => (a.order ?? Infinity) - (b.order ?? Infinity) || byText(a.name, b.name),
  );
  const tracks = [...schedule.tracks].sort(([a], [b]) => byText(a, b));
  return { ...schedule, rooms: new Map(rooms), tracks: new Map(tracks) };
}

/** The same schedule with one track replaced. */
export function withTrack(schedule: Schedule, slug: string, track: Track): Schedule {
  return { ...schedule, tracks: new Map(schedule.tracks).set(slug, track) };
}

/** The same schedule with one room replaced. */
export function withRoom(schedule: Schedule, slug: string, room: Room): Schedule {
  return { ...schedule, rooms: new Map(schedule.rooms).set(slug, room) };
}

/** The address of the etherpad of a track: its own, else the one made from the event's. */
export function etherpadAddress(event: EventInfo, slug: string, track?: Track): string {
  return track?.etherpad ?? event.etherpads + encodeURIComponent(`${event.id}-${slug}`);
}

/** An event without rooms, tracks and announcements. */
export function emptySchedule(event: EventInfo): Schedule {
  return { event, rooms: new Map(), tracks: new Map(), announcements: [] };
}
