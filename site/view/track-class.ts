/**
 * The class of a track's elements. Slugs hold letters of any script and signs that mean something
 * in CSS; all but the plainest characters are written as their number, so no two slugs share one.
 */
export function trackClass(slug: string): string {
  const escape = (character: string) => `_${character.codePointAt(0)?.toString(16)}_`;
  return `track-${slug.replace(/[^a-z0-9-]/gu, escape)}`;
}
