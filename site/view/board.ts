import { etherpadAddress, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import type { CheckIn } from '../../schedule-data/schedule/presence.ts';
import type { Track } from '../../schedule-data/format/file-schemas.ts';
import { badge, type Badge } from './badge.ts';
import { memo } from './memo.ts';
import { roomUrl } from './rooms.ts';
import { richText, type Piece } from './rich-text.ts';
import { moment, type Moment } from './times.ts';
import { trackFinder, type FindTrack } from './track-names.ts';

/** Where a track meets, and how to get in from afar. */
export interface TrackPlace {
  readonly name: readonly Piece[];
  readonly join?: string;
}

/** One track in a list of what is discussed. */
interface Entry {
  readonly id: string;
  readonly badge: Badge;
  /** Slug of the room that the track is in; missing when it is elsewhere. */
  readonly room?: string;
  readonly etherpad: string;
  /** Nicks of who is checked in with the track. */
  readonly here: readonly string[];
}

/** What a track discusses now. */
export interface NowEntry extends Entry {
  readonly topic: readonly Piece[];
  readonly place?: TrackPlace;
  readonly since?: Moment;
  readonly by?: string;
}

/** What comes next for a track. */
export interface NextEntry extends Entry {
  readonly items: readonly (readonly Piece[])[];
}

/** What the boards of discussions are made of. */
type Content = Pick<App.Locals, 'schedule' | 'presence'>;

/** What all tracks discuss now, in their order. */
export const nowEntries = memo((content: Content): readonly NowEntry[] => {
  const { schedule } = content;
  const find = trackFinder(schedule);
  return [...schedule.tracks].flatMap(([slug, track]) => {
    if (!track.now) return [];
    const { topic, since, by } = track.now;
    return {
      ...entry('now', slug, track, content),
      topic: richText(topic, find),
      place: trackPlace(schedule, track, find),
      since: since === undefined ? since : moment(since, schedule.event.timezone),
      by,
    };
  });
});

/** What comes next for all tracks, in their order. */
export const nextEntries = memo((content: Content): readonly NextEntry[] => {
  const { schedule } = content;
  const find = trackFinder(schedule);
  return [...schedule.tracks].flatMap(([slug, track]) =>
    track.next.length === 0
      ? []
      : {
          ...entry('next', slug, track, content),
          items: track.next.map((item) => richText(item, find)),
        },
  );
});

function entry(
  kind: 'now' | 'next',
  slug: string,
  track: Track,
  { schedule, presence }: Content,
): Entry {
  return {
    id: `${kind}-${slug}`,
    badge: badge(slug, trackFinder(schedule)),
    room: track.location === undefined ? track.room : undefined,
    etherpad: etherpadAddress(schedule.event, slug, track),
    here: nicksWith(slug, presence),
  };
}

/** Who is checked in with a track. */
export function nicksWith(slug: string, presence: readonly CheckIn[]): readonly string[] {
  return presence.filter(({ track }) => track === slug).map(({ nick }) => nick);
}

/** A location set by hand wins over the room of the booking. */
export function trackPlace(
  schedule: Schedule,
  track: Track,
  find: FindTrack,
): TrackPlace | undefined {
  if (track.location !== undefined) return { name: richText(track.location, find) };
  const room = track.room === undefined ? undefined : schedule.rooms.get(track.room);
  return room && { name: [{ text: room.name, url: roomUrl(track.room!) }], join: room.url };
}
