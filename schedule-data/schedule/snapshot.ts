import type { Plan } from '../format/plan.ts';
import type { Schedule } from './schedule.ts';

/** Something in the data that cannot be used. */
export interface Problem {
  /** Path of the file in the repository. */
  readonly path: string;
  /** Line in the file, from 1, where known. */
  readonly line?: number;
  /** What was expected, as a sentence. */
  readonly message: string;
  /** The commit that brought it, and its author's name. */
  readonly commit?: string;
  readonly author?: string;
}

/** `tracks/nova.yaml:3`, or the path alone. */
export const placeOfProblem = ({ path, line }: Pick<Problem, 'path' | 'line'>) =>
  line === undefined ? path : `${path}:${line}`;

/** Content as it was at one commit, and the problems of its files. */
export type SnapshotOf<C extends object> = C & {
  readonly commit: string;
  readonly problems: readonly Problem[];
};

/** The schedule as it was at one commit, and the plan of the venue. */
export type Snapshot = SnapshotOf<{ readonly schedule: Schedule; readonly plan?: Plan }>;
