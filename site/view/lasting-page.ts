import type { NewestChanges } from '../../schedule-data/history/changes-reader.ts';
import type { RouteParams } from './route-params.ts';

/**
 * A page that stays as it is while the content goes on, and is never listed, compared or removed again:
 * there are as many of them as the history is long. In its frame stands nothing that changes. This
 * gives the files that it makes of some changes in a row.
 */
export type LastingPage = (changes: NewestChanges) => readonly LastingFile[];

interface LastingFile {
  readonly params: RouteParams;
  /** All that the file shows: while these are the same objects, it is the same. */
  readonly shows: readonly unknown[];
}
