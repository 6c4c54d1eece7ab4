import { colord, extend } from 'colord';
import a11y from 'colord/plugins/a11y';

extend([a11y]);

/** Colours of a badge, as `#rrggbb`. */
export interface BadgeColors {
  readonly background: string;
  readonly text: string;
}

/** The given colour, else one made from the slug, and black or white on it: whichever reads better. */
export function badgeColors(slug: string, color?: string): BadgeColors {
  const background = colord(color ?? { h: hueOf(slug), s: 45, l: 30 });
  const text = background.contrast('#000') > background.contrast('#fff') ? '#000000' : '#ffffff';
  return { background: background.toHex(), text };
}

/** Spreads slugs over the colour circle, the same way every time. */
function hueOf(slug: string): number {
  let sum = 0;
  for (const character of slug) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360_007;
  return sum % 360;
}

/**
 * The class of a track's elements. Slugs hold letters of any script and signs that mean something
 * in CSS; all but the plainest characters are written as their number, so no two slugs share one.
 */
export function trackClass(slug: string): string {
  const escape = (character: string) => `_${character.codePointAt(0)?.toString(16)}_`;
  return `track-${slug.replace(/[^a-z0-9-]/gu, escape)}`;
}
