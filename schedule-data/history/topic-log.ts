/**
 * history/ tells from the commits what each track discussed: its topic log. It never writes to the
 * repository, and knows nothing of people. This file is the pure part: a log, and what one more
 * commit makes of it.
 */
import type { Track } from '../format/file-schemas.ts';

/** One topic that a track discussed. */
export interface TopicLogEntry {
  readonly topic: string;
  /** UTC, `2018-09-10T15:04:05Z`, as announced; where that is not known, when it was committed. */
  readonly since: string;
  /** Missing while it is on. */
  readonly until?: string;
  /** Nick of whoever announced it in the channel. */
  readonly by?: string;
  /** Where, as it was last known: in somebody's words, else the slug of the room. */
  readonly location?: string;
  readonly room?: string;
  /** The commit that brought it. */
  readonly commit: string;
}

/** What one track discussed, the oldest topic first. */
export type TopicLog = readonly TopicLogEntry[];

/** By slug of the track. Tracks that are gone keep theirs. */
export type TopicLogs = ReadonlyMap<string, TopicLog>;

/** What one commit did to tracks, seen from its first parent. */
export interface TrackChanges {
  readonly commit: string;
  readonly parent: string | undefined;
  /** When it was committed, in UTC with seconds. */
  readonly time: string;
  /** The commits that it says it reverts. */
  readonly reverts: readonly string[];
  /** Tracks that it changed; undefined for those that it deleted. */
  readonly tracks: ReadonlyMap<string, Track | undefined>;
}

/** How many topics of a track are kept: more than a week of talk, and still a page that opens at once. */
const mostEntries = 200;

/** The logs after one more commit. */
export function withTrackChanges(logs: TopicLogs, changes: TrackChanges): TopicLogs {
  const { reverts, tracks } = changes;
  if (!reverts.length && !tracks.size) return logs;
  const after = new Map(logs);
  // A reverted announcement was a mistake and disappears; one that is over only gets an end.
  if (reverts.length)
    for (const [slug, log] of logs)
      after.set(
        slug,
        log.filter(({ commit }) => !reverts.includes(commit)),
      );
  for (const [slug, track] of tracks) {
    const log = withTrackChange(after.get(slug) ?? [], track, changes);
    if (log.length) after.set(slug, log);
  }
  return after;
}

function withTrackChange(
  log: TopicLog,
  track: Track | undefined,
  { commit, time }: TrackChanges,
): TopicLog {
  const last = log.at(-1);
  const open = last?.until === undefined ? last : undefined;
  const now = track?.now;
  if (!now) return open ? log.with(-1, { ...open, until: latest(open.since, time) }) : log;

  const { topic, by } = now;
  const where = track.location === undefined ? { room: track.room } : { location: track.location };
  const known = log.findLastIndex((entry) =>
    now.since === undefined ? entry === open && entry.topic === topic : entry.since === now.since,
  );
  if (known >= 0) {
    // The track moved, or its topic was corrected or restored; what was announced after a restored
    // topic no longer counts.
    const { since, topic: before, commit: first } = log[known]!;
    const origin = topic === before ? first : commit;
    return [...log.slice(0, known), { topic, since, by, ...where, commit: origin }];
  }
  const since = now.since ?? time;
  const ended = open && { ...open, until: isBefore(since, open.since) ? time : since };
  const earlier = ended ? log.with(-1, ended) : log;
  return [...earlier, { topic, since, by, ...where, commit }].slice(-mostEntries);
}

/** The logs of tracks as they are now; what they discussed under former names comes along. */
export function topicLogsOf(logs: TopicLogs, tracks: ReadonlyMap<string, Track>): TopicLogs {
  const all = new Map<string, TopicLog>();
  for (const [slug, { formerly }] of tracks) {
    const own = logs.get(slug) ?? [];
    const former = formerly.flatMap((name) => (tracks.has(name) ? [] : (logs.get(name) ?? [])));
    const log = former.length ? joined(former, own) : own;
    if (log.length) all.set(slug, log);
  }
  return all;
}

/** A topic that was on during the renaming stands in both. */
function joined(former: TopicLog, own: TopicLog): TopicLog {
  const starts = new Set(own.map(({ since }) => since));
  return [...former.filter(({ since }) => !starts.has(since)), ...own]
    .toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since))
    .slice(-mostEntries);
}

function isBefore(a: string, b: string): boolean {
  return Date.parse(a) < Date.parse(b);
}

function latest(a: string, b: string): string {
  return isBefore(a, b) ? b : a;
}
