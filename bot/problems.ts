import { classifyPath } from '../schedule-data/format/data-files.ts';
import type { Problem, Snapshot } from '../schedule-data/schedule/snapshot.ts';

/** Tells which problems of the data are new, so that each is said once. */
export class NewProblems {
  #known = new Map<string, Problem>();

  /** What came and what went since the last snapshot; the paths of files that are good again, or gone. */
  in(snapshot: Snapshot): { appeared: Problem[]; mended: string[]; gone: string[] } {
    const { problems } = snapshot;
    const before = this.#known;
    this.#known = new Map(problems.map((problem) => [key(problem), problem]));
    const badPaths = new Set(problems.map(({ path }) => path));
    const past = [...before.values()].map(({ path }) => path).filter((path) => !badPaths.has(path));
    return {
      appeared: problems.filter((problem) => !before.has(key(problem))),
      mended: past.filter((path) => isThere(path, snapshot)),
      gone: past.filter((path) => !isThere(path, snapshot)),
    };
  }
}

function isThere(path: string, { schedule }: Snapshot): boolean {
  const place = classifyPath(path);
  if (place.kind === 'track') return schedule.tracks.has(place.slug);
  if (place.kind === 'room') return schedule.rooms.has(place.slug);
  if (place.kind === 'plan') return schedule.event.plan === path;
  // A file whose name was wrong can only have got another one.
  return place.kind !== 'misnamed';
}

function key({ path, line, message }: Problem): string {
  return JSON.stringify([path, line, message]);
}
