/** What readers who asked for it are told of their tracks, as a page goes from one moment to the next. Pure. */
import type { Booked } from '../../../schedule-data/schedule/drift.ts';
import { timeOfDay } from '../../../schedule-data/text/clock.ts';

/** What a board says now. */
export interface Said {
  /** Slugs: whose it is, then those that discuss it jointly. */
  readonly tracks: readonly string[];
  readonly topic: string;
  /** Empty when nobody knows. */
  readonly place: string;
  /** In UTC; missing where the data do not tell. */
  readonly since: string | undefined;
}

/** What a page shows at a moment. */
export interface Moment {
  readonly said: readonly Said[];
  /** By slug. */
  readonly meetings: ReadonlyMap<string, readonly Booked[]>;
  readonly now: Date;
}

export type Occasion = {
  /** The same for the same thing, which is told once. */
  readonly id: string;
  /** Slugs. */
  readonly tracks: readonly string[];
} & (
  | ({ readonly kind: 'now' } & Pick<Said, 'topic' | 'place'>)
  | { readonly kind: 'soon'; readonly meeting: Booked }
);

/** Milliseconds before a meeting in which it is soon. */
const ahead = 10 * 60_000;
/** What was said longer ago is no news to a tab that slept. */
const fresh = 10 * 60_000;

/** What is so at a moment and was not so before. */
export function toNotify(
  before: Moment,
  after: Moment,
  stars: readonly string[],
): readonly Occasion[] {
  const known = new Set(occasionsOf(before).map(({ id }) => id));
  return occasionsOf(after).filter(
    ({ id, tracks }) => !known.has(id) && tracks.some((track) => stars.includes(track)),
  );
}

function occasionsOf({ said, meetings, now }: Moment): readonly Occasion[] {
  const topics = said
    .filter(({ since }) => since === undefined || +now - Date.parse(since) < fresh)
    .map(({ tracks, topic, place, since }) => ({
      kind: 'now' as const,
      id: `now ${tracks[0]} ${since ?? topic}`,
      tracks,
      topic,
      place,
    }));
  const soon = [...meetings].flatMap(([track, booked]) =>
    booked
      .filter(({ start }) => {
        const left = Date.parse(start) - +now;
        return left > 0 && left <= ahead;
      })
      .map((meeting) => ({
        kind: 'soon' as const,
        id: `soon ${track} ${meeting.start} ${meeting.room}`,
        tracks: [track],
        meeting,
      })),
  );
  return [...topics, ...soon];
}

/** What a notification says; the first line stands out. */
export function wordsOf(
  occasion: Occasion,
  labelOf: (track: string) => string,
  zone: string,
): { readonly title: string; readonly body: string } {
  const names = occasion.tracks.map(labelOf).join(', ');
  if (occasion.kind === 'now') {
    const { topic, place } = occasion;
    return { title: `${names} now`, body: place ? `${topic}\n${place}` : topic };
  }
  const { start, room } = occasion.meeting;
  return { title: `${names} begins at ${timeOfDay(new Date(start), zone)}`, body: room };
}
