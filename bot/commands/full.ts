/** A room with no place left. */
import { withRoom, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import { slotMinutes, slotsOn, slotsToday } from '../../schedule-data/schedule/slots.ts';
import { instantOf } from '../../schedule-data/text/text.ts';
import { wording } from '../wording.ts';
import type { TrackCommand } from './command.ts';
import { isNone } from './no-value.ts';

/** How long a room counts as full while no slot of it is on, in minutes. */
const usualTime = 60;

/** Until when a room that is full now is: the end of its slot. */
export function fullUntil(schedule: Schedule, room: string, now: Date): string {
  const today = slotsToday(schedule, now);
  const on = slotsOn(today).find((one) => one.room === room);
  const minutes = on ? slotMinutes(on.slot).end - today.minutes : usualTime;
  const wholeMinute = Math.floor(now.getTime() / 60_000);
  return instantOf(new Date((wholeMinute + minutes) * 60_000));
}

export const full: TrackCommand = {
  kind: 'track',
  name: 'full',
  usage: '#TRACK full [none]',
  summary: 'says that the room of the track is full, until its slot ends; none takes that back.',
  example: '#nova full',
  run: (schedule, { slug, track, text }, { now }) => {
    if (text && !isNone(text)) return { reply: wording.rightForm(full) };
    const on = slotsOn(slotsToday(schedule, now)).find((one) => one.track === slug);
    const name = on?.room ?? (track.location === undefined ? track.room : undefined);
    const room = name === undefined ? undefined : schedule.rooms.get(name);
    if (name === undefined || !room) return { reply: wording.inNoRoom(slug) };
    const until = text ? undefined : fullUntil(schedule, name, now);
    return { schedule: withRoom(schedule, name, { ...room, full: until }) };
  },
};
