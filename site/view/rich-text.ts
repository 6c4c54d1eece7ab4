import { mentioned, mentionPattern } from '../../schedule-data/schedule/mentions.ts';
import { trackClass } from './track-colors.ts';
import { trackPath, type FindTrack } from './track-names.ts';

/** A piece of a line that somebody wrote; `url` makes it a link, `className` a track's name. */
export interface Piece {
  readonly text: string;
  readonly url?: string;
  readonly className?: string;
}

const address = /https?:\/\/[^\s<>"]+/.source;
const noteworthy = new RegExp(`${address}|${mentionPattern}`, 'giu');

/** The text in pieces: web addresses, `#track` names that `find` knows, and what is between. */
export function richText(text: string, find: FindTrack): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  const plain = (to: number) => to > done && pieces.push({ text: text.slice(done, to) });
  for (const { 0: match, index } of text.matchAll(noteworthy)) {
    const piece = match.startsWith('#') ? trackPiece(match, find) : addressPiece(match);
    if (!piece) continue;
    plain(index);
    pieces.push(piece);
    done = index + piece.text.length;
  }
  plain(text.length);
  return pieces;
}

function addressPiece(match: string): Piece | undefined {
  const text = withoutPunctuation(match);
  return URL.canParse(text) ? { text, url: text } : undefined;
}

/** An address at the end of a sentence or in brackets does not own what follows it. */
function withoutPunctuation(match: string): string {
  let end = match.length;
  for (;;) {
    const last = match[end - 1] ?? '';
    const closes = { ')': '(', ']': '[', '}': '{' }[last];
    const before = match.slice(0, end);
    const unbalanced = closes && before.split(last).length > before.split(closes).length;
    if (!unbalanced && !/[.,;:!?'’”»…*]/u.test(last)) return before;
    end -= 1;
  }
}

function trackPiece(match: string, find: FindTrack): Piece | undefined {
  const found = mentioned(match, find);
  if (!found) return undefined;
  const { slug } = found.track;
  return { text: found.text, className: trackClass(slug), url: trackPath(slug) };
}
