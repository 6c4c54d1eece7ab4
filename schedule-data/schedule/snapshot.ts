import type { Schedule } from './schedule.ts';

/** Something in the data that could not be used as it stands. */
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

/** Something as it stood at one commit, and what was wrong with its files. */
export type SnapshotOf<C extends object> = C & {
  readonly commit: string;
  readonly problems: readonly Problem[];
};

/** The schedule as it stood at one commit. */
export type Snapshot = SnapshotOf<{ readonly schedule: Schedule }>;
