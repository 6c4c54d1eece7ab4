/** What one commit changed, as people are told of it. */
import type { RawCommit } from '../git/read-commits.ts';
import { describeChanges } from '../schedule/describe.ts';
import { emptySchedule, type Schedule } from '../schedule/schedule.ts';
import type { Snapshot } from '../schedule/snapshot.ts';
import type { FileTexts } from '../store/data-store.ts';
import type { ScheduleCommitInfo } from '../store/schedule-store.ts';
import { classifyPath } from '../format/data-files.ts';
import { instantOf } from '../text/text.ts';
import { changedLines, type ChangedLine } from './changed-lines.ts';
import { revertedBy } from './track-changes.ts';

export interface DescribedChange {
  readonly commit: string;
  /** Undefined for the first commit of all, which nobody can take back. */
  readonly parent: string | undefined;
  /** UTC, `2018-09-10T15:04:05Z`. */
  readonly time: string;
  /** The name alone: addresses are nobody's business. */
  readonly author: string;
  readonly subject: string;
  readonly sentences: readonly string[];
  /** How many sentences more there are. */
  readonly more: number;
  readonly files: readonly ChangedFile[];
  /** Slugs of what it is about; a booking is about its track, too. */
  readonly tracks: readonly string[];
  readonly rooms: readonly string[];
  /** The commits that it reverts. */
  readonly reverts: readonly string[];
}

export interface ChangedFile {
  readonly path: string;
  readonly lines: readonly ChangedLine[];
  /** How many lines more there are. */
  readonly more: number;
}

/** What a commit is, beside the files that it changed. */
export interface CommitHead extends Pick<DescribedChange, 'commit' | 'parent' | 'time'> {
  readonly author: string;
  readonly subject: string;
  readonly body: string;
}

/** A whole event may come at once: what git tells as well need not be told in full. */
const mostSentences = 50;
const mostLines = 200;
const longestSentence = 1000;
const longestName = 200;

/** @param before undefined where there was no event yet, as `after` */
export function describedChange(
  { commit, parent, time, author, subject, body }: CommitHead,
  before: Schedule | undefined,
  after: Schedule | undefined,
  files: readonly FileTexts[],
): DescribedChange {
  const sentences = after ? describeChanges(before ?? emptySchedule(after.event), after) : [];
  const of = (wanted: string) =>
    files.flatMap(({ path }) => {
      const file = classifyPath(path);
      return file.kind === wanted && 'slug' in file ? [file.slug] : [];
    });
  const rooms = of('room');
  const booked = rooms.flatMap((room) => bookedAnew(room, before, after));
  return {
    commit,
    parent,
    time,
    author: withoutAddress(author),
    subject,
    sentences: sentences.slice(0, mostSentences).map(shortened),
    more: Math.max(sentences.length - mostSentences, 0),
    files: toldLines(files),
    tracks: [...new Set([...of('track'), ...booked])].sort(),
    rooms: rooms.sort(),
    reverts: revertedBy(body),
  };
}

/** A change that the store itself made. */
export function describedChangeOf(
  { commit, schedule }: Snapshot,
  { before, message, files, forgetsPast }: ScheduleCommitInfo,
): DescribedChange {
  const head: CommitHead = {
    commit,
    parent: forgetsPast ? undefined : before.commit,
    time: instantOf(message.time),
    author: message.author.name,
    subject: message.subject,
    body: message.body ?? '',
  };
  return describedChange(head, forgetsPast ? undefined : before.schedule, schedule, files);
}

export function headOf({ oid, parents, time, author, subject, body }: RawCommit): CommitHead {
  return { commit: oid, parent: parents[0], time, author: author.name, subject, body };
}

/** Does a commit change anything of ours? */
export function changesData({ changes }: Pick<RawCommit, 'changes'>): boolean {
  return changes.some(({ path }) => classifyPath(path).kind !== 'foreign');
}

/** Tracks that have another slot of a room than before. */
function bookedAnew(room: string, before?: Schedule, after?: Schedule): string[] {
  const [old, now] = [before, after].map(
    (schedule) => schedule?.rooms.get(room)?.slots ?? new Map<string, string | null>(),
  );
  return [...new Set([...old!.keys(), ...now!.keys()])].flatMap((slot) => {
    const [was, is] = [old!.get(slot) ?? null, now!.get(slot) ?? null];
    return was === is ? [] : [was, is].flatMap((track) => track ?? []);
  });
}

function toldLines(files: readonly FileTexts[]): ChangedFile[] {
  let left = mostLines;
  return files
    .filter(({ path }) => classifyPath(path).kind !== 'foreign')
    .map(({ path, before, after }) => {
      const all = changedLines(before, after);
      const lines = all.slice(0, left);
      left -= lines.length;
      return { path, lines, more: all.length - lines.length };
    });
}

/** Names of authors are what somebody configured in git: also `ada@example.org`, also nothing. */
function withoutAddress(name: string): string {
  const short = name.slice(0, longestName).toWellFormed();
  return short.replace(/[<(]?(\S*)@\S*/g, '$1').trim() || 'somebody';
}

function shortened(sentence: string): string {
  return sentence.length > longestSentence
    ? `${sentence.slice(0, longestSentence).toWellFormed()}…`
    : sentence;
}
