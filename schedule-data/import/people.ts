import { isLine, longestLocation, longestPattern, type Person } from '../format/file-schemas.ts';
import { personKey, type People } from '../people/person.ts';
import type { Database } from './database.ts';
import { quoted, type JsonValue } from './json-value.ts';
import { importTime, inUtc } from './times.ts';
import type { ImportedTracks } from './imported-tracks.ts';

export interface PeopleOptions {
  readonly timezone: string;
  /** Nicks that fold alike are the same person; lower case unless given. */
  readonly fold?: ((nick: string) => string) | undefined;
}

/**
 * The Python ptgbot lower-cases nicks. What else a network takes for the same letter, `[` and `{`
 * for example, a database doesn't say.
 */
const lowerCase = (nick: string) => nick.toLowerCase();

/**
 * People with their check-ins and subscriptions. Each of the two replaces what the base has of it,
 * where the database holds it; people of whom nothing is left are left out.
 */
export function importPeople(
  database: Database,
  tracks: ImportedTracks,
  { timezone, fold = lowerCase }: PeopleOptions,
  base: People,
): People {
  const people = new Map(base);
  importByNick(
    database.at('last_check_in'),
    people,
    fold,
    (person) => ({ ...person, checkIn: undefined, checkOut: undefined }),
    (item, nick) => {
      const fields = new Map(item.object());
      const checkIn = importCheckIn(item, fields, tracks, timezone);
      return { ...checkIn, nick: spelled(fields.get('nick'), nick, fold) };
    },
  );
  importByNick(
    database.at('subscriptions'),
    people,
    fold,
    (person) => ({ ...person, subscription: undefined }),
    (item) => {
      const pattern = item.checked(
        (text) => text.length <= longestPattern,
        `a pattern of at most ${longestPattern} characters`,
      );
      return pattern === undefined ? {} : { subscription: pattern };
    },
  );
  return new Map([...people].filter(([, { checkIn, subscription }]) => checkIn ?? subscription));
}

/** Replaces something of everybody by what an object says of it, by nick. */
function importByNick(
  object: JsonValue,
  people: Map<string, Person>,
  fold: (nick: string) => string,
  clear: (person: Person) => Person,
  read: (item: JsonValue, nick: string) => Partial<Person>,
): void {
  const members = object.object();
  if (!members) return;
  for (const [key, person] of people) people.set(key, clear(person));
  const seen = new Set<string>();
  for (const [nick, item] of members) {
    const key = personKey({ nick }, fold);
    if (!isNick(nick)) item.report('expected a nick of one word such as ada; left out');
    else if (seen.has(key)) item.report('this nick is there already; left out');
    else people.set(key, { nick, ...people.get(key), ...read(item, nick) });
    seen.add(key);
  }
}

function isNick(text: string): boolean {
  return isLine(text, 100) && !/\s/u.test(text) && text.isWellFormed();
}

/** The nick as its owner spells it. */
function spelled(
  item: JsonValue | undefined,
  nick: string,
  fold: (nick: string) => string,
): string {
  const text = item?.text(100);
  if (text === undefined || fold(text) === fold(nick)) return text ?? nick;
  item?.report(`expected ${nick} in any spelling, not ${quoted(text)}; became ${nick}`);
  return nick;
}

function importCheckIn(
  item: JsonValue,
  fields: ReadonlyMap<string, JsonValue>,
  tracks: ImportedTracks,
  timezone: string,
): Pick<Person, 'checkIn' | 'checkOut'> | undefined {
  for (const [key, field] of fields)
    if (!['nick', 'location', 'in', 'out'].includes(key)) field.report('not known; left out');
  const location = fields.get('location');
  const text = location?.text(longestLocation);
  // Somebody who never checked in.
  if (!location || text === undefined) return undefined;
  const time = (key: string) => {
    const field = fields.get(key);
    const read = field && importTime(field, timezone);
    return read && inUtc(read);
  };
  const since = time('in');
  if (since === undefined) return item.report('expected when they came, in "in"; left out');
  const checkOut = time('out');
  // Whoever left must not seem to be there still.
  if (checkOut === undefined && fields.get('out')?.isPresent)
    return item.report('expected when they left, in "out"; left out');
  const track = tracks.find(text.replace(/^#/, ''));
  if (track === undefined && text.startsWith('#'))
    location.report(`expected a track of the list, not ${quoted(text)}; kept as text`);
  return {
    checkIn: track === undefined ? { location: text, since } : { track, since },
    checkOut,
  };
}
