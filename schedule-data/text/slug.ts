/**
 * Slugs: the names of files, and what people type in chat. NFC, lower case, letters and digits of
 * any script (with the marks that some scripts need) and `. _ + -`; starts with a letter or digit.
 */
const slugPattern = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._+-]{0,59}$/u;

/** Words that must not name a track, as they mean something else in a line or in a file. */
export const reservedTrackNames: ReadonlySet<string> = new Set(
  'in out seen subscribe unsubscribe help undo all ptg null'.split(' '),
);

/** A name for comparison: case and Unicode form make no difference. */
export function fold(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}

export function isSlug(text: string): boolean {
  return slugPattern.test(text) && text === fold(text) && !/^\p{N}+$/u.test(text);
}

/** The slug for a display name; undefined when nothing usable is left of it. */
export function slugify(name: string): string | undefined {
  const slug = [
    ...fold(name)
      .replace(/['’]/g, '')
      .replace(/[^\p{L}\p{M}\p{N}._+-]+/gu, '-')
      .replace(/-{2,}/g, '-')
      .replace(/^[^\p{L}\p{N}]+/u, ''),
  ]
    .slice(0, 60)
    .join('')
    .replace(/-+$/, '');
  return isSlug(slug) ? slug : undefined;
}
