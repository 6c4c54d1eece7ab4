import { fold } from '../../schedule-data/text/slug.ts';
import type { Track } from '../../schedule-data/format/file-schemas.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { memo } from './memo.ts';

/** The page of a track, below the base of the site. */
export function trackUrl(slug: string): string {
  return `/tracks/${encodeURIComponent(slug)}/`;
}

/** A track as anybody may write it: by its slug or a former one, in any case. */
export type FindTrack = (name: string) => { slug: string; track: Track } | undefined;

export const trackFinder = memo((schedule: Schedule): FindTrack => {
  const slugs = new Map<string, string>();
  for (const [slug, track] of schedule.tracks)
    for (const former of track.formerly) slugs.set(fold(former), slug);
  for (const slug of schedule.tracks.keys()) slugs.set(fold(slug), slug);
  return (name) => {
    const slug = slugs.get(fold(name));
    const track = slug === undefined ? undefined : schedule.tracks.get(slug);
    return slug !== undefined && track ? { slug, track } : undefined;
  };
});
