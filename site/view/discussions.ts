import { etherpadAddress, type Schedule } from '../../schedule-data/schedule.ts';
import type { CheckIn } from '../../schedule-data/presence.ts';
import type { Track } from '../../schedule-data/format.ts';
import { badge, type Badge } from './badge.ts';
import { roomPath } from './rooms.ts';
import { richText, type Piece } from './rich-text.ts';
import { moment, type Moment } from './times.ts';
import type { FindTrack } from './track-names.ts';

/** Where a track meets, and how to get in from afar. */
export interface Place {
  readonly name: readonly Piece[];
  readonly join?: string;
}

/** One track in the list of what is discussed now. */
export interface NowEntry {
  readonly id: string;
  readonly badge: Badge;
  readonly topic: readonly Piece[];
  readonly place?: Place;
  readonly since?: Moment;
  readonly by?: string;
  readonly etherpad: string;
  /** Nicks of who is checked in with the track. */
  readonly here: readonly string[];
}

/** One track in the list of what comes next. */
export interface NextEntry {
  readonly id: string;
  readonly badge: Badge;
  readonly items: readonly (readonly Piece[])[];
  readonly etherpad: string;
  readonly here: readonly string[];
}

/** What the boards of discussions are made of. */
type Content = Pick<App.Locals, 'schedule' | 'presence'>;

export function nowEntries({ schedule, presence }: Content, find: FindTrack): readonly NowEntry[] {
  const { event } = schedule;
  return [...schedule.tracks].flatMap(([slug, track]) => {
    if (!track.now) return [];
    const { topic, since, by } = track.now;
    return {
      id: `now-${slug}`,
      badge: badge(slug, find),
      topic: richText(topic, find),
      place: placeOf(schedule, track, find),
      since: since === undefined ? since : moment(since, event.timezone),
      by,
      etherpad: etherpadAddress(event, slug, track),
      here: nicksWith(slug, presence),
    };
  });
}

export function nextEntries(
  { schedule, presence }: Content,
  find: FindTrack,
): readonly NextEntry[] {
  return [...schedule.tracks].flatMap(([slug, track]) =>
    track.next.length === 0
      ? []
      : {
          id: `next-${slug}`,
          badge: badge(slug, find),
          items: track.next.map((item) => richText(item, find)),
          etherpad: etherpadAddress(schedule.event, slug, track),
          here: nicksWith(slug, presence),
        },
  );
}

function nicksWith(slug: string, presence: readonly CheckIn[]): readonly string[] {
  return presence.filter(({ track }) => track === slug).map(({ nick }) => nick);
}

/** A location set by hand wins over the room of the booking. */
export function placeOf(schedule: Schedule, track: Track, find: FindTrack): Place | undefined {
  if (track.location !== undefined) return { name: richText(track.location, find) };
  const room = track.room === undefined ? undefined : schedule.rooms.get(track.room);
  return room && { name: [{ text: room.name, url: roomPath(track.room!) }], join: room.url };
}
