/** Finding a track by its name; renaming and deleting it together with its bookings. */
import type { Track } from '../format/file-schemas.ts';
import { etherpadAddress, sortedSchedule, type Schedule } from './schedule.ts';
import { fold, slugify } from '../text/slug.ts';

/** Every room with its bookings mapped; rooms in which nothing changes stay the same value. */
function withBookings(
  schedule: Schedule,
  map: (track: string | null) => string | null,
): Schedule['rooms'] {
  return new Map(
    [...schedule.rooms].map(([slug, room]) => {
      const slots = new Map([...room.slots].map(([key, track]) => [key, map(track)]));
      const isSame = [...slots].every(([key, track]) => room.slots.get(key) === track);
      return [slug, isSame ? room : { ...room, slots }];
    }),
  );
}

/** The schedule without a track; what it booked is free. */
export function withoutTrack(schedule: Schedule, slug: string): Schedule {
  const tracks = new Map(schedule.tracks);
  tracks.delete(slug);
  return {
    ...schedule,
    tracks,
    rooms: withBookings(schedule, (track) => (track === slug ? null : track)),
  };
}

/** The slots that a track has booked, over all rooms. */
export function bookingCount({ rooms }: Schedule, slug: string): number {
  return [...rooms.values()]
    .flatMap(({ slots }) => [...slots.values()])
    .filter((one) => one === slug).length;
}

/**
 * A track under a new name: its bookings move along, its etherpad stays where it is.
 * @param name what it is called now where that is not its slug; another name that it had stays, but
 *   for one that only spelled the old slug
 */
export function withRenamedTrack(
  schedule: Schedule,
  old: string,
  slug: string,
  name?: string,
): Schedule {
  const track = schedule.tracks.get(old)!;
  const tracks = new Map(schedule.tracks);
  tracks.delete(old);
  tracks.set(slug, {
    ...track,
    name:
      name ?? (track.name !== undefined && slugify(track.name) === old ? undefined : track.name),
    formerly: [...track.formerly.filter((one) => one !== slug), ...(old === slug ? [] : [old])],
    etherpad: etherpadAddress(schedule.event, old, track),
  });
  return sortedSchedule({
    ...schedule,
    tracks,
    rooms: withBookings(schedule, (one) => (one === old ? slug : one)),
  });
}

/** The slug of the track with this name, that had it before, or that is shown by it. */
export function trackCalled(
  { tracks }: Pick<Schedule, 'tracks'>,
  name: string,
): string | undefined {
  const wanted = fold(name);
  if (tracks.has(wanted)) return wanted;
  for (const [slug, { formerly }] of tracks) if (formerly.includes(wanted)) return slug;
  for (const [slug, track] of tracks)
    if (track.name !== undefined && fold(track.name) === wanted) return slug;
  return undefined;
}

/** The slugs of all tracks by whatever they may be called, folded: `trackCalled` for many names. */
export function slugsByName({
  tracks,
}: {
  readonly tracks: ReadonlyMap<string, Pick<Track, 'name' | 'formerly'>>;
}): ReadonlyMap<string, string> {
  const slugs = new Map<string, string>();
  // Later ones win: what is shown, former names, slugs.
  for (const [slug, { name }] of [...tracks].reverse())
    if (name !== undefined) slugs.set(fold(name), slug);
  for (const [slug, { formerly }] of [...tracks].reverse())
    for (const former of formerly) slugs.set(fold(former), slug);
  for (const slug of tracks.keys()) slugs.set(slug, slug);
  return slugs;
}

/** The tracks that discuss the same jointly: both say so, and neither has gone on. */
export function jointWith(
  { tracks }: Pick<Schedule, 'tracks'>,
  slug: string,
  { now }: Track,
): readonly string[] {
  return (now?.with ?? []).filter((other) => {
    const theirs = tracks.get(other)?.now;
    return (
      theirs?.with?.includes(slug) && theirs.topic === now?.topic && theirs.since === now.since
    );
  });
}

/** Where a track is, in words: its location, else its room; undefined when it said neither. */
export function placeOf(
  { rooms }: Pick<Schedule, 'rooms'>,
  { location, room }: Track,
): string | undefined {
  return location ?? (room === undefined ? undefined : rooms.get(room)?.name);
}

/** Where one joins a track from afar. */
export function joinAddress(
  { rooms }: Pick<Schedule, 'rooms'>,
  { url, location, room }: Pick<Track, 'url' | 'location' | 'room'>,
): string | undefined {
  return url ?? (location === undefined && room !== undefined ? rooms.get(room)?.url : undefined);
}
