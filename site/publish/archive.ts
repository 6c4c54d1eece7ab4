import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { comesAfter, readCommits } from '../../schedule-data/git/read-commits.ts';
import { replaceFile } from '../../schedule-data/git/replace-file.ts';
import {
  changesPerPage,
  countOfOlder,
  type NewestChanges,
} from '../../schedule-data/history/changes-reader.ts';
import type { DescribedChange } from '../../schedule-data/history/described-change.ts';
import { readChange, readChanges } from '../../schedule-data/history/read-changes.ts';
import type { SiteContent } from '../content/site-content.ts';
import { lettingOthersWork } from '../render/other-work.ts';
import type { LaterPlan, PlannedFile, SitePlan, SitePlanner } from '../render/plan.ts';
import { placeFiles, removeAside } from './place-files.ts';
import type { Log } from './watcher.ts';

/** Tells whose pages there are. Not served. */
const stateName = '.ptgbot-changes.json';
const aside = '.ptgbot-aside-changes';
const removedAside = '.ptgbot-old-changes';
/** How many files come into their places without a break. */
const placedAtOnce = 10;
/** For so long after something was published it waits for more, in milliseconds. */
const quietTime = 1000;

const state = z.strictObject({
  /** What the pages show beside their changes; see `SitePlanner.lastingKey`. */
  key: z.string(),
  /** The commit up to which there are pages. */
  tip: z.string(),
  /** Of so many changes, whole pages, all that belongs to them is there; the last is that commit. */
  count: z.number(),
  commit: z.string().optional(),
});
type State = z.output<typeof state>;

/** The state says something that cannot be true of this history. */
class OtherHistory extends Error {}

/**
 * Keeps the pages of all changes in the folder of a site: those of the newest are planned and published
 * like others; this writes what is older, once, in the background, out of the history. A small file
 * tells how far that is, and of which history; pages of another one are removed.
 */
export class Archive {
  readonly #root: string;
  readonly #planner: SitePlanner;
  readonly #gitdir: string;
  readonly #log: Pick<Log, 'error' | 'info'>;
  #state: State | undefined;
  /** What was published lately without a gap, in numbers of changes. */
  #live = { from: 0, to: 0 };
  #newest: NewestChanges | undefined;
  #publishedAt = -Infinity;
  #filling: Promise<void> | undefined;
  #saving: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(
    directory: string,
    planner: SitePlanner,
    gitdir: string,
    log: Pick<Log, 'error' | 'info'>,
  ) {
    this.#root = resolve(directory);
    this.#planner = planner;
    this.#gitdir = gitdir;
    this.#log = log;
  }

  /** The plan, which removes pages of another history before those of this one are placed. */
  inStep(plan: SitePlan, { changes }: SiteContent): SitePlan {
    const { later } = plan;
    if (!later || !changes) return plan;
    return {
      ...plan,
      later: async () => {
        const lasting = await this.#prepare(changes);
        return { ...(await later()), ...(lasting && { lasting }) };
      },
    };
  }

  /** Notes that content is published; what is missing of older changes is written from now on. */
  async published({ changes }: SiteContent): Promise<void> {
    this.#publishedAt = performance.now();
    if (!changes || !this.#state) return;
    const from = countOfOlder(changes.count);
    const isNext = from <= this.#live.to && this.#live.to <= changes.count;
    this.#live = { from: isNext ? this.#live.from : from, to: changes.count };
    this.#newest = changes;
    const isWhole = this.#state.count >= this.#live.from;
    if (!isWhole) this.#filling ??= this.#fill().finally(() => (this.#filling = undefined));
    await this.#save({ ...this.#state, tip: changes.tip, ...(isWhole && lastFullPage(changes)) });
  }

  /** Resolves when all that was published is whole. Throws when it cannot be written. */
  async whole(): Promise<void> {
    await this.#filling;
    if (this.#state && this.#state.count < this.#live.from)
      throw new Error('pages of older changes are missing');
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#filling;
  }

  /** Removes pages of another history; tells what is known of those that are there. */
  async #prepare({ tip, newest }: NewestChanges): Promise<LaterPlan['lasting']> {
    const key = this.#planner.lastingKey;
    const path = join(this.#root, stateName);
    const known = this.#state && existsSync(path) ? this.#state : await readState(path);
    const isOurs =
      known !== undefined &&
      known.tip !== '' &&
      (newest.some(({ commit }) => commit === known.tip) ||
        known.tip === tip ||
        (await comesAfter(this.#gitdir, known.tip, tip)));
    if (isOurs && known.key === key) {
      this.#state = known;
      return known.tip === tip ? 'there' : undefined;
    }
    this.#live = { from: 0, to: 0 };
    await this.#filling;
    if (!isOurs) await this.#removeAll();
    // So far there are none.
    await this.#save({ key, tip: '', count: 0 });
    return isOurs ? undefined : 'removed';
  }

  /** One after the other: both what is published and what is filled in move on. */
  #save(next: State): Promise<void> {
    this.#state = next;
    const saved = this.#saving.then(() =>
      replaceFile(join(this.#root, stateName), JSON.stringify(this.#state)),
    );
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #fill(): Promise<void> {
    const begin = this.#state!.count;
    try {
      await removeAside(this.#root, aside);
      while (!this.#closed && this.#state!.count < this.#live.from)
        await this.#fillUpTo(this.#newest!);
      const pages = (this.#state!.count - begin) / changesPerPage;
      if (pages > 0) this.#log.info({ pages }, 'pages of older changes are written');
    } catch (error) {
      this.#log.error({ err: error }, 'pages of older changes could not be written');
      if (!(error instanceof OtherHistory) || begin === 0) return;
      const { key, tip } = this.#state!;
      await this.#save({ key, tip, count: 0 });
      await this.#fill();
    }
  }

  /** Writes what is missing up to the newest changes, page by page. */
  async #fillUpTo(newest: NewestChanges): Promise<void> {
    const { count, commit } = this.#state!;
    const until = newest.newest[0]?.parent;
    if (until === undefined) throw new OtherHistory('the history is shorter than its pages');
    const done = new Set<string>();
    let page: DescribedChange[] = [];
    let number = count;
    for await (const change of readChanges(
      this.#gitdir,
      commitsAfter(this.#gitdir, commit, until),
    )) {
      page.push(change);
      number++;
      if (page.length < changesPerPage) continue;
      await this.#writePage(page, number, newest.revertedBy, done);
      if (this.#isOver()) return;
      await this.#save({ ...this.#state!, count: number, commit: change.commit });
      page = [];
    }
    if (number !== countOfOlder(newest.count))
      throw new OtherHistory('the history has another length than its pages');
    // What was published meanwhile is whole, too.
    if (number >= this.#live.from)
      await this.#save({ ...this.#state!, tip: this.#newest!.tip, ...lastFullPage(this.#newest!) });
  }

  #isOver(): boolean {
    return this.#closed || this.#live.to === 0;
  }

  /** @param done what was reverted and is written already */
  async #writePage(
    newest: readonly DescribedChange[],
    count: number,
    revertedBy: NewestChanges['revertedBy'],
    done: Set<string>,
  ): Promise<void> {
    for (const { commit } of newest) if (revertedBy.has(commit)) done.add(commit);
    const reverted: DescribedChange[] = [];
    for (const commit of newest.flatMap(({ reverts }) => reverts)) {
      const change = done.has(commit) ? undefined : await readChange(this.#gitdir, commit);
      if (change) reverted.push(change);
      done.add(commit);
    }
    const tip = newest.at(-1)!.commit;
    const files = this.#planner.lasting({ tip, count, newest, reverted, revertedBy });
    for (let index = 0; index < files.length && !this.#isOver(); index += placedAtOnce) {
      await this.#letCommandsPass();
      await this.#place(files.slice(index, index + placedAtOnce));
    }
  }

  /** Somebody waits for what is said now, nobody for old pages; still they get written on a busy day. */
  async #letCommandsPass(): Promise<void> {
    const end = performance.now() + quietTime;
    while (performance.now() < Math.min(end, this.#publishedAt + quietTime) && !this.#isOver())
      await setTimeout(quietTime / 10);
  }

  async #place(files: readonly PlannedFile[]): Promise<void> {
    const letOthersWork = lettingOthersWork();
    await placeFiles(
      this.#root,
      async (put) => {
        for (const file of files) {
          put(file.paths[0], await file.content());
          await letOthersWork();
        }
      },
      aside,
    );
  }

  /** Moves all lasting pages out of the way at once, and then has them removed. */
  async #removeAll(): Promise<void> {
    const folder = join(this.#root, 'changes');
    const old = join(this.#root, removedAside);
    await rm(old, { recursive: true, force: true });
    const stats = await lstat(folder).catch(() => undefined);
    if (!stats?.isDirectory()) return;
    await rename(folder, old);
    await mkdir(folder);
    for (const name of await readdir(old))
      if (name !== 'page' && !/^[0-9a-f]{40}$/.test(name))
        await rename(join(old, name), join(folder, name));
    await rm(old, { recursive: true, force: true });
  }
}

async function readState(path: string): Promise<State | undefined> {
  try {
    return state.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** How far whole pages go, all in all. */
function lastFullPage({ count, newest }: NewestChanges): Pick<State, 'count' | 'commit'> {
  const full = Math.floor(count / changesPerPage) * changesPerPage;
  return { count: full, commit: newest[newest.length - 1 - (count - full)]?.commit };
}

/** Commits along first parents; the first of them comes right after `from`. */
async function* commitsAfter(gitdir: string, from: string | undefined, to: string) {
  let isFirst = true;
  for await (const commit of readCommits(gitdir, from, to)) {
    if (isFirst && commit.parents[0] !== from)
      throw new OtherHistory('the history does not hold what there are pages of');
    isFirst = false;
    yield commit;
  }
}
