import type { Revision } from '../view/revision.ts';

/** The two together: who is checked in changes without a commit. */
export function revisionId({ commit, time }: Pick<Revision, 'commit' | 'time'>): string {
  return `${commit} ${time}`;
}

/** Milliseconds for a page on its way while it was already the next one. */
const tolerance = 2000;

/**
 * Was a page that was asked for `age` milliseconds before the server said that it is `date` already
 * that of the revision? Both times are the server's, so no other clock matters.
 */
export function isOfRevision(
  { time }: Pick<Revision, 'time'>,
  date: string | null,
  age: number,
): boolean {
  return date !== null && Date.parse(time) < Date.parse(date) - age - tolerance;
}

/** Takes the events of a stream apart: gives the data of all complete ones, keeps the rest. */
export function eventReader(): (chunk: string) => readonly string[] {
  let rest = '';
  return (chunk) => {
    const events = (rest + chunk).split('\n\n');
    rest = events.pop() ?? '';
    return events.flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? []);
  };
}
