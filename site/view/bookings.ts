import type { Day } from '../../schedule-data/format/file-schemas.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { offeredSlots } from '../../schedule-data/schedule/slots.ts';
import { dayHeads } from './grid.ts';
import { roomUrl } from './rooms.ts';
import { memo, memoEach } from '../content/memo.ts';
import { slotWhen, type SlotWhen } from './slot-times.ts';
import { trackAddress, trackFinder } from './track-names.ts';

/** A day on which a track has booked something. */
export interface BookedDay {
  readonly name: string;
  readonly date?: { readonly iso: string; readonly label: string };
  /** `MDT`, or `America/Denver` while nobody knows the date. */
  readonly zone: string;
  readonly bookings: readonly Booking[];
}

export interface Booking extends SlotWhen {
  readonly slot: string;
  readonly room: { readonly name: string; readonly path: string };
  readonly join?: string;
}

/** The bookings of a track, in order of time. */
export const bookingsOf = memoEach(
  (schedule: Schedule, slug): readonly BookedDay[] => allBookings(schedule).get(slug) ?? [],
);

/** Those of all tracks by slug. */
const allBookings = memo((schedule: Schedule): ReadonlyMap<string, readonly BookedDay[]> => {
  const { event, rooms } = schedule;
  const find = trackFinder(schedule);
  const heads = new Map(dayHeads(event).map((head, index) => [event.days[index], head]));
  const tracks = new Map<string, (BookedDay & { day: Day; bookings: Booking[] })[]>();
  for (const { day, slot, room, track } of offeredSlots(schedule)) {
    if (track === null) continue;
    const slug = find(track)?.slug;
    if (slug === undefined) continue;
    const days = tracks.get(slug) ?? [];
    tracks.set(slug, days);
    let last = days.at(-1);
    if (last?.day !== day) {
      const { name, date, zone } = heads.get(day)!;
      days.push((last = { name, date, zone, day, bookings: [] }));
    }
    const { name, url } = rooms.get(room)!;
    const join = trackAddress(schedule, slug) ?? url;
    last.bookings.push({
      slot: slot.name,
      ...slotWhen(day, slot, event.timezone),
      room: { name, path: roomUrl(room) },
      join,
    });
  }
  return new Map(
    [...tracks].map(([slug, days]) => [slug, days.map(({ day: _, ...rest }) => rest)]),
  );
});
