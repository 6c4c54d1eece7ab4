import type { NewestChanges } from '../../schedule-data/history/changes-reader.ts';
import type { DescribedChange } from '../../schedule-data/history/described-change.ts';
import { plural } from '../../schedule-data/text/text.ts';
import { memo } from '../content/memo.ts';
import { changePath, changesPath, sentencesOf } from './change.ts';
import type { RouteParams } from './route-params.ts';
import { stableLists } from './stable-lists.ts';
import { trackLabel, trackUrl } from './track-names.ts';

/** A feed as plain data, as RFC 4287 calls its parts. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  /** Absolute; where the address of the site is not known there are none. */
  readonly self?: string;
  readonly alternate?: string;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  readonly published: string;
  readonly updated: string;
  readonly author: string;
  readonly content: string;
  readonly alternate?: string;
}

const mostEntries = 50;
/** Who corrects a slip within this time said one thing, in milliseconds. */
const timeToCorrect = 2 * 60_000;

type Content = Pick<App.Locals, 'schedule' | 'changes' | 'site'>;

export const changesFeedPath = `${changesPath}feed.atom`;

export function trackFeedPath(slug: string): string {
  return `${trackUrl(slug)}feed.atom`;
}

/** The newest changes of all. */
export function changesFeed({ schedule, changes, site }: Content): Feed {
  const { id, name } = schedule.event;
  const part = `${encodeURIComponent(id)}:changes`;
  const title = `Changes · ${name}`;
  return feedOf(groupsOf(changes), site, part, title, changesFeedPath, changesPath);
}

/** The newest changes of a track, under any of its names. */
export function trackFeed({ schedule, changes, site }: Content, params: RouteParams): Feed {
  const { track: slug = '' } = params;
  const { id, name } = schedule.event;
  const names = [slug, ...(schedule.tracks.get(slug)?.formerly ?? [])];
  const own = changes ? names.flatMap((one) => groupsByTrack(changes).get(one) ?? []) : [];
  // Under several names they come one name after the other.
  const groups = names.length > 1 ? groupsOf(changes).filter((group) => own.includes(group)) : own;
  const part = `${encodeURIComponent(id)}:changes:${encodeURIComponent(slug)}`;
  const title = `Changes to ${trackLabel(schedule, slug)} · ${name}`;
  return feedOf(groups, site, part, title, trackFeedPath(slug), trackUrl(slug));
}

/** Changes that are one entry, the oldest first; there is always one. */
type Group = readonly [DescribedChange, ...DescribedChange[]];

const stable = stableLists<DescribedChange>();

function groupsOf(changes: NewestChanges | undefined): readonly Group[] {
  return changes ? groups(changes) : [];
}

const groups = memo(({ count, newest }: NewestChanges): readonly Group[] => {
  const all: [DescribedChange, ...DescribedChange[]][] = [];
  for (const change of newest) {
    const group = all.at(-1);
    if (group && corrects(change, group.at(-1)!)) group.push(change);
    else all.push([change]);
  }
  // The first may have begun before, under another id.
  return (count > newest.length ? all.slice(1) : all).map((group): Group => stable(group));
});

const groupsByTrack = memo((changes: NewestChanges): ReadonlyMap<string, readonly Group[]> => {
  const byTrack = new Map<string, Group[]>();
  for (const group of groups(changes))
    for (const track of group[0].tracks) {
      const known = byTrack.get(track);
      if (known) known.push(group);
      else byTrack.set(track, [group]);
    }
  return byTrack;
});

function corrects(change: DescribedChange, before: DescribedChange): boolean {
  return (
    change.author === before.author &&
    change.tracks.length > 0 &&
    change.tracks.join() === before.tracks.join() &&
    Math.abs(Date.parse(change.time) - Date.parse(before.time)) <= timeToCorrect
  );
}

function feedOf(
  groups: readonly Group[],
  site: string | undefined,
  part: string,
  title: string,
  self: string,
  page: string,
): Feed {
  const at = (path: string) => (site === undefined ? undefined : site + path);
  const entries = groups
    .slice(-mostEntries)
    .toReversed()
    .map((group) => entryOf(group, site));
  return {
    id: `tag:ptgbot.invalid,2026:${part}`,
    title,
    updated: entries[0]?.updated ?? '1970-01-01T00:00:00Z',
    self: at(self),
    alternate: at(page),
    entries,
  };
}

const entries = new WeakMap<Group, { readonly site?: string; readonly entry: FeedEntry }>();

function entryOf(group: Group, site: string | undefined): FeedEntry {
  const known = entries.get(group);
  if (known && known.site === site) return known.entry;
  const entry = newEntry(group, site);
  entries.set(group, { site, entry });
  return entry;
}

/** Its id is that of what was said first, so that a correction is no other entry. */
function newEntry(group: Group, site: string | undefined): FeedEntry {
  const [first] = group;
  const last = group.at(-1)!;
  const [sentence = '', ...others] = sentencesOf(last);
  const rest = others.length + last.more;
  return {
    id: `tag:ptgbot.invalid,2026:commit:${first.commit}`,
    title: rest > 0 ? `${sentence} (and ${plural(rest, 'more change')})` : sentence,
    published: first.time,
    updated: last.time,
    author: last.author,
    content: group.flatMap(sentencesOf).join('\n'),
    alternate: site === undefined ? undefined : site + changePath(last.commit),
  };
}
