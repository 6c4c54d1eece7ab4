/** What stands below the title where somebody pastes the address of a page: plain text, and not much. */
import { eventDate } from '../../schedule-data/schedule/event-day.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { dayBegins } from '../../schedule-data/schedule/slots.ts';
import type { NowEntry } from './board.ts';
import type { Piece } from './rich-text.ts';
import { datedMoment } from '../../schedule-data/text/clock.ts';
import type { TrackPage } from './track-page.ts';

/** Of what is longer, programs show only the begin. */
const longestPreview = 200;
const longestTopic = 90;

const characters = new Intl.Segmenter();

/** What people wrote, without marks that would turn around what stands behind it. */
export function plainText(pieces: readonly Piece[], between = ''): string {
  return pieces
    .map(({ text }) => text)
    .join(between)
    .replace(/\p{Bidi_Control}/gu, '');
}

/** At most so many UTF-16 units, whole characters, the last of them then `…`. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of characters.segment(text)) {
    if (kept.length + segment.length >= most) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * `Now (Wed 12 Sept 14:05 MDT): nova: cells · cinder: quotas · 3 more`, of entries the newest first. A page has
 * no clock: it says as of when that is, and leaves out what was said on an earlier day of the event
 * than the newest. Undefined when there is nothing.
 */
export function previewOfNow(
  entries: readonly NowEntry[],
  event: Schedule['event'],
): string | undefined {
  const newest = entries[0]?.since?.iso;
  const begins = dayBegins(event);
  const day = (iso: string) => eventDate(new Date(iso), event.timezone, begins);
  const newestDay = newest === undefined ? undefined : day(newest);
  const current = entries.filter(
    ({ since }) => !since || newestDay === undefined || day(since.iso) === newestDay,
  );
  const [first, ...others] = current.map(
    ({ badge, others, topic }) =>
      `${short(
        [badge, ...others].map(({ label }) => ({ text: label })),
        ', ',
      )}: ${short(topic)}`,
  );
  return first && listed([`${nowAsOf(newest, event.timezone)} ${first}`, ...others]);
}

/** `Now (Wed 12 Sept 14:05 MDT): cells · Aspen · next: quotas · lunch`, of one track. */
export function previewOfTrack(
  { now, place, next }: Pick<TrackPage, 'now' | 'place' | 'next'>,
  timezone: string,
): string | undefined {
  if (!now && next.length === 0) return undefined;
  return listed([
    ...(now ? [`${nowAsOf(now.since?.iso, timezone)} ${short(now.topic)}`] : []),
    ...(place?.name ? [short(place.name)] : []),
    ...next.map((topic, index) => (index === 0 ? `next: ${short(topic)}` : short(topic))),
  ]);
}

/** As many as there is space for, and how many more there are. */
function listed([first = '', ...others]: readonly string[]): string {
  let text = first;
  for (const [index, one] of others.entries()) {
    const longer = `${text} · ${one}`;
    if (longer.length > longestPreview) return `${text} · ${others.length - index} more`;
    text = longer;
  }
  return text;
}

const short = (pieces: readonly Piece[], between?: string) =>
  clipped(plainText(pieces, between), longestTopic);

const nowAsOf = (since: string | undefined, timezone: string) =>
  since === undefined ? 'Now:' : `Now (${datedMoment(new Date(since), timezone)}):`;
