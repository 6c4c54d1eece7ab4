import type { Problem, Snapshot } from '../schedule-data/schedule/snapshot.ts';

/** Tells which problems of the data are new, so that each is said once. */
export class NewProblems {
  #known = new Map<string, Problem>();

  /** What came and what went since the last snapshot; `mended` are paths. */
  in({ problems }: Snapshot): { appeared: Problem[]; mended: string[] } {
    const before = this.#known;
    this.#known = new Map(problems.map((problem) => [key(problem), problem]));
    const badPaths = new Set(problems.map(({ path }) => path));
    return {
      appeared: problems.filter((problem) => !before.has(key(problem))),
      mended: [...before.values()].flatMap(({ path }) => (badPaths.has(path) ? [] : [path])),
    };
  }
}

function key({ path, line, message }: Problem): string {
  return JSON.stringify([path, line, message]);
}
