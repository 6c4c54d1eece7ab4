/** What stands above the board of some tracks only, that an address asks for; loaded where one does. */
import { make } from './make.ts';

interface OwnBoard {
  /** Slugs, as the address says them. */
  readonly tracks: readonly string[];
  /** Address of the page for all tracks. */
  readonly all: string;
  /** Whether the reader marked all of them; undefined where nobody marks anything: on a sign. */
  readonly areMine: boolean | undefined;
  readonly takeOver: () => void;
}

/** More of them are counted, not named. */
const most = 8;

/** `Only nova, cinder`; whoever asks for very many gets a line all the same. */
export function onlyLine(names: readonly string[]): string {
  const more = names.length - most;
  return `Only ${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Writes it into its place, where something else stands there. */
export function showOwnBoard(place: HTMLElement, board: OwnBoard): void {
  const { tracks, all, areMine, takeOver } = board;
  const line = onlyLine(tracks);
  const key = `${line} ${areMine}`;
  if (place.dataset.of === key) return;
  place.dataset.of = key;
  // A framed page opens others in a tab of their own, but this is itself.
  const link = make('a', { href: all, target: '_self' }, 'show all');
  place.replaceChildren(make('span', {}, line), link);
  if (areMine !== false) return;
  const button = make('button', { type: 'button' }, '★ make these mine');
  button.addEventListener('click', takeOver);
  place.append(button);
}
