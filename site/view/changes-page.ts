import {
  changesPerPage,
  noChanges,
  type NewestChanges,
} from '../../schedule-data/history/changes-reader.ts';
import type { ChangedFile, DescribedChange } from '../../schedule-data/history/described-change.ts';
import { memo } from '../content/memo.ts';
import { changeView, type ChangeView } from './change.ts';
import type { LastingPage } from './page-file.ts';
import type { RouteParams } from './route-params.ts';
import { stableLists } from './stable-lists.ts';
import { dayAt, dayHeading, moment, type DayHeading, type Moment } from './times.ts';

/** The changes of one day of the event's zone, the newest first. */
export interface ChangesDay extends DayHeading {
  /** A few each, which stay together: of a long list most is as it was. */
  readonly groups: readonly ChangeGroup[];
}

export type ChangeGroup = readonly [ChangeView, ...ChangeView[]];

/** A page of changes. */
export interface ChangesPage {
  readonly days: readonly ChangesDay[];
  /** How many there are in all. */
  readonly count: number;
  /** Of the page with those before. */
  readonly older?: string;
}

/** A full page, which stays as it is. */
export interface NumberedPage extends Omit<ChangesPage, 'count'> {
  readonly number: number;
  readonly path: string;
}

export interface ChangePage {
  readonly change: ChangeView;
  /** `12 September 2018`, and the time with its zone. */
  readonly date: string;
  readonly when: Moment;
  readonly files: readonly ChangedFile[];
}

type Content = Pick<App.Locals, 'schedule' | 'changes'>;

/** How many changes stand on the page of the newest, as long as there are so many. */
const fewest = 50;
const unreverted: readonly string[] = [];

const pagePath = (number: number) => `/changes/page/${number}/`;

/** The newest changes, and whether they were taken back since. */
export const changesPage = memo(({ schedule, changes = noChanges }: Content): ChangesPage => {
  const { count, revertedBy } = changes;
  // Those that are on no full page yet; where these are few, with the last full page.
  const unpaged = count % changesPerPage;
  const full = Math.floor(count / changesPerPage);
  const older = unpaged < fewest ? Math.max(full - 1, 0) : full;
  const newest = count === 0 ? [] : changes.newest.slice(older * changesPerPage - count);
  return {
    count,
    days: daysOf(newest, count, schedule.event.timezone, revertedBy),
    older: older > 0 ? pagePath(older) : undefined,
  };
});

/** Pages by number, the oldest is 1: what stands there says nothing about what came later. */
export function numberedPage(
  { schedule, changes = noChanges }: Content,
  { page = '' }: RouteParams,
): NumberedPage {
  const number = Number(page);
  const shown = changesOn(changes, number);
  return {
    number,
    path: pagePath(number),
    days: daysOf(shown, number * changesPerPage, schedule.event.timezone),
    older: number > 1 ? pagePath(number - 1) : undefined,
  };
}

export const numberedPages: LastingPage = (changes) => {
  const first = Math.floor((changes.count - changes.newest.length) / changesPerPage) + 1;
  const last = Math.floor(changes.count / changesPerPage);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    params: { page: `${first + index}` },
    shows: changesOn(changes, first + index),
  }));
};

function changesOn({ count, newest }: NewestChanges, page: number): readonly DescribedChange[] {
  const before = count - newest.length;
  const begin = (page - 1) * changesPerPage - before;
  return newest.slice(Math.max(begin, 0), Math.max(begin + changesPerPage, 0));
}

/** One change in words and in lines. Throws when there is no such change. */
export function changePage(
  { schedule, changes = noChanges }: Content,
  { commit }: RouteParams,
): ChangePage {
  const found = [...changes.newest, ...changes.reverted].find((one) => one.commit === commit);
  if (!found) throw new Error(`There is no change ${commit}.`);
  const { timezone } = schedule.event;
  const view = changeView(found, timezone, changes.revertedBy.get(found.commit) ?? unreverted);
  const { date } = dayAt(new Date(found.time), timezone);
  const when = moment(found.time, timezone, 'dated');
  return { change: view, date: date.label, when, files: found.files };
}

export const changePages: LastingPage = ({ newest, reverted, revertedBy }) =>
  [...newest, ...reverted].map((change) => ({
    params: { commit: change.commit },
    shows: [change, revertedBy.get(change.commit)],
  }));

/** How many changes stay together at most. */
const groupSize = 25;
const stable = stableLists<ChangeView>();

/** @param last the number of the last of the changes */
function daysOf(
  changes: readonly DescribedChange[],
  last: number,
  timezone: string,
  revertedBy: NewestChanges['revertedBy'] = new Map(),
): readonly ChangesDay[] {
  const days: (DayHeading & { groups: [ChangeView, ...ChangeView[]][] })[] = [];
  for (const [index, change] of changes.toReversed().entries()) {
    const { view, day } = madeOf(change, timezone, revertedBy.get(change.commit));
    const isNewDay = days.at(-1)?.date.iso !== day.date.iso;
    if (isNewDay) days.push({ ...day, groups: [] });
    const { groups } = days.at(-1)!;
    if (isNewDay || (last - index) % groupSize === 0) groups.push([view]);
    else groups.at(-1)!.push(view);
  }
  return days.map((day) => ({
    ...day,
    groups: day.groups.map((group): ChangeGroup => stable(group)),
  }));
}

interface Made {
  readonly timezone: string;
  readonly revertedBy: readonly string[];
  readonly view: ChangeView;
  readonly day: DayHeading;
}

const made = new WeakMap<DescribedChange, Made>();

/** Made once: a list is long, and each change adds one line to it. */
function madeOf(
  change: DescribedChange,
  timezone: string,
  revertedBy: readonly string[] = unreverted,
): Made {
  const known = made.get(change);
  if (known?.timezone === timezone && known.revertedBy === revertedBy) return known;
  const day = dayHeading(change.time, timezone);
  const view = changeView(change, timezone, revertedBy);
  const now = { timezone, revertedBy, view, day };
  made.set(change, now);
  return now;
}
