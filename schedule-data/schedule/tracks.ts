/** Finding a track by its name; renaming and deleting it together with its bookings. */
import { etherpadAddress, sortedSchedule, type Schedule } from './schedule.ts';
import { fold } from '../text/slug.ts';

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

/** A track under a new name: its bookings move along, its etherpad stays where it is. */
export function withRenamedTrack(schedule: Schedule, old: string, slug: string): Schedule {
  const track = schedule.tracks.get(old)!;
  const tracks = new Map(schedule.tracks);
  tracks.delete(old);
  tracks.set(slug, {
    ...track,
    formerly: [...track.formerly.filter((name) => name !== slug), old],
    etherpad: etherpadAddress(schedule.event, old, track),
  });
  return sortedSchedule({
    ...schedule,
    tracks,
    rooms: withBookings(schedule, (one) => (one === old ? slug : one)),
  });
}

/** The slug of the track with this name, or that had it before. */
export function trackCalled({ tracks }: Schedule, name: string): string | undefined {
  const slug = fold(name);
  if (tracks.has(slug)) return slug;
  for (const [current, { formerly }] of tracks) if (formerly.includes(slug)) return current;
  return undefined;
}
