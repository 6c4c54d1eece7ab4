import { etherpadAddress, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import type { Track } from '../../schedule-data/format/file-schemas.ts';
import { badge, type Badge } from './badge.ts';
import { memo, memoEach } from '../content/memo.ts';
import { roomView } from './rooms.ts';
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
export const nowEntries = memo((content: Content): readonly NowEntry[] =>
  [...content.schedule.tracks.keys()].flatMap((slug) => nowEntry(content, slug) ?? []),
);

const nowEntry = memoEach((content: Content, slug): NowEntry | undefined => {
  const { schedule } = content;
  const track = schedule.tracks.get(slug);
  if (!track?.now) return undefined;
  const { topic, since, by } = track.now;
  const find = trackFinder(schedule);
  return {
    ...entry('now', slug, track, content),
    topic: richText(topic, find),
    place: trackPlace(schedule, track, find),
    since: since === undefined ? since : moment(since, schedule.event.timezone),
    by,
  };
});

/** What comes next for all tracks, in their order. */
export const nextEntries = memo((content: Content): readonly NextEntry[] =>
  [...content.schedule.tracks.keys()].flatMap((slug) => nextEntry(content, slug) ?? []),
);

const nextEntry = memoEach((content: Content, slug): NextEntry | undefined => {
  const { schedule } = content;
  const track = schedule.tracks.get(slug);
  if (!track?.next.length) return undefined;
  const find = trackFinder(schedule);
  return {
    ...entry('next', slug, track, content),
    items: track.next.map((item) => richText(item, find)),
  };
});

function entry(kind: 'now' | 'next', slug: string, track: Track, content: Content): Entry {
  const { schedule } = content;
  return {
    id: `${kind}-${slug}`,
    badge: badge(slug, trackFinder(schedule)),
    room: track.location === undefined ? track.room : undefined,
    etherpad: etherpadAddress(schedule.event, slug, track),
    here: nicksWith(content, slug),
  };
}

/** Nicks of who is checked in with a track. */
export const nicksWith = memoEach(
  ({ presence }: Pick<Content, 'presence'>, slug): readonly string[] =>
    presence.filter(({ track }) => track === slug).map(({ nick }) => nick),
);

/** A location set by hand wins over the room of the booking. */
export function trackPlace(
  schedule: Schedule,
  track: Track,
  find: FindTrack,
): TrackPlace | undefined {
  if (track.location !== undefined) return { name: richText(track.location, find) };
  const room = track.room === undefined ? undefined : roomView(schedule, track.room);
  return room && { name: [{ text: room.name, url: room.path }], join: room.url };
}
