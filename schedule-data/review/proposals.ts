/**
 * review/ keeps changes that somebody has to look at before they count: commits beside the branch. It
 * decides neither which do, nor what becomes of them. This file: the proposals of a repository.
 */
import { createHash } from 'node:crypto';
import type { CommitMessage } from '../git/commit.ts';
import { git } from '../git/git.ts';
import { mergeBases } from '../git/merge-base.ts';
import type { Repository } from '../git/repository.ts';
import { revertedBy } from '../history/track-changes.ts';
import { mergeSchedules } from '../schedule/merge.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Snapshot } from '../schedule/snapshot.ts';
import { changesBetween } from '../store/changes.ts';
import type { Change } from '../store/data-store.ts';
import type { ScheduleContent } from '../store/layout.ts';
import type { ScheduleStore } from '../store/schedule-store.ts';
import { instantOf, oneLine } from '../text/text.ts';

/** A branch `proposals/N`, made here or pushed by somebody. */
export interface Proposal {
  readonly number: number;
  readonly commit: string;
  readonly subject: string;
  readonly author: { readonly name: string; readonly email: string };
  /** UTC, `2018-09-10T15:04:05Z`. */
  readonly time: string;
  /** Commits that it takes back. */
  readonly reverts: readonly string[];
}

/** With the schedule that it was made for, and what it makes of it. */
export interface ProposedChange extends Proposal {
  readonly before: Schedule;
  readonly after: Schedule;
}

export const proposalBranches = 'refs/heads/proposals';
/** What became of them stays, so that no number means two, and nothing is lost. */
const closedRefs = 'refs/ptgbot/closed';

const fields = ['refname:lstrip=-1', 'objectname', 'authorname', 'authoremail:trim'];
const format = [...fields, 'authordate:unix', 'subject', 'body'].map((one) => `%(${one})`);

export class Proposals {
  readonly #repository: Repository;
  readonly #store: ScheduleStore;
  readonly #isForGerrit: boolean;
  #changed: () => void = () => undefined;

  /** @param isForGerrit whether new ones carry what Gerrit knows a change by */
  constructor(repository: Repository, store: ScheduleStore, isForGerrit = false) {
    this.#repository = repository;
    this.#store = store;
    this.#isForGerrit = isForGerrit;
  }

  /** Calls the listener whenever one comes or goes. */
  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  /** Those that nobody decided on yet, by their numbers. @throws {StorageError} */
  async list(): Promise<readonly Proposal[]> {
    const lines = await this.#refs(`--format=${format.join('%00')}%00%00`, proposalBranches);
    return lines
      .split('\0\0')
      .flatMap((line) => proposalOf(line.trimStart()) ?? [])
      .sort((a, b) => a.number - b.number);
  }

  /** Undefined where there is none, or none any more. @throws {StorageError} */
  async find(number: number): Promise<ProposedChange | undefined> {
    const found = (await this.list()).find((one) => one.number === number);
    return found && (await this.#withChange(found));
  }

  /** Keeps a change that was decided on a snapshot; gives its number. @throws {StorageError} */
  async add(on: Snapshot, change: Change<ScheduleContent>): Promise<number> {
    const { message } = change;
    const trailers = this.#isForGerrit
      ? [...message.trailers, ['Change-Id', changeId(on.commit, message)] as const]
      : message.trailers;
    const commit = await this.#store.commitAside(on.commit, {
      ...change,
      message: { ...message, trailers },
    });
    const refs = await this.#refs('--format=%(refname:lstrip=-1)', proposalBranches, closedRefs);
    const number = Math.max(0, ...refs.split('\n').map(Number).filter(Number.isInteger)) + 1;
    // Git refuses where somebody pushes the same number now.
    await this.#git('update-ref', `${proposalBranches}/${number}`, commit, '');
    this.#changed();
    return number;
  }

  /**
   * Ends one: it is part of the branch now, or was declined.
   * @param declined how that is told in history
   * @throws {StorageError}
   */
  async close({ number, commit }: Proposal, declined?: CommitMessage): Promise<void> {
    const { schedule } = await this.#store.at(commit);
    const last = declined
      ? await this.#store.commitAside(commit, { schedule, changes: [], message: declined })
      : commit;
    await this.#git('update-ref', `${closedRefs}/${number}`, last);
    await this.#git('update-ref', '-d', `${proposalBranches}/${number}`, commit);
    this.#changed();
  }

  /**
   * Ends those that are part of the branch by now, as somebody merged them, or whose change is there
   * in another way; gives them.
   * @throws {StorageError}
   */
  async closeMerged(): Promise<readonly Proposal[]> {
    const closed: Proposal[] = [];
    for (const proposal of await this.list()) {
      const { schedule } = await this.#store.current();
      const change = await this.#withChange(proposal);
      if (change && !isStillNeeded(schedule, change)) {
        await this.close(proposal);
        closed.push(proposal);
      }
    }
    return closed;
  }

  async #withChange(proposal: Proposal): Promise<ProposedChange | undefined> {
    const { commit: tip } = await this.#store.current();
    const [base] = await mergeBases(this.#repository.gitdir, tip, proposal.commit);
    if (base === undefined) return undefined;
    const [before, after] = [await this.#store.at(base), await this.#store.at(proposal.commit)];
    return { ...proposal, before: before.schedule, after: after.schedule };
  }

  #refs(...args: string[]): Promise<string> {
    return this.#git('for-each-ref', ...args);
  }

  #git(...args: string[]): Promise<string> {
    return git('--git-dir', this.#repository.gitdir, ...args);
  }
}

function proposalOf(line: string): Proposal | undefined {
  const [number, commit = '', name = '', email = '', seconds, subject = '', body = ''] =
    line.split('\0');
  if (!/^[1-9]\d{0,8}$/.test(number ?? '')) return undefined;
  const time = instantOf(new Date(Number(seconds) * 1000));
  return {
    number: Number(number),
    commit,
    subject: oneLine(subject),
    author: { name: oneLine(name), email },
    time,
    reverts: revertedBy(body),
  };
}

function isStillNeeded(schedule: Schedule, { before, after }: ProposedChange): boolean {
  const merged = mergeSchedules(before, schedule, after);
  return merged.conflicts.length > 0 || changesBetween(schedule, merged.schedule).length > 0;
}

/** As Gerrit wants it: the same for all versions of one change, and of no other. */
function changeId(base: string, { subject, author, time }: CommitMessage): string {
  const text = JSON.stringify([base, subject, author, time]);
  return `I${createHash('sha1').update(text).digest('hex')}`;
}
