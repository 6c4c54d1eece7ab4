/** What tracks discussed, one commit after the other: the pure part of the history. */
import type { Track } from '../format/file-schemas.ts';

/** One topic that a track discussed. */
export interface LogEntry {
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

/** By slug, the oldest topic first. Tracks that are gone keep theirs. */
export type Logs = ReadonlyMap<string, readonly LogEntry[]>;

/** What one commit did to tracks, seen from its first parent. */
export interface LogStep {
  readonly commit: string;
  readonly parent: string | undefined;
  /** When it was committed, in UTC with seconds. */
  readonly time: string;
  /** The commits that it says it reverts. */
  readonly reverts: readonly string[];
  /** Tracks that it changed; undefined for those that it deleted. */
  readonly tracks: ReadonlyMap<string, Track | undefined>;
}

/** So many topics of a track are kept: more than a week of talk, and still a page that opens at once. */
const mostEntries = 200;

/** The logs after one more commit. */
export function withStep(logs: Logs, step: LogStep): Logs {
  const { reverts, tracks } = step;
  if (!reverts.length && !tracks.size) return logs;
  const after = new Map(logs);
  // Who takes back what was announced wants it off the page; an announcement that is over is only
  // closed.
  if (reverts.length)
    for (const [slug, entries] of logs)
      after.set(
        slug,
        entries.filter(({ commit }) => !reverts.includes(commit)),
      );
  for (const [slug, track] of tracks) {
    const entries = withTrack(after.get(slug) ?? [], track, step);
    if (entries.length) after.set(slug, entries);
  }
  return after;
}

function withTrack(
  entries: readonly LogEntry[],
  track: Track | undefined,
  { commit, time }: LogStep,
): readonly LogEntry[] {
  const last = entries.at(-1);
  const open = last?.until === undefined ? last : undefined;
  const now = track?.now;
  if (!now) return open ? entries.with(-1, { ...open, until: latest(open.since, time) }) : entries;

  const { topic, by } = now;
  const place = track.location === undefined ? { room: track.room } : { location: track.location };
  const known = entries.findLastIndex((entry) =>
    now.since === undefined ? entry === open && entry.topic === topic : entry.since === now.since,
  );
  if (known >= 0) {
    // It moved, was corrected, or is what counts again: then what was announced since does not.
    const { since, topic: before, commit: first } = entries[known]!;
    const origin = topic === before ? first : commit;
    return [...entries.slice(0, known), { topic, since, by, ...place, commit: origin }];
  }
  const since = now.since ?? time;
  const ended = open && { ...open, until: isBefore(since, open.since) ? time : since };
  const earlier = ended ? entries.with(-1, ended) : entries;
  return [...earlier, { topic, since, by, ...place, commit }].slice(-mostEntries);
}

/** The logs of tracks as they are now; what they discussed under former names comes along. */
export function logsOfTracks(logs: Logs, tracks: ReadonlyMap<string, Track>): Logs {
  const all = new Map<string, readonly LogEntry[]>();
  for (const [slug, { formerly }] of tracks) {
    const own = logs.get(slug) ?? [];
    const former = formerly.flatMap((name) => (tracks.has(name) ? [] : (logs.get(name) ?? [])));
    const entries = former.length ? joined(former, own) : own;
    if (entries.length) all.set(slug, entries);
  }
  return all;
}

/** A topic that was on during the renaming stands in both. */
function joined(former: readonly LogEntry[], own: readonly LogEntry[]): readonly LogEntry[] {
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
