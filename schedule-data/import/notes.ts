/** Reading values that may be anything, and keeping account of what could not be used. */
import { oneLine } from '../text.ts';

/** One thing that was left out, changed or added, and where it stands: `slots.Monday.2.desc`. */
export interface ImportNote {
  readonly place: string;
  readonly message: string;
}

/** A value in a JSON document, with its place. */
export class Item {
  readonly value: unknown;
  readonly place: string;
  readonly #notes: ImportNote[];

  constructor(value: unknown, place: string, notes: ImportNote[]) {
    this.value = value;
    this.place = place;
    this.#notes = notes;
  }

  /** Reports something about this value. */
  note(message: string): undefined {
    this.#notes.push({ place: this.place || 'the file', message });
    return undefined;
  }

  /** The members of an object, none where there is no value. */
  members(): [key: string, item: Item][] {
    if (this.value === undefined || this.value === null) return [];
    if (typeof this.value !== 'object' || Array.isArray(this.value)) {
      this.note(`expected an object, not ${shown(this.value)}; left out`);
      return [];
    }
    return Object.entries(this.value).map(([key, value]) => [key, this.#inner(key, value)]);
  }

  /** The items of a list, none where there is no value. */
  items(): Item[] {
    if (this.value === undefined || this.value === null) return [];
    if (!Array.isArray(this.value)) {
      this.note(`expected a list, not ${shown(this.value)}; left out`);
      return [];
    }
    return this.value.map((value: unknown, index) => this.#inner(String(index), value));
  }

  /** Text as one line of at most so many characters; undefined where there is none. */
  text(most: number): string | undefined {
    if (this.value === undefined || this.value === null || this.value === '') return undefined;
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
    return new Item(key, this.place, this.#notes).text(most);
  }

  /** Text that passes a test; anything else is reported with what was expected. */
  checked(isGood: (text: string) => boolean, expected: string): string | undefined {
    const text = this.text(10_000);
    if (text === undefined || isGood(text)) return text;
    return this.note(`expected ${expected}, not ${shown(text)}; left out`);
  }

  #inner(key: string, value: unknown): Item {
    return new Item(value, this.place ? `${this.place}.${key}` : key, this.#notes);
  }
}

export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
