/** What somebody who speaks for a track should know of others at the same time. It hinders nobody. */
import {
  clashesOfNext,
  clashesOfSlots,
  meetingsElsewhere,
  type Clash,
} from '../../schedule-data/schedule/clashes.ts';
import type { Meeting } from '../../schedule-data/schedule/meetings.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import type { OfferedSlot } from '../../schedule-data/schedule/slots.ts';
import { sharedFollowersOf } from '../followers.ts';
import { wording } from '../wording.ts';
import type { ClashNotice, Context } from './command.ts';

/** Of those whom a topic names, who meets elsewhere right now. */
export function clashesNow(
  schedule: Schedule,
  slug: string,
  others: ReadonlySet<string>,
  { now }: Context,
): readonly ClashNotice[] {
  if (!others.size) return [];
  const { timezone } = schedule.event;
  return meetingsElsewhere(schedule, slug, others, now).map(({ theirs, mine }) => {
    const start = mine && Date.parse(mine.start) > Date.parse(theirs.start) ? mine : theirs;
    const { location } = schedule.tracks.get(theirs.track)!;
    const text = wording.meetsElsewhere(
      theirs.track,
      location === undefined ? `in ${roomName(schedule, theirs)}` : `elsewhere (${location})`,
      theirs.end,
      timezone,
      now,
    );
    return { key: keyOf(slug, theirs.track, start.start), text };
  });
}

/** Of those whom a plan names, who meets elsewhere when the track has its next slot. */
export function clashesNext(
  schedule: Schedule,
  slug: string,
  others: ReadonlySet<string>,
  { now }: Context,
): readonly ClashNotice[] {
  if (!others.size) return [];
  return clashesOfNext(schedule, slug, others, now).map((clash) => {
    const [, theirs] = clash.meetings;
    const text = wording.meetsElsewhereNext(
      slug,
      theirs.track,
      roomName(schedule, theirs),
      clash,
      schedule.event.timezone,
      now,
    );
    return { key: keyOf(slug, theirs.track, clash.start), text };
  });
}

/** With whom slots that a track has just booked collide. */
export function clashesOfBooking(
  after: Schedule,
  slug: string,
  slots: readonly OfferedSlot[],
  { now, people }: Context,
): readonly ClashNotice[] {
  return clashesOfSlots(after, slug, slots, now, sharedFollowersOf(people)).map((clash) => {
    const [first, second] = clash.meetings;
    const isBooked = ({ room, slots: names }: Meeting) =>
      slots.some((one) => one.room === room && names.includes(one.slot.name));
    const other =
      first.track === slug && (second.track !== slug || isBooked(first)) ? second : first;
    const text = wording.bookedClash(
      slug,
      clash,
      other.track,
      roomName(after, other),
      after.event.timezone,
      now,
    );
    return { key: keyOf(first.track, second.track, clash.start), text };
  });
}

/** One clash among all, for whoever lays out the event. */
export function clashListed(schedule: Schedule, clash: Clash, now: Date): string {
  const [first, second] = clash.meetings;
  const trackIn = (one: Meeting) => [one.track, roomName(schedule, one)] as const;
  const places = [trackIn(first), trackIn(second)] as const;
  return wording.clash(clash, places, schedule.event.timezone, now);
}

function roomName({ rooms }: Schedule, { room }: Meeting): string {
  return rooms.get(room)?.name ?? room;
}

/** The same whoever of them causes it, and whether it is planned or happens. */
function keyOf(track: string, other: string, start: string): string {
  return [...[track, other].sort(), start].join(' ');
}
