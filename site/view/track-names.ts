import type { Track } from '../../schedule-data/format/file-schemas.ts';
import { fold } from '../../schedule-data/text/slug.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { slugsByName } from '../../schedule-data/schedule/tracks.ts';
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

export const trackFinder = memo((schedule: Schedule) => finder(names(schedule), schedule));

function finder(slugs: ReadonlyMap<string, string>, schedule: Schedule): FindTrack {
  return (name) => {
    const slug = slugs.get(fold(name));
    return slug === undefined ? undefined : { slug, label: trackLabel(schedule, slug) };
  };
}

const names = memo((schedule: Schedule) => {
  const { tracks } = schedule;
  return slugsByName({
    tracks: new Map([...tracks.keys()].map((slug) => [slug, namesOf(schedule, slug)])),
  });
});

/**
 * The names that tracks had before, with those of today: `compute:nova placement:nova`. For browsers, which
 * remember tracks by their names; undefined where none had another.
 */
export const formerNames = memo((schedule: Schedule): string | undefined => {
  const slugs = names(schedule);
  const pairs = [...schedule.tracks.keys()].flatMap((slug) =>
    namesOf(schedule, slug)
      .formerly.filter((name) => slugs.get(fold(name)) === slug)
      .map((name) => `${fold(name)}:${slug}`),
  );
  return pairs.join(' ') || undefined;
});

/** They stay through whatever is said. */
const namesOf = memoEach(({ tracks }: Schedule, slug): Pick<Track, 'name' | 'formerly'> => {
  const { name, formerly = [] } = tracks.get(slug) ?? {};
  return { name, formerly };
});

/** Where one joins a track from afar, if it has an address of its own. */
export const trackAddress = memoEach(
  ({ tracks }: Schedule, slug): string | undefined => tracks.get(slug)?.url,
);

export const trackLabel = memoEach(
  ({ tracks }: Schedule, slug): string => tracks.get(slug)?.name ?? slug,
);
