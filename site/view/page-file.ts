import type { NewestChanges } from '../../schedule-data/history/changes-reader.ts';
import type { RouteParams } from './route-params.ts';

/** A file that a page makes. */
export interface PageFile {
  readonly params: RouteParams;
  /** All that the file shows: while these are the same, it is the same. */
  readonly shows: readonly unknown[];
}

/**
 * Files that change together, of a page that makes so many that a command must not look at each, such
 * as those of one track. As long as it is the same object, each of them is the same.
 */
export type PageGroup = readonly PageFile[];

/**
 * A page that stays as it is while the content goes on, and is never listed, compared or removed again:
 * there are as many of them as the history is long. In its frame stands nothing that changes. This
 * gives the files that it makes of some changes in a row.
 */
export type LastingPage = (changes: NewestChanges) => readonly PageFile[];
