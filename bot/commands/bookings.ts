/** Slots of rooms: taking them, and giving them back. */
import { withRoom, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import {
  findSlots,
  nearestCode,
  offeredSlots,
  slotCode,
  type OfferedSlot,
} from '../../schedule-data/schedule/slots.ts';
import { freeToCome, overSince } from '../../schedule-data/schedule/slot-times.ts';
import { fold } from '../../schedule-data/text/slug.ts';
import { slotWhen, wording } from '../wording.ts';
import { clashesOfBooking } from './clashes.ts';
import type { Answer, Context, TrackCall, TrackCommand } from './command.ts';
import { hereExample } from './examples.ts';

/** How many free slots a reply proposes. */
const mostProposals = 3;

/** Does something with each slot that was named: with all of them, or where one can't, with none. */
function withSlots(
  command: TrackCommand,
  schedule: Schedule,
  { text }: TrackCall,
  { now }: Context,
  to: string | null,
  why: (found: OfferedSlot, code: string, all: readonly OfferedSlot[]) => string | undefined,
  tell: (found: readonly OfferedSlot[], after: Schedule) => Pick<Answer, 'reply' | 'clashes'>,
): Answer {
  if (!text) return { reply: wording.rightForm(hereExample(command, schedule, now)) };
  const all = offeredSlots(schedule);
  const found = findSlots(all, schedule.rooms, text);
  if ('unknown' in found) return { reply: whatSlot(schedule, all, found.unknown, now) };
  for (const one of found) {
    const refusal = why(one, slotCode(one), all);
    if (refusal !== undefined) return { reply: refusal };
  }
  const after = found.reduce((current, one) => withBooking(current, one, to), schedule);
  return { schedule: after, canonical: found.map(slotCode).join(', '), ...tell(found, after) };
}

function whatSlot(
  schedule: Schedule,
  all: readonly OfferedSlot[],
  text: string,
  now: Date,
): string {
  const free = freeToCome(schedule, all, now);
  const toCome = all.filter((one) => overSince(schedule, one, now) === undefined);
  const similar = free.filter(({ room, slot }) => [room, fold(slot.name)].includes(fold(text)));
  const proposals = (similar.length ? similar : free).slice(0, mostProposals).map(slotCode);
  // Whoever names the room or the slot alone may mean any of them.
  const meant = similar.length ? undefined : nearestCode(toCome, text);
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
  summary: 'books free slots, named as the page shows them; also a range of slots in one room.',
  example: '#nova book aspen-FriP1, aspen-FriP2',
  exampleOf: ({ track, free }) =>
    track !== undefined && free.length
      ? `#${track} book ${free.slice(0, 2).join(', ')}`
      : undefined,
  run: (schedule, call, context) =>
    withSlots(
      book,
      schedule,
      call,
      context,
      call.slug,
      (found, code, all) => {
        if (found.track === call.slug) return wording.heldAlready(call.slug, code);
        if (found.track === null) return undefined;
        const alike = all.filter(({ slot }) => slot === found.slot);
        const free = freeToCome(schedule, alike, context.now);
        return wording.takenSlot(code, found.track, free.slice(0, mostProposals).map(slotCode));
      },
      (found, after) => ({
        reply: bookedReply(schedule, call.slug, found, context.now),
        clashes: clashesOfBooking(after, call.slug, found, context),
      }),
    ),
};

/** What it has now, and which of that is of no use any more. */
function bookedReply(
  schedule: Schedule,
  slug: string,
  found: readonly OfferedSlot[],
  now: Date,
): string {
  const over = found.flatMap((one): [string, string][] => {
    const since = overSince(schedule, one, now);
    return since === undefined ? [] : [[slotCode(one), since]];
  });
  const { timezone } = schedule.event;
  return [
    wording.booked(slug, whenAndWhere(schedule, found)),
    ...(over.length ? [wording.slotsOver(over, found.length, timezone, now)] : []),
  ].join('. ');
}

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
  exampleOf: ({ booked }) => booked && `#${booked.track} unbook ${booked.code}`,
  run: (schedule, call, context) =>
    withSlots(
      unbook,
      schedule,
      call,
      context,
      null,
      ({ track }, code) => {
        if (track === null) return wording.notBooked(code);
        return track === call.slug ? undefined : wording.notYours(code, track);
      },
      (found) => ({ reply: wording.unbooked(found.map(slotCode)) }),
    ),
};
