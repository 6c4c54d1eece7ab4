import { etherpadAddress } from '../../schedule-data/schedule/schedule.ts';
import type { RouteParams } from './route-params.ts';
import { badge, type Badge } from './badge.ts';
import { bookingsOf, type BookedDay } from './bookings.ts';
import { jointWith } from '../../schedule-data/schedule/tracks.ts';
import { presentWith, trackPlace, type Present, type TrackPlace } from './board.ts';
import { trackCalendarPath } from './calendar.ts';
import { changesOf } from './change.ts';
import { trackFeedPath } from './changes-feed.ts';
import { previewOfTrack } from './preview.ts';
import { richText, type Piece } from './rich-text.ts';
import type { Moment } from './times.ts';
import { topicMoment } from './topic-address.ts';
import { subscription, type Subscription } from './subscription.ts';
import { trackFinder, trackUrl } from './track-names.ts';
import { trackLog, type LogDay } from './track-log.ts';

/** A name that a track had before leads to the one that it has now. */
interface FormerTrack {
  readonly kind: 'former';
  readonly name: string;
  readonly label: string;
  readonly path: string;
}

/** Everything that the page of a track shows. */
export interface TrackPage {
  readonly kind: 'track';
  readonly badge: Badge;
  /** What people type for it. */
  readonly slug: string;
  readonly path: string;
  readonly description: string;
  readonly formerly: readonly string[];
  readonly now?: {
    readonly topic: readonly Piece[];
    readonly since?: Moment;
    readonly by?: string;
    /** Of the tracks that discuss it jointly. */
    readonly others: readonly Badge[];
  };
  readonly next: readonly (readonly Piece[])[];
  readonly place?: TrackPlace;
  readonly etherpad: string;
  readonly url?: string;
  readonly here: readonly Present[];
  readonly days: readonly BookedDay[];
  readonly calendar: Subscription;
  readonly log: readonly LogDay[];
  /** Of what was changed, and of the feed of that. */
  readonly changes: string;
  readonly feed: string;
}

/** A page for each track, and a small one for each name that a track had before. */
export function trackPaths({
  schedule: { tracks },
}: Pick<App.Locals, 'schedule'>): readonly RouteParams[] {
  const former = [...tracks.values()].flatMap(({ formerly }) => formerly);
  return [...new Set([...tracks.keys(), ...former])].map((track) => ({ track }));
}

/** Throws when there is no such track. */
export function trackPage(
  locals: App.Locals,
  { track: name = '' }: RouteParams,
): TrackPage | FormerTrack {
  const { schedule } = locals;
  const find = trackFinder(schedule);
  const found = find(name);
  if (!found) throw new Error(`There is no track ${name}.`);
  const { slug, label } = found;
  const path = trackUrl(slug);
  if (slug !== name) return { kind: 'former', name, label, path };
  const track = schedule.tracks.get(slug)!;

  const { timezone } = schedule.event;
  const { now } = track;
  const discussion = {
    now: now && {
      topic: richText(now.topic, find),
      since: now.since === undefined ? undefined : topicMoment(slug, now.since, timezone),
      by: now.by,
      others: jointWith(schedule, slug, track).map((other) => badge(other, find)),
    },
    next: track.next.map((item) => richText(item, find)),
    place: trackPlace(schedule, track, find),
  };
  return {
    kind: 'track',
    badge: badge(slug, find),
    slug,
    path,
    formerly: track.formerly,
    description:
      previewOfTrack(discussion, timezone) ??
      `What ${label} discusses now and next, where, and what it has discussed.`,
    ...discussion,
    etherpad: etherpadAddress(schedule.event, slug, track),
    url: track.url,
    here: presentWith(locals, slug),
    days: bookingsOf(schedule, slug),
    calendar: subscription(locals, trackCalendarPath(slug), label),
    log: trackLog(locals, slug),
    changes: changesOf('track', slug, ...track.formerly),
    feed: trackFeedPath(slug),
  };
}
