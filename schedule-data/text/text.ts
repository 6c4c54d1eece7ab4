/** text/ works on words and characters alone; it never knows what they mean in a schedule. */

/** The error of a schema for a value that does not fit, as the part of a sentence: `expected …`. */
export const expected = (what: string) => ({ error: `expected ${what}` });

/** Text from anywhere as one line without control characters that can be written as UTF-8. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** Bytes as text; undefined when they are not UTF-8, as such text could not be written back unchanged. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** `1 room`, `2 rooms`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Any text in letters, digits and `-_.%` only; different texts stay different. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Any text as one word for a shell. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As `shellWord`, without quotes where none are needed: for people to read and type. */
export function shellArgument(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : shellWord(text);
}

/** A moment as data files hold it: `2018-09-10T15:04:05Z`. */
export function instantOf(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
