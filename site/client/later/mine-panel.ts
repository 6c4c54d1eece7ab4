/**
 * What the reader can do with the tracks that they marked: take them along, hang them on a wall, have
 * them in a calendar, be notified of them. Loaded when somebody opens it.
 */
import { trackClass } from '../../view/track-class.ts';
import { qrCode } from '../../view/qr-code.ts';
import { settings } from '../settings.ts';
import { labelOf } from '../label-of.ts';
import { make } from './make.ts';
import { calendarLinks } from './mine-calendar.ts';
import { notifySwitch, showNotifySwitch } from './notify-switch.ts';

const base = () => new URL(document.documentElement.dataset.base ?? '/', location.href);

/**
 * Opens it; browsers close it on Escape, and bring the keyboard back to where it was.
 * @param chooseNotify turns notifications on and off
 */
export function openMine(chooseNotify: (notify: boolean) => void): void {
  const panel = document.querySelector<HTMLDialogElement>('#mine');
  if (!panel || panel.open) return;
  const name = make('h2', { id: 'mine-name' }, 'My tracks');
  panel.setAttribute('aria-labelledby', name.id);
  const close = make('button', { type: 'button', className: 'close' }, 'Close');
  close.addEventListener('click', () => panel.close());
  panel.replaceChildren(
    make('header', {}, name, close),
    make('ul', { className: 'mine-tracks' }),
    make('div', { className: 'mine-uses' }),
    ...notifySwitch(chooseNotify),
    make('p', { className: 'message' }),
  );
  panel.querySelector('.message')!.role = 'status';
  // What stands around it is none of its children.
  panel.onclick = ({ target }) => {
    if (target === panel) panel.close();
  };
  delete panel.dataset.of;
  panel.showModal();
  showMine();
}

/** Writes what is right for the tracks of the moment, as far as it is open. */
export function showMine(): void {
  const panel = document.querySelector<HTMLDialogElement>('#mine[open]');
  const { stars } = settings();
  if (!panel) return;
  showNotifySwitch(panel);
  if (panel.dataset.of === stars.join()) return;
  panel.dataset.of = stars.join();
  const list = panel.querySelector('.mine-tracks')!;
  // Whoever takes a star away can give it back.
  for (const track of stars)
    if (!list.querySelector(`[data-star="${CSS.escape(track)}"]`)) list.append(itemOf(track));
  panel
    .querySelector('.mine-uses')!
    .replaceChildren(...(stars.length > 0 ? usesOf(stars) : none()));
}

const none = () => [
  make('p', {}, 'You have not marked any tracks yet: mark some with ☆.'),
  make(
    'p',
    { className: 'hint' },
    'Then you can take them to another device, hang them on a wall, and have them in your calendar.',
  ),
];

function itemOf(track: string): Element {
  const label = labelOf(track, document);
  const page = new URL(`tracks/${encodeURIComponent(track)}/`, base()).href;
  const star = make('button', { type: 'button', className: 'star' });
  star.dataset.star = track;
  star.ariaLabel = `${label} is one of my tracks`;
  star.ariaPressed = 'true';
  return make(
    'li',
    {},
    make('a', { className: `badge ${trackClass(track)}`, href: page }, label),
    star,
  );
}

function usesOf(tracks: readonly string[]): readonly Element[] {
  const query = `?tracks=${tracks.map(encodeURIComponent).join(',')}`;
  const address = new URL(query, base()).href;
  const copy = make('button', { type: 'button', className: 'copy' }, 'copy');
  copy.dataset.copy = address;
  copy.ariaLabel = 'Copy the address of my tracks';
  const sign = new URL(`signage.html${query}`, base()).href;
  return [
    make('h3', {}, 'On another device'),
    make(
      'div',
      { className: 'take-along' },
      drawn(address),
      make(
        'div',
        {},
        make(
          'p',
          {},
          'Scan this, or open the address there, and choose “★ make these mine”. You can send it to others, too.',
        ),
        make('p', { className: 'address' }, make('code', {}, address), ' ', copy),
      ),
    ),
    make('h3', {}, 'On a screen'),
    make('p', {}, make('a', { href: sign }, 'A sign with these tracks only')),
    ...calendarLinks(base(), tracks),
  ];
}

function drawn(address: string): Element {
  const { size, path } = qrCode(address);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.classList.add('qr');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.role = 'img';
  svg.ariaLabel = 'QR code of the address of my tracks';
  const squares = document.createElementNS(svg.namespaceURI, 'path');
  squares.setAttribute('d', path);
  svg.append(squares);
  return svg;
}
