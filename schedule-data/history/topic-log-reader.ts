import { z } from 'zod';
import type { Track } from '../format/file-schemas.ts';
import type { Snapshot } from '../schedule/snapshot.ts';
import { HistoryReader, type ReaderOptions, type Subject } from './history-reader.ts';
import { topicLogsOf, withTrackChanges, type TopicLogs, type TrackChanges } from './topic-log.ts';
import { readTrackChanges } from './track-changes.ts';

/** The logs as they are at the commit `tip`. */
interface TopicLogsAt {
  readonly tip: string;
  readonly logs: TopicLogs;
}

const text = z.string();
const entry = z.strictObject({
  topic: text,
  since: text,
  until: text.optional(),
  by: text.optional(),
  location: text.optional(),
  room: text.optional(),
  commit: text,
});

const subject: Subject<TopicLogsAt, TrackChanges> = {
  name: 'topics',
  version: 2,
  schema: z.strictObject({
    tip: text,
    logs: z.array(z.tuple([text, z.array(entry)])).transform((logs) => new Map(logs)),
  }),
  plain: ({ tip, logs }) => ({ tip, logs: [...logs] }),

  async readOn(gitdir, known, commit) {
    let tip = known?.tip;
    let logs: TopicLogs = known?.logs ?? new Map();
    let commits = 0;
    for await (const changes of readTrackChanges(gitdir, tip, commit)) {
      if (known && changes.parent !== tip) return undefined;
      logs = withTrackChanges(logs, changes);
      tip = changes.commit;
      commits++;
    }
    return tip === commit ? { known: { tip, logs }, commits } : undefined;
  },

  with: ({ logs }, changes) => ({ tip: changes.commit, logs: withTrackChanges(logs, changes) }),
};

/** What the tracks of a snapshot discussed. @throws {StorageError} */
export async function topicLogsAt(
  gitdir: string,
  { commit, schedule }: Snapshot,
  options?: ReaderOptions,
): Promise<TopicLogs> {
  const reader = new TopicLogReader(gitdir, options);
  await reader.read(commit);
  return reader.of(schedule.tracks);
}

/** The topic logs of a repository, from the history of its branch. */
export class TopicLogReader extends HistoryReader<TopicLogsAt, TrackChanges> {
  constructor(gitdir: string, options?: ReaderOptions) {
    super(gitdir, subject, options);
  }

  /** The logs of tracks as they are now, as far as the history is read. */
  of(tracks: ReadonlyMap<string, Track>): TopicLogs {
    return topicLogsOf(this.known?.logs ?? new Map(), tracks);
  }
}
