/** Source of a pattern, for the flags `iu`, of what may name a track in a text: `#nova`, but not the end of an address. */
export const mentionPattern = /(?<![\p{L}\p{M}\p{N}_&/#])#[\p{L}\p{N}][\p{L}\p{M}\p{N}._+-]*/u
  .source;

/**
 * The track that a match of the pattern names: a dot behind it ends the sentence, unless there is a
 * track that is called so. `text` is the part that names it.
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
