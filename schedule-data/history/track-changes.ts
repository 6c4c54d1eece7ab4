/** What commits changed about tracks: read from the repository, or taken from the store that made them. */
import { setImmediate } from 'node:timers/promises';
import { classifyPath, readFile } from '../format/data-files.ts';
import type { Track } from '../format/file-schemas.ts';
import type { Snapshot } from '../schedule/snapshot.ts';
import { ScheduleStore, type ScheduleCommitInfo } from '../store/schedule-store.ts';
import { instantOf, textOf } from '../text/text.ts';
import { mostBytes } from '../format/yaml.ts';
import { repositoryAt } from '../git/repository.ts';
import { readBlobs } from '../git/read-blobs.ts';
import type { TrackChanges } from './topic-log.ts';
import { inBatches, readCommits, type RawCommit } from '../git/read-commits.ts';

/** How many commits, and how many changes of files, are held at once. */
const batchSize = 1000;
/** After how many parsed files other work of this process gets its turn. */
const parsedAtOnce = 10;

/**
 * The changes of all commits after `from` (undefined: from the first one) up to `to`, along first
 * parents. Files that are not valid count as far as they are, as everywhere. It takes time, and lets
 * other work of this process go on in between.
 * @throws {StorageError} when there are no such commits
 */
export async function* readTrackChanges(
  gitdir: string,
  from: string | undefined,
  to: string,
): AsyncGenerator<TrackChanges> {
  const store = new ScheduleStore(repositoryAt(gitdir));
  for await (const batch of inBatches(readCommits(gitdir, from, to), batchSize))
    yield* changesOf(gitdir, store, batch);
}

async function* changesOf(
  gitdir: string,
  store: ScheduleStore,
  commits: readonly RawCommit[],
): AsyncGenerator<TrackChanges> {
  const changes = commits.map(({ changes }) =>
    changes.flatMap(({ path, oid }) => {
      const file = classifyPath(path);
      return file.kind === 'track' ? [{ slug: file.slug, oid }] : [];
    }),
  );
  const oids = new Set(changes.flat().flatMap(({ oid }) => oid ?? []));
  const tracks = await readTracks(gitdir, oids);
  for (const [index, { oid: commit, parents, time, body }] of commits.entries()) {
    const changed = new Map<string, Track | undefined>();
    for (const { slug, oid } of changes[index]!) {
      const track = oid === undefined ? undefined : tracks.get(oid);
      if (oid === undefined || track) changed.set(slug, track);
      else {
        const counts = (await store.scheduleAt(commit))?.tracks.get(slug);
        if (counts) changed.set(slug, counts);
      }
    }
    yield { commit, parent: parents[0], time, reverts: revertedBy(body), tracks: changed };
  }
}

/** The tracks in blobs, by the id of the blob; those that are not valid are left out. */
async function readTracks(gitdir: string, oids: ReadonlySet<string>): Promise<Map<string, Track>> {
  const tracks = new Map<string, Track>();
  if (!oids.size) return tracks;
  let count = 0;
  for await (const [oid, bytes] of readBlobs(gitdir, oids, mostBytes)) {
    const read = bytes && readFile('track', textOf(bytes));
    if (read?.ok) tracks.set(oid, read.value);
    if (++count % parsedAtOnce === 0) await setImmediate();
  }
  return tracks;
}

/** As `git revert` writes it; what people say in a chat never begins a line of a message. */
export function revertedBy(body: string): string[] {
  const lines = body.matchAll(/^This reverts commit ([0-9a-f]{40})\b/gm);
  return [...lines].map(([, oid]) => oid!);
}

/** The changes of a commit that the store itself made. */
export function trackChangesOf(
  { commit, schedule }: Snapshot,
  { before, message }: Pick<ScheduleCommitInfo, 'before' | 'message'>,
): TrackChanges {
  const [old, now] = [before.schedule.tracks, schedule.tracks];
  const tracks = new Map<string, Track | undefined>();
  for (const slug of old.keys()) if (!now.has(slug)) tracks.set(slug, undefined);
  for (const [slug, track] of now) if (old.get(slug) !== track) tracks.set(slug, track);
  const time = instantOf(message.time);
  const reverts = revertedBy(message.body ?? '');
  return { commit, parent: before.commit, time, reverts, tracks };
}
