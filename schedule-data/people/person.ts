/**
 * people/ is what people told the bot about themselves: where they are, and to what they subscribed.
 * It is personal, so it is kept in a repository of its own, and never becomes part of the schedule.
 */
import type { Person } from '../format/file-schemas.ts';
import type { CheckIn } from '../schedule/presence.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { trackCalled } from '../schedule/tracks.ts';
import { percentEncoded } from '../text/text.ts';

/** Everybody by their key, see `personKey`. */
export type People = ReadonlyMap<string, Person>;

/** Somebody in a chat. */
export interface Identity {
  readonly nick: string;
  /** If services confirm that they are logged in to it. */
  readonly account?: string | undefined;
}

/** How the network compares names: those that fold to the same text are the same. */
type Fold = (name: string) => string;

/**
 * The key under which people are kept, which is also the name of their file: their account, if
 * services confirm it, else their nick.
 */
export function personKey({ nick, account }: Identity, fold: Fold): string {
  return account === undefined
    ? `nick-${percentEncoded(fold(nick))}`
    : `account-${percentEncoded(fold(account))}`;
}

/** What is kept of one person. */
export interface PersonEntry {
  readonly key: string;
  readonly person: Person;
  /** The account that it belongs to, if whoever asks is not logged in to that account. */
  readonly closedBy?: string;
}

/**
 * The entry of somebody, empty if nothing is kept of them. With a login, what was kept under the nick
 * moves to the account; what is kept under an account is closed to those who only have the nick.
 */
export function entryOf(people: People, who: Identity, fold: Fold): PersonEntry {
  const key = personKey(who, fold);
  const bare = people.get(personKey({ nick: who.nick }, fold));
  if (who.account !== undefined)
    return { key, person: { ...bare, ...people.get(key), nick: who.nick, account: who.account } };
  const owner = peopleWithNick(people, who.nick, fold).find(({ account }) => account !== undefined);
  return { key, person: { ...bare, nick: who.nick }, closedBy: owner?.account };
}

/** The people with a nick: at most one with an account, and one without. */
export function peopleWithNick(people: People, nick: string, fold: Fold): readonly Person[] {
  const wanted = fold(nick);
  return [...people.values()].filter((person) => fold(person.nick) === wanted);
}

/** All people with one entry changed; an entry in which nothing is left is removed. */
export function withPerson(people: People, who: Identity, person: Person, fold: Fold): People {
  const changed = new Map(people);
  if (who.account !== undefined) changed.delete(personKey({ nick: who.nick }, fold));
  return setOrDelete(changed, personKey(who, fold), person);
}

function setOrDelete(people: Map<string, Person>, key: string, person: Person): People {
  if (person.checkIn ?? person.subscription ?? person.reminders) people.set(key, person);
  else people.delete(key);
  return people;
}

/** All people after one changed their nick; what was kept under the new nick is replaced. */
export function withNick(people: People, from: string, to: string, fold: Fold): People {
  const changed = new Map(people);
  const key = personKey({ nick: from }, fold);
  const bare = people.get(key);
  for (const [other, person] of people)
    if (person.account !== undefined && fold(person.nick) === fold(from))
      changed.set(other, { ...person, nick: to });
  if (!bare) return changed;
  changed.delete(key);
  return changed.set(personKey({ nick: to }, fold), { ...bare, nick: to });
}

/** All people with their check-ins changed; where `change` returns undefined they stay. */
export function mapCheckIns(
  people: People,
  change: (person: Person & { checkIn: object }) => Person | undefined,
): People {
  const changed = new Map(people);
  for (const [key, person] of people) {
    const { checkIn } = person;
    const replaced = checkIn && change({ ...person, checkIn });
    if (replaced) setOrDelete(changed, key, replaced);
  }
  return changed;
}

/**
 * Check-ins with tracks follow them: to the name that one has now; with one that is gone nobody is. The
 * same object where all of them are right.
 */
export function followTracks(people: People, schedule: Pick<Schedule, 'tracks'>): People {
  const isRight = ({ checkIn }: Person) =>
    checkIn?.track === undefined || schedule.tracks.has(checkIn.track);
  if ([...people.values()].every(isRight)) return people;
  return mapCheckIns(people, (person) => {
    if (isRight(person)) return undefined;
    const { checkIn, checkOut: _out, ...others } = person;
    const track = trackCalled(schedule, checkIn.track!);
    return track === undefined ? others : { ...person, checkIn: { ...checkIn, track } };
  });
}

/** All people without their check-ins, for a new day; subscriptions stay. */
export function withoutPresence(people: People): People {
  return mapCheckIns(people, ({ checkIn: _in, checkOut: _out, ...person }) => person);
}

/** Who is checked in now, in the order of their check-ins. */
export function presenceOf(people: People): readonly CheckIn[] {
  return [...people.values()]
    .flatMap(({ nick, checkIn, checkOut }) =>
      checkIn && checkOut === undefined ? [{ nick, ...checkIn }] : [],
    )
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.nick < b.nick ? -1 : 1));
}
