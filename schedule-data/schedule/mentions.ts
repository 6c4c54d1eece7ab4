/** The source of a regular expression, for the flags `iu`, for mentions of tracks in a text: `#nova`, but not the fragment of an address. */
export const mentionPattern = /(?<![\p{L}\p{M}\p{N}_&/#])#[\p{L}\p{N}][\p{L}\p{M}\p{N}._+-]*/u
  .source;

/**
 * The track that a match of the pattern names. A dot at its end is the end of a sentence, unless a
 * track has that name. `text` is the part that names the track.
 */
export function mentioned<Track>(
  match: string,
  find: (name: string) => Track | undefined,
): { readonly text: string; readonly track: Track } | undefined {
  for (let text = match; text.length > 1; text = text.slice(0, -1)) {
    const track = find(text.slice(1));
    if (track !== undefined) return { text, track };
    if (!/[._+-]$/.test(text)) return undefined;
  }
  return undefined;
}
