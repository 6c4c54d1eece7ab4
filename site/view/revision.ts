import type { Problem } from '../../schedule-data/schedule/snapshot.ts';

/** What `revision.json` tells: which commit the site shows since when. */
export interface Revision {
  readonly commit: string;
  /** When it was published, ISO 8601 in UTC. */
  readonly time: string;
  readonly problems: readonly Problem[];
}
