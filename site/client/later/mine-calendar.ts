/** How to have one's tracks in a calendar: in one, where the host can put that together, else in one each. */
import { calendarOfTracks, calendarTracksHeader } from '../../view/calendar-of-tracks.ts';
import { labelOf } from '../label-of.ts';
import { make } from './make.ts';

/** Milliseconds in which the host has to say whether it can. */
const patience = 5000;

/** Nothing as long as no day has a date: then there are no calendars. */
export function calendarLinks(base: URL, tracks: readonly string[]): readonly Element[] {
  if (!document.querySelector('.subscribe')) return [];
  const place = make('div', { className: 'calendars' });
  place.ariaBusy = 'true';
  const own = new URL(calendarOfTracks(tracks).slice(1), base);
  const show = async () => {
    const isOne = await answersFor(own, tracks.length);
    place.ariaBusy = null;
    place.replaceChildren(...(isOne ? [links(own, 'my tracks')] : each(base, tracks)));
  };
  void show();
  return [make('h3', {}, 'In your calendar'), place];
}

/** Hosts that only have files answer with the calendar of all tracks: only the header tells. */
async function answersFor(calendar: URL, count: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patience);
    const { ok, headers } = await fetch(calendar, { method: 'HEAD', cache: 'no-store', signal });
    return ok && headers.get(calendarTracksHeader) === String(count);
  } catch {
    return false;
  }
}

function each(base: URL, tracks: readonly string[]): readonly Element[] {
  const items = tracks.map((track) => {
    const label = labelOf(track, document);
    const calendar = new URL(`${encodeURIComponent(track)}.ics`, base);
    const item = links(calendar, label);
    item.prepend(`${label}: `);
    return make('li', {}, item);
  });
  return [make('p', {}, 'This site has a calendar for each track:'), make('ul', {}, ...items)];
}

function links(calendar: URL, of: string): Element {
  const { href } = calendar;
  const subscribe = make('a', { href: href.replace(/^https?:/, 'webcal:') }, 'subscribe');
  subscribe.ariaLabel = `Subscribe to the calendar of ${of}`;
  const file = make('a', { href }, 'file');
  file.ariaLabel = `File of the calendar of ${of}`;
  const copy = make('button', { type: 'button', className: 'copy' }, 'copy address');
  copy.dataset.copy = href;
  copy.ariaLabel = `Copy address of the calendar of ${of}`;
  return make('p', {}, subscribe, ' · ', file, ' ', copy);
}
