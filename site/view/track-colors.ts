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

/**
 * The class of a track's elements. Slugs hold letters of any script and signs that mean something
 * in CSS; all but the plainest characters are written as their number, so no two slugs share one.
 */
export function trackClass(slug: string): string {
  const escape = (character: string) => `_${character.codePointAt(0)?.toString(16)}_`;
  return `track-${slug.replace(/[^a-z0-9-]/gu, escape)}`;
}
