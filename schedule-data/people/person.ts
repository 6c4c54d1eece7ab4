/**
 * What people told the bot of themselves: where they are, and what they want to hear of. Personal,
 * so it has a repository of its own, which nobody else reads.
 */
import type { Person } from '../format/file-schemas.ts';
import type { CheckIn } from '../schedule/presence.ts';
import { percentEncoded } from '../text/text.ts';

/** Everybody by their key, see `personKey`. */
export type People = ReadonlyMap<string, Person>;

/** Somebody in a chat. */
export interface Identity {
  readonly nick: string;
  /** Where services vouch for it. */
  readonly account?: string | undefined;
}

/** Names that fold alike are the same to the network. */
type Fold = (name: string) => string;

/**
 * Under which name people are kept: their account where services vouch for it, else their nick.
 * It is the name of a file as well.
 */
export function personKey({ nick, account }: Identity, fold: Fold): string {
  return account === undefined
    ? `nick-${percentEncoded(fold(nick))}`
    : `account-${percentEncoded(fold(account))}`;
}

/** Somebody's own entry. */
export interface Entry {
  readonly key: string;
  readonly person: Person;
  /** The account that it belongs to, where somebody asks who is not logged in to it. */
  readonly closedBy?: string;
}

/**
 * The entry of somebody; an empty one for a stranger. Who logs in takes along what was kept under
 * the nick; what is kept under an account is closed to whoever merely bears the nick.
 */
export function entryOf(people: People, who: Identity, fold: Fold): Entry {
  const key = personKey(who, fold);
  const bare = people.get(personKey({ nick: who.nick }, fold));
  if (who.account !== undefined)
    return { key, person: { ...bare, ...people.get(key), nick: who.nick, account: who.account } };
  const owner = called(people, who.nick, fold).find(({ account }) => account !== undefined);
  return { key, person: { ...bare, nick: who.nick }, closedBy: owner?.account };
}

/** Everybody who goes by a nick: at most one with an account, and one without. */
export function called(people: People, nick: string, fold: Fold): readonly Person[] {
  const wanted = fold(nick);
  return [...people.values()].filter((person) => fold(person.nick) === wanted);
}

/** All people with one entry changed; one in which nothing is left goes. */
export function withPerson(people: People, who: Identity, person: Person, fold: Fold): People {
  const changed = new Map(people);
  if (who.account !== undefined) changed.delete(personKey({ nick: who.nick }, fold));
  return put(changed, personKey(who, fold), person);
}

function put(people: Map<string, Person>, key: string, person: Person): People {
  if (person.checkIn ?? person.subscription) people.set(key, person);
  else people.delete(key);
  return people;
}

/** Everything follows somebody to another nick; whoever was kept under that one gives way. */
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

/** Everybody with a change of where they are; `undefined` keeps it. */
export function mapCheckIns(
  people: People,
  change: (person: Person & { checkIn: object }) => Person | undefined,
): People {
  const changed = new Map(people);
  for (const [key, person] of people) {
    const { checkIn } = person;
    const replaced = checkIn && change({ ...person, checkIn });
    if (replaced) put(changed, key, replaced);
  }
  return changed;
}

/** A new day: nobody is anywhere; what people want to hear of stays. */
export function withoutPresence(people: People): People {
  return mapCheckIns(people, ({ checkIn: _in, checkOut: _out, ...person }) => person);
}

/** Who is where now, in the order in which they came. */
export function presenceOf(people: People): readonly CheckIn[] {
  return [...people.values()]
    .flatMap(({ nick, checkIn, checkOut }) =>
      checkIn && checkOut === undefined ? [{ nick, ...checkIn }] : [],
    )
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.nick < b.nick ? -1 : 1));
}
