/**
 * The source of a regular expression, for the flags `iu`, for mentions of tracks in a text: `#nova`,
 * `#a/b`, but not the fragment of an address.
 */
export const mentionPattern = /(?<![\p{L}\p{M}\p{N}_&/#])#[\p{L}\p{N}][\p{L}\p{M}\p{N}._+/&-]*/u
  .source;

/**
 * The track that a match of the pattern names: the longest that has one. A dot at its end is the end
 * of a sentence, and what follows a / or & something else, unless a track has that name. `text` is the
 * part that names the track.
 */
export function mentioned<Track>(
  match: string,
  find: (name: string) => Track | undefined,
): { readonly text: string; readonly track: Track } | undefined {
  for (let text = match; text.length > 1; text = text.slice(0, -1)) {
    const track = find(text.slice(1));
    if (track !== undefined) return { text, track };
    const cut = Math.max(text.lastIndexOf('/'), text.lastIndexOf('&'));
    if (/[._+/&-]$/.test(text)) continue;
    if (cut < 0) return undefined;
    text = text.slice(0, cut + 1);
  }
  return undefined;
}

const mention = new RegExp(mentionPattern, 'giu');

/** The tracks that a text names as `#track`, each once. */
export function mentionsIn<Track>(
  text: string,
  find: (name: string) => Track | undefined,
): ReadonlySet<Track> {
  const names = text.match(mention) ?? [];
  return new Set(names.flatMap((name) => mentioned(name, find)?.track ?? []));
}
