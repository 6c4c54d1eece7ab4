/** The JSON database of the Python ptgbot, key by key. */
import { ImportReport, JsonValue, type ImportRemark } from './json-value.ts';

const databaseKeys = [
  'colors',
  'etherpads',
  'eventid',
  'last_check_in',
  'links',
  'location',
  'motd',
  'next',
  'now',
  'schedule',
  'slots',
  'subscriptions',
  // When it was saved: of no use here, but no surprise either.
  'timestamp',
  'tracks',
  'urls',
  'voice',
] as const;

type DatabaseKey = (typeof databaseKeys)[number];

export class Database {
  readonly #report = new ImportReport();
  readonly #items: ReadonlyMap<string, JsonValue>;

  constructor(json: unknown) {
    this.#items = new Map(new JsonValue(json, '', this.#report).object() ?? []);
    const known: readonly string[] = databaseKeys;
    for (const [key, item] of this.#items)
      if (!known.includes(key)) item.report('not known; left out');
  }

  get remarks(): ImportRemark[] {
    return this.#report.remarks;
  }

  /** What stands at a key; an item without a value where the database doesn't hold it. */
  at(key: DatabaseKey): JsonValue {
    return this.#items.get(key) ?? new JsonValue(undefined, key, this.#report);
  }
}

/**
 * Reads the text of a database.
 * @throws {Error} whose message says why it is none
 */
export function parseDatabase(bytes: Uint8Array): object {
  const json = parsed(new TextDecoder().decode(bytes));
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error('it is not an object');
  if (!databaseKeys.some((key) => key !== 'timestamp' && Object.hasOwn(json, key)))
    throw new Error('it holds none of its keys, such as tracks, slots or schedule');
  return json;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of the parser quotes the text, whatever it is.
    throw new Error('it is not JSON');
  }
}
