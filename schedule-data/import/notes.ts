/** Reading values that may be anything, and keeping account of what could not be used. */
import { oneLine } from '../text/text.ts';

/** One thing that was left out, changed or added, and where it stands: `slots.Monday.2.desc`. */
export interface ImportNote {
  readonly place: string;
  readonly message: string;
}

/**
 * How many entries are read of one list or object, and of the whole document: whoever made it may
 * not want the best, and some steps take the square of the former.
 */
const mostEntries = 2000;
const mostEntriesInAll = 50_000;

/** What is common to all values of a document. */
export class Account {
  readonly notes: ImportNote[] = [];
  entriesLeft = mostEntriesInAll;
}

/** A value in a JSON document, with its place. */
export class Item {
  readonly value: unknown;
  readonly place: string;
  readonly #account: Account;

  constructor(value: unknown, place: string, account: Account) {
    this.value = value;
    this.place = place;
    this.#account = account;
  }

  /** Reports something about this value. */
  note(message: string): undefined {
    this.#account.notes.push({ place: oneLine(this.place) || 'the file', message });
    return undefined;
  }

  /** Is there a value? `null` is none. */
  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The members of an object; undefined where there is none. */
  object(): [key: string, item: Item][] | undefined {
    if (!this.isThere) return undefined;
    if (typeof this.value !== 'object' || Array.isArray(this.value))
      return this.note(`expected an object, not ${shown(this.value)}; left out`);
    return this.#some(Object.entries(this.value!)).map(([key, value]) => [
      key,
      this.#inner(key, value),
    ]);
  }

  /** The items of a list; undefined where there is none. */
  list(): Item[] | undefined {
    if (!this.isThere) return undefined;
    if (!Array.isArray(this.value))
      return this.note(`expected a list, not ${shown(this.value)}; left out`);
    return this.#some<unknown>(this.value).map((value, index) => this.#inner(String(index), value));
  }

  /** Text as one line of at most so many characters; undefined where there is none. */
  text(most: number): string | undefined {
    if (!this.isThere || this.value === '') return undefined;
    if (typeof this.value !== 'string')
      return this.note(`expected text, not ${shown(this.value)}; left out`);
    const line = oneLine(this.value);
    if (line !== this.value.trim()) this.note('control characters became spaces');
    if (line.length <= most) return line || undefined;
    this.note(`longer than ${most} characters; cut`);
    return line.slice(0, most).toWellFormed().trim();
  }

  /** The key of a member, as text of at most so many characters. */
  keyText(key: string, most: number): string | undefined {
    return new Item(key, this.place, this.#account).text(most);
  }

  /** Text that passes a test; anything else is reported with what was expected. */
  checked(isGood: (text: string) => boolean, expected: string): string | undefined {
    const text = this.text(10_000);
    if (text === undefined || isGood(text)) return text;
    return this.note(`expected ${expected}, not ${shown(text)}; left out`);
  }

  #some<T>(entries: readonly T[]): readonly T[] {
    const most = Math.min(mostEntries, this.#account.entriesLeft);
    const some = entries.slice(0, most);
    this.#account.entriesLeft -= some.length;
    if (entries.length > most)
      this.note(
        most < mostEntries
          ? `more than ${mostEntriesInAll} entries in all; the others are left out`
          : `more than ${mostEntries} entries; the others are left out`,
      );
    return some;
  }

  #inner(key: string, value: unknown): Item {
    return new Item(value, this.place ? `${this.place}.${key}` : key, this.#account);
  }
}

/** A value as a message quotes it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = oneLine(
    JSON.stringify(typeof value === 'string' ? value.slice(0, 100) : value) ?? String(value),
  );
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
