import { z } from 'zod';
import { readCommits, type RawCommit } from '../git/read-commits.ts';
import { changesData, type DescribedChange } from './described-change.ts';
import { HistoryReader, type ReaderOptions, type Subject } from './history-reader.ts';
import { readChange, readChanges } from './read-changes.ts';
import { revertedBy } from './track-changes.ts';

/** How many changes stand on a page; pages are numbered from the oldest, so that a full one stays. */
export const changesPerPage = 100;

/** The newest changes of a history: those of the last full page, and what came after it. */
export interface NewestChanges {
  /** The commit at which these are the newest. */
  readonly tip: string;
  /** How many changes there are in all, from the first commit on. */
  readonly count: number;
  /** The oldest first. */
  readonly newest: readonly DescribedChange[];
  /** Older ones that one of the newest reverts. */
  readonly reverted: readonly DescribedChange[];
  /** Which commits revert a commit, in all of the history. */
  readonly revertedBy: ReadonlyMap<string, readonly string[]>;
}

/** Of a history in which nothing was changed. */
export const noChanges: NewestChanges = {
  tip: '',
  count: 0,
  newest: [],
  reverted: [],
  revertedBy: new Map(),
};

/** How many changes are older than the newest, of so many: whole pages. */
export function countOfOlder(count: number): number {
  return Math.max(Math.floor(count / changesPerPage) - 1, 0) * changesPerPage;
}

const text = z.string();
const texts = z.array(text);
const change: z.ZodType<DescribedChange> = z.strictObject({
  commit: text,
  parent: text.optional(),
  time: text,
  author: text,
  subject: text,
  sentences: texts,
  more: z.number(),
  files: z.array(
    z.strictObject({
      path: text,
      lines: z.array(z.tuple([z.enum(['-', '+', ' ', 'gap']), text])),
      more: z.number(),
    }),
  ),
  tracks: texts,
  rooms: texts,
  reverts: texts,
}) as z.ZodType<DescribedChange>;

const subject: Subject<NewestChanges, DescribedChange> = {
  name: 'changes',
  version: 1,
  schema: z.strictObject({
    tip: text,
    count: z.number(),
    newest: z.array(change),
    reverted: z.array(change),
    revertedBy: z.array(z.tuple([text, texts])).transform((entries) => new Map(entries)),
  }),
  plain: (known) => ({ ...known, revertedBy: [...known.revertedBy] }),

  async readOn(gitdir, known, commit) {
    let { tip, count } = known ?? { tip: undefined, count: 0 };
    const reverts = new Map(known?.revertedBy);
    let commits = 0;
    let raw: RawCommit[] = [];
    for await (const one of readCommits(gitdir, tip, commit)) {
      if (known && one.parents[0] !== tip) return undefined;
      tip = one.oid;
      commits++;
      if (!changesData(one)) continue;
      count++;
      noteReverts(reverts, one.oid, revertedBy(one.body));
      raw.push(one);
      if (raw.length > 2 * changesPerPage) raw = raw.slice(1 - 2 * changesPerPage);
    }
    if (tip !== commit) return undefined;
    const wanted = count - countOfOlder(count);
    const all = [...(known?.newest ?? [])];
    for await (const change of readChanges(gitdir, raw.slice(-wanted))) all.push(change);
    const newest = all.slice(-wanted);
    const reverted = await revertedBefore(gitdir, newest, known);
    return { known: { tip, count, newest, reverted, revertedBy: reverts }, commits };
  },

  with(known, change) {
    const count = known.count + 1;
    const newest = [...known.newest, change].slice(countOfOlder(count) - count);
    const isKnown = (commit: string) =>
      [...known.newest, ...known.reverted].some((one) => one.commit === commit);
    // What is older has to be read.
    if (!change.reverts.every(isKnown)) return undefined;
    const reverts = change.reverts.length ? new Map(known.revertedBy) : known.revertedBy;
    if (change.reverts.length)
      noteReverts(reverts as Map<string, string[]>, change.commit, change.reverts);
    return {
      tip: change.commit,
      count,
      newest,
      reverted: stillReverted(known, newest),
      revertedBy: reverts,
    };
  },
};

function noteReverts(
  all: Map<string, readonly string[]>,
  commit: string,
  reverted: readonly string[],
): void {
  for (const one of new Set(reverted)) all.set(one, [...(all.get(one) ?? []), commit]);
}

/** Commits that the newest revert, and that are none of them. */
function olderOnes(newest: readonly DescribedChange[]): ReadonlySet<string> {
  const known = new Set(newest.map(({ commit }) => commit));
  return new Set(newest.flatMap(({ reverts }) => reverts).filter((one) => !known.has(one)));
}

/** Of what is known already. */
function stillReverted(
  { newest, reverted }: NewestChanges,
  now: readonly DescribedChange[],
): readonly DescribedChange[] {
  const wanted = olderOnes(now);
  if (!wanted.size && !reverted.length) return reverted;
  return [...reverted, ...newest].filter(({ commit }) => wanted.has(commit));
}

async function revertedBefore(
  gitdir: string,
  newest: readonly DescribedChange[],
  known: NewestChanges | undefined,
): Promise<readonly DescribedChange[]> {
  const found = new Map(known?.reverted.map((one) => [one.commit, one]));
  const older: DescribedChange[] = [];
  for (const commit of olderOnes(newest)) {
    const change = found.get(commit) ?? (await readChange(gitdir, commit));
    if (change) older.push(change);
  }
  return older;
}

/** The newest changes at a commit. @throws {StorageError} */
export async function newestChangesAt(
  gitdir: string,
  commit: string,
  options?: ReaderOptions,
): Promise<NewestChanges> {
  const reader = new ChangesReader(gitdir, options);
  await reader.read(commit);
  return reader.known!;
}

/** The newest changes of a repository, from the history of its branch. */
export class ChangesReader extends HistoryReader<NewestChanges, DescribedChange> {
  constructor(gitdir: string, options?: ReaderOptions) {
    super(gitdir, subject, options);
  }
}
