/** Who follows a track, as far as that tells which tracks people want to hear at the same time. */
import { LRUCache } from 'lru-cache';
import { RE2JS } from 're2js';
import type { Person } from '../schedule-data/format/file-schemas.ts';
import type { People } from '../schedule-data/people/person.ts';
import type { SharedFollowers } from '../schedule-data/schedule/clashes.ts';
import { fold } from '../schedule-data/text/slug.ts';
import { compilePattern } from './subscription-patterns.ts';

/** Two tracks share many people where these, and this part of those of the smaller one, follow both. */
const fewest = 3;
const smallestPart = 1 / 3;

/** For a value of people. It is never told who they are. */
export function sharedFollowersOf(people: People): SharedFollowers {
  return (track, other) => {
    const [mine, theirs] = [followersOf(people, track), followersOf(people, other)];
    const count = [...mine].filter((one) => theirs.has(one)).length;
    return count >= fewest && count >= Math.min(mine.size, theirs.size) * smallestPart ? count : 0;
  };
}

const known = new WeakMap<People, Map<string, ReadonlySet<Person>>>();

/** Kept as long as people say nothing else of themselves. */
function followersOf(people: People, track: string): ReadonlySet<Person> {
  const byTrack = known.get(people) ?? new Map<string, ReadonlySet<Person>>();
  known.set(people, byTrack);
  const before = byTrack.get(track);
  if (before) return before;
  const followers = new Set([...people.values()].filter((person) => follows(person, track)));
  byTrack.set(track, followers);
  return followers;
}

function follows({ subscription, reminders, checkIn }: Person, track: string): boolean {
  return (
    checkIn?.track === track ||
    reminders?.includes(track) === true ||
    (subscription !== undefined && isAbout(subscription, track))
  );
}

/** Does a pattern look for the name of a track? It has to name it, so that few patterns are tried. */
function isAbout(subscription: string, track: string): boolean {
  if (!wordsOf(subscription).includes(track)) return false;
  const pattern = compilePattern(subscription);
  return pattern instanceof RE2JS && pattern.test(`#${track} now`);
}

const words = new LRUCache<string, string>({ max: 5000 });

/** A pattern as tracks are written, without what makes it one: `a\.b` names a.b. */
function wordsOf(subscription: string): string {
  const before = words.get(subscription);
  if (before !== undefined) return before;
  const made = fold(subscription.replaceAll('\\', ''));
  words.set(subscription, made);
  return made;
}
