import { z } from 'zod';
import { classifyPath } from '../format/data-files.ts';
import { readCommits, type RawCommit } from '../git/read-commits.ts';
import { repositoryAt } from '../git/repository.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Snapshot } from '../schedule/snapshot.ts';
import { ScheduleStore, type ScheduleCommitInfo } from '../store/schedule-store.ts';
import { instantOf } from '../text/text.ts';
import {
  emptyCalendar,
  withSchedule,
  type CalendarEntry,
  type CalendarLog,
} from './calendar-log.ts';
import { HistoryReader, type ReaderOptions, type Subject } from './history-reader.ts';

/** The log as it is at the commit `tip`. */
interface CalendarAt {
  readonly tip: string;
  readonly log: CalendarLog;
}

/** What one commit means for a calendar. */
export interface CalendarChange {
  readonly commit: string;
  readonly parent: string | undefined;
  /** When it was committed, in UTC with seconds. */
  readonly time: string;
  /** What it left; undefined where it concerns no entry. */
  readonly schedule: Schedule | undefined;
}

const text = z.string();
const entry: z.ZodType<CalendarEntry> = z.strictObject({
  id: text,
  track: text,
  room: text,
  slots: z.array(text),
  start: text,
  end: text,
  sequence: z.number(),
  changed: text,
  cancelled: z.boolean(),
});

const subject: Subject<CalendarAt, CalendarChange> = {
  name: 'calendar',
  version: 1,
  schema: z
    .strictObject({
      tip: text,
      event: text.optional(),
      entries: z.array(entry),
    })
    .transform(({ tip, event, entries }) => ({ tip, log: { event, entries } })),
  plain: ({ tip, log }) => ({ tip, ...log }),

  async readOn(gitdir, known, commit) {
    const store = new ScheduleStore(repositoryAt(gitdir));
    let tip = known?.tip;
    let log = known?.log ?? emptyCalendar;
    let commits = 0;
    for await (const one of readCommits(gitdir, tip, commit)) {
      if (known && one.parents[0] !== tip) return undefined;
      const schedule = concernsEntries(one) ? await store.scheduleAt(one.oid) : undefined;
      if (schedule) log = withSchedule(log, schedule, one.time);
      tip = one.oid;
      commits++;
    }
    return tip === commit ? { known: { tip, log }, commits } : undefined;
  },

  with: ({ log }, { commit, time, schedule }) => ({
    tip: commit,
    log: schedule ? withSchedule(log, schedule, time) : log,
  }),
};

/** Bookings and times, and tracks that come and go: one may be another's new name. */
function concernsEntries({ changes }: RawCommit): boolean {
  return changes.some(({ path, oid, before }) => {
    const { kind } = classifyPath(path);
    return (
      kind === 'event' ||
      kind === 'room' ||
      (kind === 'track' && (oid === undefined || before === undefined))
    );
  });
}

/** A commit that the store itself made. */
export function calendarChangeOf(
  { commit, schedule }: Snapshot,
  { before, message }: Pick<ScheduleCommitInfo, 'before' | 'message'>,
): CalendarChange {
  const old = before.schedule;
  const isSame =
    old.event === schedule.event &&
    areSame(old.rooms, schedule.rooms, (a, b) => a === b) &&
    areSame(old.tracks, schedule.tracks, () => true);
  const time = instantOf(message.time);
  return { commit, parent: before.commit, time, schedule: isSame ? undefined : schedule };
}

function areSame<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  isSame: (a: V | undefined, b: V) => boolean,
): boolean {
  return (
    a.size === b.size && [...b].every(([key, value]) => a.has(key) && isSame(a.get(key), value))
  );
}

/** The entries at a commit. @throws {StorageError} */
export async function calendarAt(
  gitdir: string,
  commit: string,
  options?: ReaderOptions,
): Promise<readonly CalendarEntry[]> {
  const reader = new CalendarLogReader(gitdir, options);
  await reader.read(commit);
  return reader.entries!;
}

/** The entries of a repository's calendar, from the history of its branch. */
export class CalendarLogReader extends HistoryReader<CalendarAt, CalendarChange> {
  constructor(gitdir: string, options?: ReaderOptions) {
    super(gitdir, subject, options);
  }

  /** As far as the history is read; undefined before. */
  get entries(): readonly CalendarEntry[] | undefined {
    return this.known?.log.entries;
  }
}
