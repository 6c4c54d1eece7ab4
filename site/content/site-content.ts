/**
 * content/ is what pages show, never how. This file: what it consists of, and the only place that lists its parts: `App.Locals` (site/env.d.ts), the
 * renderer and the live service all take them from here.
 */
import { join } from 'node:path';
import type { CalendarEntry } from '../../schedule-data/history/calendar-log.ts';
import { calendarAt } from '../../schedule-data/history/calendar-log-reader.ts';
import { newestChangesAt, type NewestChanges } from '../../schedule-data/history/changes-reader.ts';
import type { TopicLogs } from '../../schedule-data/history/topic-log.ts';
import { topicLogsAt } from '../../schedule-data/history/topic-log-reader.ts';
import type { CheckIn } from '../../schedule-data/schedule/presence.ts';
import type { Snapshot } from '../../schedule-data/schedule/snapshot.ts';
import { snapshotAt } from '../../schedule-data/store/schedule-store.ts';

/** The schedule at a commit, who is where, and what was discussed. */
export interface SiteContent extends Snapshot {
  /** Who is checked in, in the order in which they came. */
  readonly presence: readonly CheckIn[];
  /** What tracks discussed, by slug, the oldest first; of those that never did, nothing. */
  readonly history: TopicLogs;
  /** What changed last; undefined as long as that is not read. */
  readonly changes?: NewestChanges;
  /** What calendars hold, also what was cancelled; undefined as long as that is not read. */
  readonly calendar?: readonly CalendarEntry[];
}

/**
 * What pages may know of it: not the commit, so that the same data gives the same bytes, whoever
 * committed it.
 */
export type PageContent = Omit<SiteContent, 'commit'>;

/** Where what is read of histories stays, in the folder for what can be made again. */
export const historyCache = (cache: string) => join(cache, 'history');

/**
 * What a repository holds at a commit, branch or tag; nobody is checked in.
 * @param cache a folder where it may keep what it has read
 * @throws {StorageError}
 */
export async function contentAt(
  gitdir: string,
  revision: string,
  cache?: string,
): Promise<SiteContent> {
  const options = { folder: cache && historyCache(cache) };
  const snapshot = await snapshotAt(gitdir, revision);
  const [history, changes, calendar] = await Promise.all([
    topicLogsAt(gitdir, snapshot, options),
    newestChangesAt(gitdir, snapshot.commit, options),
    calendarAt(gitdir, snapshot.commit, options),
  ]);
  return { ...snapshot, presence: [], history, changes, calendar };
}
