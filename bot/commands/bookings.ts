/** Slots of rooms: taking them, and giving them back. */
import { withRoom, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import {
  findSlots,
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

/** Does something with each slot that was named: with all of them, or where one can't, with none. */
function withSlots(
  command: TrackCommand,
  schedule: Schedule,
  { text }: TrackCall,
  to: string | null,
  why: (found: OfferedSlot, code: string, all: readonly OfferedSlot[]) => string | undefined,
  reply: (found: readonly OfferedSlot[]) => string,
): Answer {
  if (!text) return { reply: wording.rightForm(command) };
  const all = offeredSlots(schedule);
  const found = findSlots(all, schedule.rooms, text);
  if ('unknown' in found) return { reply: whatSlot(all, found.unknown) };
  for (const one of found) {
    const refusal = why(one, slotCode(one), all);
    if (refusal !== undefined) return { reply: refusal };
  }
  return {
    schedule: found.reduce((current, one) => withBooking(current, one, to), schedule),
    canonical: found.map(slotCode).join(', '),
    reply: reply(found),
  };
}

function whatSlot(all: readonly OfferedSlot[], text: string): string {
  const free = all.filter(({ track }) => track === null);
  const similar = free.filter(({ room, slot }) => [room, fold(slot.name)].includes(fold(text)));
  const proposals = (similar.length ? similar : free).slice(0, mostProposals).map(slotCode);
  // Whoever names the room or the slot alone may mean any of them.
  const meant = similar.length ? undefined : nearestCode(all, text);
  return wording.unknownSlot(text, meant, proposals);
}

function withBooking(schedule: Schedule, { room, key }: OfferedSlot, track: string | null) {
  const before = schedule.rooms.get(room)!;
  return withRoom(schedule, room, { ...before, slots: new Map(before.slots).set(key, track) });
}

export const book: TrackCommand = {
  kind: 'track',
  name: 'book',
  usage: '#TRACK book SLOT…',
  summary: 'books free slots, named as the page shows them; of one room also from one to another.',
  example: '#nova book aspen-FriP1, aspen-FriP2',
  run: (schedule, call) =>
    withSlots(
      book,
      schedule,
      call,
      call.slug,
      (found, code, all) => {
        if (found.track === call.slug) return wording.heldAlready(call.slug, code);
        if (found.track === null) return undefined;
        const free = all.filter(({ slot, track }) => slot === found.slot && track === null);
        return wording.takenSlot(code, found.track, free.slice(0, mostProposals).map(slotCode));
      },
      (found) => wording.booked(call.slug, whenAndWhere(schedule, found)),
    ),
};

/** `Aspen on Friday 09:00-10:45 (aspen-FriA1), …`, the room only where it is another. */
function whenAndWhere({ rooms }: Schedule, found: readonly OfferedSlot[]): string {
  return found
    .map((one, index) => {
      const when = slotWhen(one.day, one.slot, slotCode(one));
      return one.room === found[index - 1]?.room ? when : `${rooms.get(one.room)!.name} on ${when}`;
    })
    .join(', ');
}

export const unbook: TrackCommand = {
  kind: 'track',
  name: 'unbook',
  usage: '#TRACK unbook SLOT…',
  summary: 'gives back slots that the track has booked.',
  example: '#nova unbook aspen-FriP1',
  run: (schedule, call) =>
    withSlots(
      unbook,
      schedule,
      call,
      null,
      ({ track }, code) => {
        if (track === null) return wording.notBooked(code);
        return track === call.slug ? undefined : wording.notYours(code, track);
      },
      (found) => wording.unbooked(found.map(slotCode)),
    ),
};
