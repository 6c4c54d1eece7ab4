import { driftOf, type Drift } from './drift.ts';
import { meetingsOf, type Meeting } from './meetings.ts';
import type { Schedule } from './schedule.ts';
import { jointWith } from './tracks.ts';

/** As of one track; it may also be with another one, in a joint session where that meets. */
export type TrackDrift =
  | Drift<Meeting>
  | { readonly kind: 'guest'; readonly meeting: Meeting; readonly next: Meeting | undefined };

/** How a track is with its times, by all that is known of the others, too. */
export function trackDrift(schedule: Schedule, slug: string, now: Date): TrackDrift {
  const drift = ownDrift(schedule, slug, now);
  if (drift.kind !== 'over' && drift.kind !== 'apart') return drift;
  const host = hostOf(schedule, slug, now);
  if (host) return { kind: 'guest', meeting: host, next: drift.next };
  if (drift.kind !== 'over') return drift;
  // Where somebody else is at work the room was left.
  const { meeting, next } = drift;
  const isTaken = meetingsOf(schedule).some(
    ({ track, room }) =>
      track !== slug && room === meeting.room && meetingAtWork(schedule, track, now)?.room === room,
  );
  return isTaken ? { kind: 'apart', last: meeting, next } : drift;
}

function ownDrift(schedule: Schedule, slug: string, now: Date): Drift<Meeting> {
  return driftOf(meetingsOf(schedule, slug), schedule.tracks.get(slug)?.now, now);
}

/** The meeting that is on, of a track that said what it is about. */
function meetingAtWork(schedule: Schedule, slug: string, now: Date): Meeting | undefined {
  const drift = ownDrift(schedule, slug, now);
  return drift.kind === 'on-time' || drift.kind === 'quiet' ? drift.meeting : undefined;
}

/** Where the other track of a joint session meets. */
function hostOf(schedule: Schedule, slug: string, now: Date): Meeting | undefined {
  const track = schedule.tracks.get(slug);
  const others = track ? jointWith(schedule, slug, track) : [];
  return others.map((other) => meetingAtWork(schedule, other, now)).find((meeting) => meeting);
}
