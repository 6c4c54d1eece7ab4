/** What commits changed, read from the repository. */
import { setImmediate } from 'node:timers/promises';
import { classifyPath, readFile, type ReadFile } from '../format/data-files.ts';
import type { FileKind, FileValue } from '../format/file-schemas.ts';
import { mostBytes } from '../format/yaml.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { inBatches, readCommitsBack, type RawCommit } from '../git/read-commits.ts';
import { repositoryAt } from '../git/repository.ts';
import { StorageError } from '../git/storage-error.ts';
import { sortedSchedule, type Schedule } from '../schedule/schedule.ts';
import { ScheduleStore } from '../store/schedule-store.ts';
import { textOf } from '../text/text.ts';
import { changesData, describedChange, headOf, type DescribedChange } from './described-change.ts';

/** How many commits, and how many changes of files, are held at once. */
const batchSize = 200;
/** After how many commits other work of this process gets its turn. */
const describedAtOnce = 5;

/**
 * What commits changed, which come one after the other along first parents. Those that change nothing
 * of ours are left out. The schedule goes from commit to commit as a value; only files that changed
 * are read. It lets other work of this process go on in between.
 * @throws {StorageError}
 */
export async function* readChanges(
  gitdir: string,
  commits: AsyncIterable<RawCommit> | Iterable<RawCommit>,
): AsyncGenerator<DescribedChange> {
  const replay = new Replay(gitdir);
  for await (const batch of inBatches(commits, batchSize)) yield* replay.describe(batch);
}

/** What a single commit changed; undefined where there is no such commit. */
export async function readChange(
  gitdir: string,
  commit: string,
): Promise<DescribedChange | undefined> {
  try {
    for await (const raw of readCommitsBack(gitdir, commit))
      for await (const change of readChanges(gitdir, [raw])) return change;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
  return undefined;
}

/** The schedule, commit by commit. */
class Replay {
  readonly #gitdir: string;
  readonly #store: ScheduleStore;
  #schedule: Schedule | undefined;
  #hasBegun = false;

  constructor(gitdir: string) {
    this.#gitdir = gitdir;
    this.#store = new ScheduleStore(repositoryAt(gitdir));
  }

  async *describe(commits: readonly RawCommit[]): AsyncGenerator<DescribedChange> {
    const texts = await this.#texts(commits);
    for (const [index, commit] of commits.entries()) {
      if (!changesData(commit)) continue;
      if (!this.#hasBegun) {
        const [parent] = commit.parents;
        this.#schedule = parent === undefined ? undefined : await this.#store.scheduleAt(parent);
        this.#hasBegun = true;
      }
      const before = this.#schedule;
      this.#schedule =
        this.#after(commit, texts) ?? (await this.#store.scheduleAt(commit.oid)) ?? before;
      const files = commit.changes.map(({ path, oid, before }) => ({
        path,
        before: before === undefined ? undefined : texts.get(before),
        after: oid === undefined ? undefined : texts.get(oid),
      }));
      yield describedChange(headOf(commit), before, this.#schedule, files);
      if (index % describedAtOnce === 0) await setImmediate();
    }
  }

  /** The contents of all files that are concerned, by the id of the blob; what is no text is missing. */
  async #texts(commits: readonly RawCommit[]): Promise<Map<string, string>> {
    const oids = commits.flatMap(({ changes }) =>
      changes.flatMap(({ path, oid, before }) =>
        hasText(path) ? [before ?? [], oid ?? []].flat() : [],
      ),
    );
    const texts = new Map<string, string>();
    if (!oids.length) return texts;
    for await (const [oid, bytes] of readBlobs(this.#gitdir, new Set(oids), mostBytes)) {
      const text = bytes && textOf(bytes);
      if (text !== undefined) texts.set(oid, text);
    }
    return texts;
  }

  /** The schedule with the changed files; undefined where one of them is not simply valid. */
  #after(commit: RawCommit, texts: ReadonlyMap<string, string>): Schedule | undefined {
    let after = this.#schedule;
    for (const { path, oid } of commit.changes) {
      const place = classifyPath(path);
      if (place.kind === 'foreign' || place.kind === 'misnamed' || place.kind === 'plan') continue;
      const read: ReadFile | undefined =
        oid === undefined ? undefined : readFile(place.kind, texts.get(oid));
      if (!after || read?.ok === false) return undefined;
      after = withFile(after, place, read?.value);
    }
    return after;
  }
}

/** Is it a data file that people read line by line? */
const hasText = (path: string) => !['foreign', 'plan'].includes(classifyPath(path).kind);

/** Undefined where only the whole history tells what counts then. */
function withFile(
  schedule: Schedule,
  { kind, slug }: { readonly kind: FileKind; readonly slug: string },
  value: FileValue | undefined,
): Schedule | undefined {
  const changed = <V>(map: ReadonlyMap<string, V>) => {
    const copy = new Map(map);
    if (value === undefined) copy.delete(slug);
    else copy.set(slug, value as V);
    return copy;
  };
  switch (kind) {
    case 'event':
      return value && { ...schedule, event: value as Schedule['event'] };
    case 'announcements':
      return { ...schedule, announcements: (value ?? []) as Schedule['announcements'] };
    case 'room':
      return sortedSchedule({ ...schedule, rooms: changed(schedule.rooms) });
    case 'track': {
      const after = { ...schedule, tracks: changed(schedule.tracks) };
      return schedule.tracks.has(slug) ? after : sortedSchedule(after);
    }
    case 'person':
    case 'plan':
      return schedule;
  }
}
