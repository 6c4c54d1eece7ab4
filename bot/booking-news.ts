/** What of bookings changed: what is booked, moved and cancelled, by whatever command. */
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { offeredSlots, slotCode, type OfferedSlot } from '../schedule-data/schedule/slots.ts';
import { slotWhen, wording } from './wording.ts';

/** As sentences that begin with the track, `#nova has booked …`. */
export function bookingNews(before: Schedule, after: Schedule): readonly string[] {
  // Most commands book nothing.
  if (before.rooms === after.rooms && before.event.days === after.event.days) return [];
  const [old, current] = [bookings(before), bookings(after)];
  const news: string[] = [];
  for (const [key, one] of current) {
    const was = old.get(key);
    const isSame = was?.slot.start === one.slot.start && was.slot.end === one.slot.end;
    if (!was) news.push(wording.bookedNews(one.track, where(after, one)));
    else if (!isSame) news.push(wording.movedNews(one.track, where(after, one)));
  }
  for (const [key, one] of old)
    if (!current.has(key) && after.tracks.has(one.track))
      news.push(wording.cancelledNews(one.track, where(before, one)));
  return news;
}

type Booking = OfferedSlot & { readonly track: string };

function bookings(schedule: Schedule): ReadonlyMap<string, Booking> {
  const all = new Map<string, Booking>();
  for (const one of offeredSlots(schedule)) {
    const { track } = one;
    if (track !== null) all.set(`${track} ${slotCode(one)}`, { ...one, track });
  }
  return all;
}

function where({ rooms }: Schedule, one: OfferedSlot): string {
  return `${rooms.get(one.room)!.name} on ${slotWhen(one.day, one.slot, slotCode(one))}`;
}
