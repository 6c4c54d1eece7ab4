/** Slots of rooms: taking them, and giving them back. */
import { withRoom, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import {
  findSlot,
  nearestCode,
  offeredSlots,
  slotCode,
  type OfferedSlot,
} from '../../schedule-data/schedule/slots.ts';
import { fold } from '../../schedule-data/text/slug.ts';
import { slotWhen, wording } from '../wording.ts';
import type { Answer, TrackCall, TrackCommand } from './command.ts';

/** How many free slots a reply proposes. */
const mostProposals = 3;

function withSlot(
  command: TrackCommand,
  schedule: Schedule,
  { text }: TrackCall,
  change: (found: OfferedSlot, code: string, all: readonly OfferedSlot[]) => Answer,
): Answer {
  if (!text) return { reply: wording.rightForm(command) };
  const all = offeredSlots(schedule);
  const found = findSlot(all, schedule.rooms, text);
  if (!found) {
    const free = all.filter(({ track }) => track === null);
    const similar = free.filter(({ room, slot }) => [room, fold(slot.name)].includes(fold(text)));
    const proposals = (similar.length ? similar : free).slice(0, mostProposals).map(slotCode);
    return { reply: wording.unknownSlot(text, nearestCode(all, text), proposals) };
  }
  return change(found, slotCode(found), all);
}

function withBooking(schedule: Schedule, { room, key }: OfferedSlot, track: string | null) {
  const before = schedule.rooms.get(room)!;
  return withRoom(schedule, room, { ...before, slots: new Map(before.slots).set(key, track) });
}

export const book: TrackCommand = {
  kind: 'track',
  name: 'book',
  usage: '#TRACK book SLOT',
  summary: 'books a free slot, named as the page shows it.',
  example: '#nova book aspen-FriP1',
  run: (schedule, call) =>
    withSlot(book, schedule, call, (found, code, all) => {
      if (found.track === call.slug) return { reply: wording.heldAlready(call.slug, code) };
      if (found.track !== null) {
        const free = all.filter(({ slot, track }) => slot === found.slot && track === null);
        const codes = free.slice(0, mostProposals).map(slotCode);
        return { reply: wording.takenSlot(code, found.track, codes) };
      }
      const room = schedule.rooms.get(found.room)!;
      return {
        schedule: withBooking(schedule, found, call.slug),
        reply: wording.booked(call.slug, room.name, slotWhen(found.day, found.slot, code)),
      };
    }),
};

export const unbook: TrackCommand = {
  kind: 'track',
  name: 'unbook',
  usage: '#TRACK unbook SLOT',
  summary: 'gives back a slot that the track has booked.',
  example: '#nova unbook aspen-FriP1',
  run: (schedule, call) =>
    withSlot(unbook, schedule, call, (found, code) => {
      if (found.track === null) return { reply: wording.notBooked(code) };
      if (found.track !== call.slug) return { reply: wording.notYours(code, found.track) };
      return { schedule: withBooking(schedule, found, null), reply: wording.unbooked(code) };
    }),
};
