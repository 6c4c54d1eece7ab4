/** Who is to be told that a slot begins soon. */
import type { People } from '../schedule-data/people/person.ts';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { joinAddress } from '../schedule-data/schedule/tracks.ts';
import { dateOfDay, slotCode, slotMinutes, slotsToday } from '../schedule-data/schedule/slots.ts';
import type { Notice } from './decide.ts';
import { wording } from './wording.ts';

/** How long before, in minutes. */
const ahead = 10;

export interface Reminder extends Notice {
  /** The same for the same slot and person; each is to be sent once. */
  readonly key: string;
}

/** The reminders that are due at a moment. */
export function remindersAt(schedule: Schedule, people: People, now: Date): readonly Reminder[] {
  const wanted = [...people].filter(([, { reminders }]) => reminders?.length);
  if (!wanted.length) return [];
  const today = slotsToday(schedule, now);
  const date = dateOfDay(schedule.event, now);
  return today.offered.flatMap((one) => {
    const minutes = slotMinutes(one.slot).start - today.minutes;
    const { track } = one;
    if (track === null || minutes <= 0 || minutes > ahead) return [];
    const room = schedule.rooms.get(one.room)!;
    const url = schedule.tracks.get(track)?.url;
    const join = joinAddress(schedule, { url, room: one.room });
    const text = wording.beginsSoon(track, minutes, room.name, join);
    return wanted
      .filter(([, { reminders }]) => reminders?.includes(track))
      .map(([key, person]) => ({ key: `${key} ${date} ${slotCode(one)}`, person, text }));
  });
}
