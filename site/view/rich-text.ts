import { LinkifyIt } from 'linkify-it';
import { mentioned, mentionPattern } from '../../schedule-data/schedule/mentions.ts';
import { trackClass } from './track-class.ts';
import { trackUrl, type FindTrack } from './track-names.ts';

/** A piece of a line that somebody wrote; `url` makes it a link, `className` a track's name. */
export interface Piece {
  readonly text: string;
  readonly url?: string;
  readonly className?: string;
}

/** Addresses as people write them in a sentence. */
const addresses = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, urlAuth: true });
for (const scheme of ['ftp:', 'mailto:', '//']) addresses.add(scheme, null);
const mentions = new RegExp(mentionPattern, 'giu');

/** The text in pieces: web addresses, `#track` names that `find` knows, and what is between. */
export function richText(text: string, find: FindTrack): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { schema, index, lastIndex, raw } of addresses.match(text) ?? []) {
    // Without a scheme `node.js` would be one, too.
    if (schema === '' && !/^www\./i.test(raw)) continue;
    const url = schema === '' ? `https://${raw}` : raw;
    pieces.push(...withMentions(text.slice(done, index), find), { text: raw, url });
    done = lastIndex;
  }
  return [...pieces, ...withMentions(text.slice(done), find)];
}

function withMentions(text: string, find: FindTrack): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  const plain = (to: number) => to > done && pieces.push({ text: text.slice(done, to) });
  for (const { 0: match, index } of text.matchAll(mentions)) {
    const piece = trackPiece(match, find);
    if (!piece) continue;
    plain(index);
    pieces.push(piece);
    done = index + piece.text.length;
  }
  plain(text.length);
  return pieces;
}

function trackPiece(match: string, find: FindTrack): Piece | undefined {
  const found = mentioned(match, find);
  if (!found) return undefined;
  const { slug } = found.track;
  return { text: found.text, className: trackClass(slug), url: trackUrl(slug) };
}
