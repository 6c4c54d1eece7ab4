import { colord, extend } from 'colord';
import a11y from 'colord/plugins/a11y';
import { colorOfSlug } from '../../schedule-data/schedule/generated-colors.ts';

extend([a11y]);

/** Colours of a badge, as `#rrggbb`. */
export interface BadgeColors {
  readonly background: string;
  readonly text: string;
}

/** The given colour, else one made from the slug, and black or white on it: whichever reads better. */
export function badgeColors(slug: string, color?: string): BadgeColors {
  const background = colord(color ?? colorOfSlug(slug));
  const text = background.contrast('#000') > background.contrast('#fff') ? '#000000' : '#ffffff';
  return { background: background.toHex(), text };
}
