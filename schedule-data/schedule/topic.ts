import type { EventInfo, Track } from '../format/file-schemas.ts';
import { dateOfDay } from './slots.ts';

/** What a track discusses today; what it said on an earlier day of the event is over. */
export function topicOfDay(event: EventInfo, track: Track | undefined, now: Date): Track['now'] {
  const topic = track?.now;
  if (topic?.since === undefined) return topic;
  return dateOfDay(event, new Date(topic.since)) < dateOfDay(event, now) ? undefined : topic;
}
