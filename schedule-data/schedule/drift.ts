/**
 * What is booked and what was really said, together: does a track keep to its times? Pure, and without
 * imports, as browsers use this, too.
 */

/** When something is booked, in UTC: `2018-09-10T15:00:00Z`. */
export interface Booked {
  readonly room: string;
  readonly start: string;
  readonly end: string;
}

/** All of these are minutes. What is said so shortly before a meeting, or after it, is about it. */
export const around = 15;
/** What was said longer ago may be out of date. */
const freshTopic = 60;
/** For so long after its end, or after what it said since, a track may still be at it. */
const longestOverrun = 60;
/** Who has the same room again so soon is having a break. */
const longestBreak = 30;

/** Where a track is with what it booked; `minutes` are whole ones. */
export type Drift<M extends Booked> = { readonly next: M | undefined } & (
  | {
      /** Nothing is announced, although the meeting began these minutes ago. */
      readonly kind: 'not-started';
      readonly meeting: M;
      readonly minutes: number;
    }
  | { readonly kind: 'on-time'; readonly meeting: M }
  | {
      /** The last word of the meeting that is on is these minutes old. */
      readonly kind: 'quiet';
      readonly meeting: M;
      readonly minutes: number;
    }
  | {
      /** The meeting was to end these minutes ago, and the track has not gone on. */
      readonly kind: 'over';
      readonly meeting: M;
      readonly minutes: number;
    }
  /** It has no meeting at the moment; the last one that it had. */
  | { readonly kind: 'apart'; readonly last: M | undefined }
);

/**
 * @param meetings what the track booked, in any order
 * @param said its topic; undefined where it announced none, or cleared it. Without `since` it counts as said in time
 */
export function driftOf<M extends Booked>(
  meetings: readonly M[],
  said: { readonly since?: string | undefined } | undefined,
  now: Date,
): Drift<M> {
  const at = now.getTime();
  const sorted = meetings.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const begun = sorted.filter(({ start }) => Date.parse(start) <= at);
  const next = sorted[begun.length];
  const current = begun.findLast(({ end }) => Date.parse(end) > at);
  const since = said && Date.parse(said.since ?? now.toISOString());
  if (current) {
    if (since === undefined || since < heardFrom(current, sorted))
      return { kind: 'not-started', meeting: current, minutes: minutesTo(at, current.start), next };
    const minutes = Math.floor((at - since) / 60_000);
    return minutes >= freshTopic
      ? { kind: 'quiet', meeting: current, minutes, next }
      : { kind: 'on-time', meeting: current, next };
  }
  const last = begun.toSorted((a, b) => Date.parse(a.end) - Date.parse(b.end)).at(-1);
  const apart = { kind: 'apart', last, next } as const;
  if (!last || since === undefined || said?.since === undefined) return apart;
  const end = Date.parse(last.end);
  const isOfIt = since >= heardFrom(last, sorted) && since < end + around * 60_000;
  const isLong = at - Math.max(end, since) > longestOverrun * 60_000;
  const isBreak = next?.room === last.room && Date.parse(next.start) - end <= longestBreak * 60_000;
  const minutes = minutesTo(at, last.end);
  if (!isOfIt || isLong || isBreak || minutes < 1) return apart;
  return { kind: 'over', meeting: last, minutes, next };
}

/** In few words, as all say it; nothing of who is on time, or has no meeting. */
export function driftWords(drift: Drift<Booked>): string {
  switch (drift.kind) {
    case 'not-started':
      return 'not started yet';
    case 'quiet':
      return lastWord(drift.minutes);
    case 'over':
      return `running ${drift.minutes} min over`;
    case 'on-time':
    case 'apart':
      return '';
  }
}

/** `last word 95 min ago`, `last word 7 h ago` */
export function lastWord(minutes: number): string {
  const duration = minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
  return `last word ${duration} ago`;
}

function minutesTo(at: number, moment: string): number {
  return Math.floor((at - Date.parse(moment)) / 60_000);
}

/** From when on what a track says is about a meeting: not while the one before it is on. */
function heardFrom(meeting: Booked, meetings: readonly Booked[]): number {
  const start = Date.parse(meeting.start);
  const ends = meetings.map(({ end }) => Date.parse(end)).filter((end) => end <= start);
  return Math.max(start - around * 60_000, ...ends);
}
