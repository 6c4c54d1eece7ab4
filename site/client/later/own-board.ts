/** What stands above the board of some tracks only, that an address asks for; loaded where one does. */

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
  const text = document.createElement('span');
  text.textContent = line;
  const link = document.createElement('a');
  // A framed page opens others in a tab of their own, but this is itself.
  Object.assign(link, { href: all, target: '_self', textContent: 'show all' });
  place.replaceChildren(text, link);
  if (areMine !== false) return;
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', textContent: '★ make these mine' });
  button.addEventListener('click', takeOver);
  place.append(button);
}
