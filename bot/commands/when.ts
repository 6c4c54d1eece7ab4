/** Whether a track keeps to its times: what is booked, and what was really said. */
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { slotTimes } from '../../schedule-data/schedule/slot-times.ts';
import { offeredSlots } from '../../schedule-data/schedule/slots.ts';
import { topicOfDay } from '../../schedule-data/schedule/topic.ts';
import { trackDrift } from '../../schedule-data/schedule/track-drift.ts';
import { jointWith, trackCalled } from '../../schedule-data/schedule/tracks.ts';
import { wording, type WhenFacts } from '../wording.ts';
import type { PersonCommand } from './command.ts';
import { unwrapped } from './quoted.ts';
import { unknownTrack } from './unknown-track.ts';

export const when: PersonCommand = {
  kind: 'person',
  name: 'when',
  asksTrack: true,
  usage: '+when #TRACK',
  summary:
    'tells whether a track keeps to its times: until when it meets and where, whether it has begun, runs over or is silent, and when it meets next.',
  example: '+when #nova',
  run: (schedule, text, { now }) => {
    if (!text) return { reply: wording.rightForm(when) };
    const name = unwrapped(text).replace(/^#/, '');
    const slug = trackCalled(schedule, name);
    if (slug === undefined) return unknownTrack(schedule, name);
    return { reply: wording.when(whenFacts(schedule, slug, now), schedule.event.timezone, now) };
  },
};

function whenFacts(schedule: Schedule, slug: string, now: Date): WhenFacts {
  const track = schedule.tracks.get(slug)!;
  const room = (one: string) => schedule.rooms.get(one)?.name ?? one;
  const drift = trackDrift(schedule, slug, now);
  const last = drift.kind === 'apart' ? drift.last : undefined;
  return {
    slug,
    drift,
    place: 'meeting' in drift ? (track.location ?? room(drift.meeting.room)) : track.location,
    topic: drift.kind === 'apart' ? topicOfDay(schedule.event, track, now) : track.now,
    joint: jointWith(schedule, slug, track),
    next: drift.next && { start: drift.next.start, room: room(drift.next.room) },
    last: last && { start: last.start, room: room(last.room) },
    undated: undatedBooking(schedule, slug),
  };
}

/** The first booking of which nobody knows when it is. */
function undatedBooking(schedule: Schedule, slug: string): WhenFacts['undated'] {
  const { timezone } = schedule.event;
  const found = offeredSlots(schedule).find(
    ({ track, day, slot }) => track === slug && !slotTimes(day, slot, timezone),
  );
  return found && { day: found.day, slot: found.slot, room: schedule.rooms.get(found.room)!.name };
}
