import type { Room } from '../../schedule-data/format.ts';
import type { FindTrack } from './track-names.ts';
import { trackClass } from './track-colors.ts';

/** The coloured sign of a track. */
export interface Badge {
  readonly label: string;
  /** Slug of the track; without one it is unknown. */
  readonly track?: string;
  /** What to type for it in chat, where the label is not that. */
  readonly slug?: string;
  /** Without one the track is unknown, and has no colour either. */
  readonly className?: string;
  readonly url?: string;
}

/** The badge of whatever somebody booked: leads to the track's address, else to the room's. */
export function badge(name: string, find: FindTrack, room?: Room): Badge {
  const known = find(name);
  if (!known) return { label: name };
  const label = known.track.name ?? known.slug;
  return {
    label,
    track: known.slug,
    ...(label !== known.slug && { slug: known.slug }),
    className: trackClass(known.slug),
    url: known.track.url ?? room?.url,
  };
}
