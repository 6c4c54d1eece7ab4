import { etherpadAddress, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import type { Track } from '../../schedule-data/format/file-schemas.ts';
import { jointWith } from '../../schedule-data/schedule/tracks.ts';
import { badge, type Badge } from './badge.ts';
import { memo, memoEach } from '../content/memo.ts';
import { roomView } from './rooms.ts';
import { richText, type Piece } from './rich-text.ts';
import { weekday, zoneName } from '../../schedule-data/text/clock.ts';
import { moment, type Moment } from './times.ts';
import { topicUrl } from './topic-address.ts';
import { trackFinder, type FindTrack } from './track-names.ts';

/** Where a track meets, and how to get in from afar; one of them may be missing. */
export interface TrackPlace {
  readonly name?: readonly Piece[];
  readonly join?: string;
  /** Until when the room is full, if it is. */
  readonly full?: Moment;
}

/** Somebody who is checked in with a track. */
export interface Present {
  readonly nick: string;
  /** In UTC, `2018-09-10T15:04:05Z`. */
  readonly since: string;
}

/** One track in a list of what is discussed. */
interface Entry {
  readonly id: string;
  readonly badge: Badge;
  /** Slug of the room that the track is in; missing when it is elsewhere. */
  readonly room?: string;
  readonly place?: TrackPlace;
  readonly etherpad: string;
  readonly here: readonly Present[];
}

/** Since when, on a board that names the zone above. */
export interface Since extends Moment {
  /** `Wed`, which matters only on another day. */
  readonly weekday: string;
  /** `MDT`. */
  readonly zone: string;
}

const sinceView = (iso: string, timezone: string): Since => ({
  ...moment(iso, timezone, 'time'),
  weekday: weekday(new Date(iso), timezone),
  zone: zoneName(timezone, new Date(iso)),
});

/** What a track discusses now. */
export interface NowEntry extends Entry {
  /** Of the tracks that discuss it jointly with this one. */
  readonly others: readonly Badge[];
  readonly topic: readonly Piece[];
  readonly since?: Since;
}

/** What comes next for a track. */
export interface NextEntry extends Entry {
  readonly items: readonly (readonly Piece[])[];
}

/** What the boards of discussions are made of. */
type Content = Pick<App.Locals, 'schedule' | 'presence'>;

/** What all tracks discuss now, the newest first; what some discuss jointly stands there once. */
export const nowEntries = memo((content: Content) => jointOnce(nowOfTracks(content)));

/** What each track discusses now, the newest first. */
export const nowOfTracks = memo((content: Content): readonly NowEntry[] =>
  [...content.schedule.tracks.keys()]
    .flatMap((slug) => nowEntry(content, slug) ?? [])
    .sort((one, other) => instantOf(other) - instantOf(one)),
);

/** Of what nobody knows since when, the beginning of time. */
const instantOf = ({ since }: NowEntry) => (since ? Date.parse(since.iso) : 0);

/** Leaves of a joint discussion the entry of the first track. */
export function jointOnce(entries: readonly NowEntry[]): readonly NowEntry[] {
  const shown = new Set<string | undefined>();
  return entries.filter(({ badge, others }) => {
    if (shown.has(badge.track)) return false;
    for (const { track } of others) shown.add(track);
    return true;
  });
}

const nowEntry = memoEach((content: Content, slug): NowEntry | undefined => {
  const { schedule } = content;
  const track = schedule.tracks.get(slug);
  if (!track?.now) return undefined;
  const { topic, since } = track.now;
  const find = trackFinder(schedule);
  return {
    ...entry('now', slug, track, content),
    others: jointWith(schedule, slug, track).map((other) => badge(other, find)),
    topic: richText(topic, find),
    since:
      since === undefined
        ? since
        : { ...sinceView(since, schedule.event.timezone), url: topicUrl(slug, since) },
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
  const find = trackFinder(schedule);
  return {
    id: `${kind}-${slug}`,
    badge: badge(slug, find),
    room: track.location === undefined ? track.room : undefined,
    place: trackPlace(schedule, track, find),
    etherpad: etherpadAddress(schedule.event, slug, track),
    here: presentWith(content, slug),
  };
}

/** Who is checked in with a track. */
export const presentWith = memoEach(
  ({ presence }: Pick<Content, 'presence'>, slug): readonly Present[] =>
    presence.filter(({ track }) => track === slug).map(({ nick, since }) => ({ nick, since })),
);

/** A location set by hand wins over the room of the booking, and a track's own address over that of the room. */
export function trackPlace(
  schedule: Schedule,
  track: Track,
  find: FindTrack,
): TrackPlace | undefined {
  const { location, url } = track;
  if (location !== undefined) return { name: richText(location, find), join: url };
  const room = track.room === undefined ? undefined : roomView(schedule, track.room);
  if (room)
    return {
      name: [{ text: room.name, url: room.path }],
      join: url ?? room.url,
      full: room.full,
    };
  return url === undefined ? undefined : { join: url };
}
