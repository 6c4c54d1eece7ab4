import { fold } from '../../schedule-data/text/slug.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { memo, memoEach } from '../content/memo.ts';

/** The page of a track, below the base of the site. */
export function trackUrl(slug: string): string {
  return `/tracks/${encodeURIComponent(slug)}/`;
}

/** A track as anybody may write it: by its slug or a former one, in any case. */
export type FindTrack = (name: string) => FoundTrack | undefined;

export interface FoundTrack {
  readonly slug: string;
  /** What it is called on pages. */
  readonly label: string;
}

export const trackFinder = memo((schedule: Schedule) => finder(slugsByName(schedule), schedule));

function finder(slugs: ReadonlyMap<string, string>, schedule: Schedule): FindTrack {
  return (name) => {
    const slug = slugs.get(fold(name));
    return slug === undefined ? undefined : { slug, label: trackLabel(schedule, slug) };
  };
}

const slugsByName = memo(({ tracks }: Schedule): ReadonlyMap<string, string> => {
  const slugs = new Map<string, string>();
  for (const [slug, { formerly }] of tracks)
    for (const former of formerly) slugs.set(fold(former), slug);
  for (const slug of tracks.keys()) slugs.set(fold(slug), slug);
  return slugs;
});

export const trackLabel = memoEach(
  ({ tracks }: Schedule, slug): string => tracks.get(slug)?.name ?? slug,
);
