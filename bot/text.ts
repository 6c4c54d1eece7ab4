/** Colours may be followed by a foreground and a background; \x03 by numbers, \x04 by hex. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const colours = /\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9a-f]{6}(?:,[0-9a-f]{6})?)?/gi;
/** What stands between words, and some of which would end a line somewhere down the road. */
const separators = /[\t\v\f\r\n\x85\u2028\u2029]+/g;
const controls = /\p{Cc}+/gu;

/** Plain text of what somebody sent: no formatting, no control characters, no space around. */
export function plainText(text: string): string {
  return text.replace(colours, '').replace(separators, ' ').replace(controls, '').trim();
}

/** Text for people in lines that may be sent: no control characters, no empty lines. */
export function outgoingLines(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.toWellFormed().replace(separators, ' ').replace(controls, '').trimEnd())
    .filter((line) => line !== '');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Cuts a line into pieces of at most `limit` bytes of UTF-8: between words, in a word that is
 * too long between characters as people see them, and inside those only if one alone is too long.
 */
export function splitLine(line: string, limit: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let room = limit;
  const add = (part: string) => {
    piece += part;
    room -= Buffer.byteLength(part);
  };
  const next = () => {
    if (piece.trim() !== '') pieces.push(piece);
    piece = '';
    room = limit;
  };
  const fits = (part: string) => Buffer.byteLength(part) <= room;

  for (const word of line.match(/\s*\S+/gu) ?? []) {
    if (fits(word)) {
      add(word);
      continue;
    }
    next();
    const bare = word.trimStart();
    const parts = fits(bare) ? [bare] : Array.from(graphemes.segment(bare), (s) => s.segment);
    for (const part of parts) {
      for (const unit of Buffer.byteLength(part) <= limit ? [part] : part) {
        if (!fits(unit)) next();
        add(unit);
      }
    }
  }
  next();
  return pieces;
}
