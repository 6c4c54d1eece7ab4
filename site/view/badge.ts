import { trackClass } from './track-class.ts';
import { trackUrl, type FindTrack } from './track-names.ts';

/** The coloured sign of a track. */
export interface Badge {
  readonly label: string;
  /** Slug of the track; without one it is unknown. */
  readonly track?: string;
  /** What to type for it in chat, where the label is not that. */
  readonly slug?: string;
  /** Without one the track is unknown, and has no colour either. */
  readonly className?: string;
  /** The page of the track. */
  readonly url?: string;
}

/** The badge of whatever somebody booked or named. */
export function badge(name: string, find: FindTrack): Badge {
  const known = find(name);
  if (!known) return { label: name };
  const { label } = known;
  return {
    label,
    track: known.slug,
    ...(label !== known.slug && { slug: known.slug }),
    className: trackClass(known.slug),
    url: trackUrl(known.slug),
  };
}
