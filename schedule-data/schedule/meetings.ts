import type { EventInfo, Room } from '../format/file-schemas.ts';
import { emptySchedule, type Schedule } from './schedule.ts';
import { slotTimes } from './slot-times.ts';
import { offeredSlots } from './slots.ts';

/** What a track booked in a room: a slot, or several without a break where the event joins them. */
export interface Meeting {
  /** Slugs. */
  readonly track: string;
  readonly room: string;
  /** Names of the slots, in order of time. */
  readonly slots: readonly string[];
  /** UTC, `2018-09-10T15:00:00Z`. */
  readonly start: string;
  readonly end: string;
}

/** What is booked at days with a date, room by room, in each in order of time; or that of one track. */
export function meetingsOf(schedule: Schedule, track?: string): readonly Meeting[] {
  const all = [...schedule.rooms].flatMap(([slug, room]) => meetingsIn(schedule.event, slug, room));
  return track === undefined ? all : all.filter((meeting) => meeting.track === track);
}

const known = new WeakMap<Room, { event: EventInfo; slug: string; meetings: readonly Meeting[] }>();

/** Kept with the room: a command changes one of them. */
function meetingsIn(event: EventInfo, slug: string, room: Room): readonly Meeting[] {
  const before = known.get(room);
  if (before?.event === event && before.slug === slug) return before.meetings;
  const rooms = new Map([[slug, room]]);
  const meetings: Meeting[] = [];
  const offered = offeredSlots({ ...emptySchedule(event), rooms });
  for (const { day, slot, track } of offered) {
    const times = track === null ? undefined : slotTimes(day, slot, event.timezone);
    if (track === null || !times) continue;
    const last = meetings.at(-1);
    if (last?.track === track && last.end === times.start && event.adjacentSlots !== 'separate')
      meetings.splice(-1, 1, { ...last, slots: [...last.slots, slot.name], end: times.end });
    else meetings.push({ track, room: slug, slots: [slot.name], ...times });
  }
  known.set(room, { event, slug, meetings });
  return meetings;
}
