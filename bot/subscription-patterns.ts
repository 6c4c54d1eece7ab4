/** Patterns that people subscribe to. They run on RE2, in time that grows with the text only. */
import { RE2JS } from 're2js';
import type { Person } from '../schedule-data/format/file-schemas.ts';
import type { People } from '../schedule-data/people/person.ts';

/** The largest compiled pattern, in instructions: some short ones are huge, and slow. */
const largest = 500;
/** Compiled patterns that are kept: more than people at any gathering. */
const mostKept = 5000;

const compiled = new Map<string, RE2JS>();

/** A pattern, compiled; or why it can't be. */
export function compilePattern(pattern: string): RE2JS | { readonly why: string } {
  const known = compiled.get(pattern);
  if (known) return known;
  try {
    const made = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    if (made.programSize() > largest) return { why: 'it is too large' };
    if (compiled.size >= mostKept) compiled.clear();
    compiled.set(pattern, made);
    return made;
  } catch (error) {
    return {
      why: (error as Error).message.replace(/^error parsing regexp: /, '').replace('(?i)', ''),
    };
  }
}

/** Would the pattern match whatever is said? */
export function matchesAll(pattern: RE2JS): boolean {
  return ['#x now', '#y next -', '#0 now \u{10ffff}'].every((line) => pattern.test(line));
}

/** Those whose pattern is found in a line, ignoring case. */
export function subscribersOf(people: People, line: string): Person[] {
  const answers = new Map<string, boolean>();
  return [...people.values()].filter(({ subscription }) => {
    if (subscription === undefined) return false;
    let answer = answers.get(subscription);
    if (answer === undefined) {
      const pattern = compilePattern(subscription);
      answer = pattern instanceof RE2JS && pattern.test(line);
      answers.set(subscription, answer);
    }
    return answer;
  });
}
