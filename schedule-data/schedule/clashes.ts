/** Where people would have to be in two rooms at once. Pure; what has no date is unknown, and no clash. */
import { fold } from '../text/slug.ts';
import { instantOf } from '../text/text.ts';
import { meetingsOf, type Meeting } from './meetings.ts';
import { mentionsIn } from './mentions.ts';
import { overlap } from './overlap.ts';
import type { Schedule } from './schedule.ts';
import { topicOfDay } from './topic.ts';
import { trackCalled } from './tracks.ts';

/** Two meetings at the same time in two rooms, and why that matters. */
export interface Clash {
  /** In the order of importance. */
  readonly kind: 'same-track' | 'named' | 'followers';
  /** The first one names the other, where one does. */
  readonly meetings: readonly [Meeting, Meeting];
  /** How many people follow both. */
  readonly followers: number;
  /** While both are on; UTC. */
  readonly start: string;
  readonly end: string;
}

const importance: readonly Clash['kind'][] = ['same-track', 'named', 'followers'];

/** How many people follow both of two tracks, where that are enough to be worth a word; else 0. */
export type SharedFollowers = (track: string, other: string) => number;

/** Instants of meetings are all written alike, so they compare as texts. */
const isToCome = (now: Date) => {
  const from = instantOf(now);
  return ({ end }: { readonly end: string }) => end > from;
};
const byStart = (a: { readonly start: string }, b: { readonly start: string }) =>
  a.start < b.start ? -1 : a.start > b.start ? 1 : 0;

/** All clashes that are not over, the most important first, then by time. */
export function clashesToCome(
  schedule: Schedule,
  now: Date,
  sharedFollowers: SharedFollowers,
): readonly Clash[] {
  const meetings = meetingsOf(schedule).filter(isToCome(now)).toSorted(byStart);
  const clash = clashFinder(schedule, now, sharedFollowers);
  const found: Clash[] = [];
  for (const [index, one] of meetings.entries())
    for (let other = index + 1; other < meetings.length; other++) {
      if (meetings[other]!.start >= one.end) break;
      found.push(...clash(one, meetings[other]!));
    }
  return byImportance(found);
}

/** The clashes of slots that a track has booked, as far as these are not over. */
export function clashesOfSlots(
  schedule: Schedule,
  track: string,
  slots: readonly { readonly room: string; readonly slot: { readonly name: string } }[],
  now: Date,
  sharedFollowers: SharedFollowers,
): readonly Clash[] {
  const all = meetingsOf(schedule).filter(isToCome(now));
  const mine = all.filter(
    (one) =>
      one.track === track &&
      slots.some(({ room, slot }) => room === one.room && one.slots.includes(slot.name)),
  );
  const clash = clashFinder(schedule, now, sharedFollowers);
  const pairs = mine.flatMap((one, index) =>
    // Of two that were booked together once.
    all.filter((other) => !mine.slice(0, index + 1).includes(other)).map((other) => [one, other]),
  );
  return byImportance(pairs.flatMap(([one, other]) => clash(one!, other!)));
}

/** Where those whom a track names meet elsewhere while it has its next meeting, else the one that is on. */
export function clashesOfNext(
  schedule: Schedule,
  track: string,
  named: Iterable<string>,
  now: Date,
): readonly Clash[] {
  const mine = meetingsOf(schedule, track).filter(isToCome(now)).toSorted(byStart);
  const next = mine.find(({ start }) => start > instantOf(now)) ?? mine[0];
  if (!next) return [];
  return [...named].flatMap((other) => {
    if (other === track) return [];
    return meetingsOf(schedule, other).flatMap((theirs) => {
      const span = overlapElsewhere(next, theirs);
      return span ? [{ kind: 'named', meetings: [next, theirs], followers: 0, ...span }] : [];
    });
  });
}

/** Where those whom a track names are meeting elsewhere at a moment. */
export function meetingsElsewhere(
  schedule: Schedule,
  track: string,
  named: Iterable<string>,
  now: Date,
): readonly { readonly theirs: Meeting; readonly mine: Meeting | undefined }[] {
  const at = instantOf(now);
  const isOn = ({ start, end }: Meeting) => start <= at && at < end;
  const on = meetingsOf(schedule).filter(isOn);
  const mine = on.find((one) => one.track === track);
  const placeOf = (slug: string, meeting: Meeting | undefined) =>
    fold(schedule.tracks.get(slug)?.location ?? meeting?.room ?? '');
  return [...named].flatMap((other) => {
    if (other === track) return [];
    const all = on.filter((one) => one.track === other);
    const isHere = all.some((theirs) => placeOf(other, theirs) === placeOf(track, mine));
    return all[0] && !isHere ? [{ theirs: all[0], mine }] : [];
  });
}

/** The time that two meetings in different rooms have in common. */
const overlapElsewhere = (a: Meeting, b: Meeting) =>
  a.room === b.room ? undefined : overlap(a, b);

function clashFinder(
  schedule: Schedule,
  now: Date,
  sharedFollowers: SharedFollowers,
): (one: Meeting, other: Meeting) => readonly Clash[] {
  const known = new Map<string, ReadonlySet<string>>();
  const namedBy = (track: string) => {
    const named = known.get(track) ?? tracksNamedBy(schedule, track, now);
    known.set(track, named);
    return named;
  };
  return (one, other) => {
    const span = overlapElsewhere(one, other);
    // A name that is no track, such as "closed", may stand in all rooms.
    if (!span || ![one, other].every(({ track }) => schedule.tracks.has(track))) return [];
    const make = (kind: Clash['kind'], meetings: Clash['meetings'], followers = 0) => [
      { kind, meetings, followers, ...span },
    ];
    if (one.track === other.track) return make('same-track', [one, other]);
    if (namedBy(one.track).has(other.track)) return make('named', [one, other]);
    if (namedBy(other.track).has(one.track)) return make('named', [other, one]);
    const followers = sharedFollowers(one.track, other.track);
    return followers ? make('followers', [one, other], followers) : [];
  };
}

/** Whom a track names in what it discusses today, or plans to. */
function tracksNamedBy(schedule: Schedule, slug: string, now: Date): ReadonlySet<string> {
  const track = schedule.tracks.get(slug);
  const topic = topicOfDay(schedule.event, track, now);
  const find = (name: string) => trackCalled(schedule, name);
  const texts = [topic?.topic ?? '', ...(track?.next ?? [])];
  return new Set([...(topic?.with ?? []), ...texts.flatMap((text) => [...mentionsIn(text, find)])]);
}

function byImportance(clashes: readonly Clash[]): readonly Clash[] {
  return clashes.toSorted(
    (a, b) =>
      importance.indexOf(a.kind) - importance.indexOf(b.kind) ||
      b.followers - a.followers ||
      byStart(a, b),
  );
}
