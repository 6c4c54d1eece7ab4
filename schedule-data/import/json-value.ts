/** Reading JSON values that may be anything, and reporting what could not be used. */
import { oneLine } from '../text/text.ts';

/** One thing that was left out, changed or added, and where: `slots.Monday.2.desc`. */
export interface ImportRemark {
  readonly path: string;
  readonly message: string;
}

/**
 * How many entries are read of one list or object, and of the whole document. The document may be
 * hostile, and some steps take time by the square of the former.
 */
const mostEntries = 2000;
const mostEntriesInAll = 50_000;

/** What all values of a document share. */
export class ImportReport {
  readonly remarks: ImportRemark[] = [];
  entriesLeft = mostEntriesInAll;
}

/** A value in a JSON document, with the path to it. */
export class JsonValue {
  readonly value: unknown;
  readonly path: string;
  readonly #report: ImportReport;

  constructor(value: unknown, path: string, report: ImportReport) {
    this.value = value;
    this.path = path;
    this.#report = report;
  }

  /** Reports something about this value. */
  report(message: string): undefined {
    this.#report.remarks.push({ path: oneLine(this.path) || 'the file', message });
    return undefined;
  }

  /** Is there a value? `null` is none. */
  get isPresent(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The members of an object; undefined where there is none. */
  object(): [key: string, item: JsonValue][] | undefined {
    if (!this.isPresent) return undefined;
    if (typeof this.value !== 'object' || Array.isArray(this.value))
      return this.report(`expected an object, not ${quoted(this.value)}; left out`);
    return this.#limited(Object.entries(this.value!)).map(([key, value]) => [
      key,
      this.#member(key, value),
    ]);
  }

  /** The items of a list; undefined where there is none. */
  list(): JsonValue[] | undefined {
    if (!this.isPresent) return undefined;
    if (!Array.isArray(this.value))
      return this.report(`expected a list, not ${quoted(this.value)}; left out`);
    return this.#limited<unknown>(this.value).map((value, index) =>
      this.#member(String(index), value),
    );
  }

  /** Text as one line of at most so many characters; undefined where there is none. */
  text(most: number): string | undefined {
    if (!this.isPresent || this.value === '') return undefined;
    if (typeof this.value !== 'string')
      return this.report(`expected text, not ${quoted(this.value)}; left out`);
    const line = oneLine(this.value);
    if (line !== this.value.trim()) this.report('control characters became spaces');
    if (line.length <= most) return line || undefined;
    this.report(`longer than ${most} characters; cut`);
    return line.slice(0, most).toWellFormed().trim();
  }

  /** The key of a member, as text of at most so many characters. */
  keyText(key: string, most: number): string | undefined {
    return new JsonValue(key, this.path, this.#report).text(most);
  }

  /** Text that passes a test; anything else is reported with what was expected. */
  checked(isGood: (text: string) => boolean, expected: string): string | undefined {
    const text = this.text(10_000);
    if (text === undefined || isGood(text)) return text;
    return this.report(`expected ${expected}, not ${quoted(text)}; left out`);
  }

  #limited<T>(entries: readonly T[]): readonly T[] {
    const most = Math.min(mostEntries, this.#report.entriesLeft);
    const read = entries.slice(0, most);
    this.#report.entriesLeft -= read.length;
    if (entries.length > most)
      this.report(
        most < mostEntries
          ? `more than ${mostEntriesInAll} entries in all; the others are left out`
          : `more than ${mostEntries} entries; the others are left out`,
      );
    return read;
  }

  #member(key: string, value: unknown): JsonValue {
    return new JsonValue(value, this.path ? `${this.path}.${key}` : key, this.#report);
  }
}

/** A value as a message quotes it. */
export function quoted(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = oneLine(
    JSON.stringify(typeof value === 'string' ? value.slice(0, 100) : value) ?? String(value),
  );
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What is expected where an address is none. */
export const expectedAddress = 'a web address such as https://example.org/';
