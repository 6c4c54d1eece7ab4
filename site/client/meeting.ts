/**
 * What meets at this moment, as it is booked: of those who announced nothing, a room is all that one can
 * know. Made of the schedule that stands on the same page.
 */
import { entriesOfToday } from './entries.ts';
import { setText } from './set-text.ts';

/** What stands on the page of somebody who has a slot that is on. */
interface Meeting {
  /** Slug; of a name that is no track, nothing. */
  readonly track: string | undefined;
  readonly className: string;
  /** Whose it is and where, as the page shows it; on the page of either that is not said again. */
  readonly who: Element | null | undefined;
  readonly where: Element | null | undefined;
  readonly join: Element | null | undefined;
  /** In UTC. */
  readonly end: string;
}

/** To be called when it is known which slots are on. */
export function showMeetings(page: Document): void {
  const all = [...meetingsOn(page)];
  showBookedRooms(page, all);
  const section = page.querySelector<HTMLElement>('.meeting-now');
  const list = section?.querySelector('ul');
  if (!section || !list) return;
  const announced = entriesOfToday(page);
  const meetings = all.filter(({ track }) => !track || !announced.has(track));
  section.hidden = meetings.length === 0;
  setText(section.querySelector('h2, h3'), announced.size > 0 ? 'Also meeting' : 'Meeting now');
  // Whoever is at one of the links there stays there.
  const key = meetings.map(keyOf).join('\n');
  if (list.dataset.of === key) return;
  list.dataset.of = key;
  list.replaceChildren(...meetings.map((meeting) => itemOf(page, meeting)));
}

/** Of those who announced something and nobody knows where: the room that they hold. */
function showBookedRooms(page: Document, meetings: readonly Meeting[]): void {
  for (const place of page.querySelectorAll('.place[data-booked]')) place.remove();
  for (const { track, where } of meetings) {
    const place = page.querySelector(`#now-${CSS.escape(track ?? '')} > .where`);
    if (!where || !place || place.querySelector('.place')) continue;
    const room = where.cloneNode(true) as HTMLElement;
    room.className = 'place';
    room.dataset.booked = '';
    place.prepend(room);
  }
}

/** Another one when something else is to be shown. */
const keyOf = ({ className, who, where, join, end }: Meeting) =>
  [
    className,
    ...[who, where, join].flatMap((one) => [one?.textContent, one?.getAttribute('href')]),
    end,
  ].join(' ');

function* meetingsOn(page: Document): Iterable<Meeting> {
  for (const row of page.querySelectorAll<HTMLTableRowElement>('tr.current')) {
    const heads = row.closest('table')?.querySelectorAll('thead th');
    const end = row.dataset.end ?? '';
    for (const cell of row.querySelectorAll<HTMLTableCellElement>('td.booked')) {
      const head = heads?.[cell.cellIndex - 1];
      yield {
        track: cell.dataset.track,
        className: trackClassOf(cell),
        who: cell.firstElementChild,
        where: head?.querySelector('.room'),
        join: cell.querySelector('.join') ?? head?.querySelector('.join'),
        end,
      };
    }
  }
  // On the page of a room, and on that of a track.
  for (const row of page.querySelectorAll<HTMLElement>('li.current')) {
    const booking = row.querySelector<HTMLElement>('.booking');
    const badge = booking?.querySelector('.badge');
    const room = row.querySelector('.room > a');
    if (!badge && !room) continue;
    yield {
      track: booking?.dataset.track,
      className: badge ? trackClassOf(badge) : '',
      who: badge,
      where: room,
      join: row.querySelector('.join'),
      end: row.dataset.end ?? '',
    };
  }
}

const trackClassOf = ({ classList }: Element) =>
  [...classList].find((name) => name.startsWith('track-')) ?? '';

function itemOf(page: Document, { track, className, who, where, join, end }: Meeting): Element {
  const item = page.createElement('li');
  item.className = `entry ${className}`;
  // Also of a name that is no track: a search finds it.
  item.dataset.track = track ?? '';
  const part = (className: string, ...nodes: readonly (Node | string)[]) => {
    const element = page.createElement('div');
    element.className = className;
    element.append(...nodes);
    return element;
  };
  if (who) {
    const badge = who.cloneNode(true) as Element;
    badge.className = `badge ${className}`;
    item.append(part('who', badge));
  }
  const time = page.createElement('time');
  time.dateTime = end;
  time.dataset.moment = 'time';
  const drift = page.createElement('span');
  drift.className = 'drift';
  item.append(part('until', 'until ', time, ' ', drift));
  if (where) {
    const room = where.cloneNode(true) as Element;
    room.className = 'place';
    item.append(part('where', room));
  }
  if (join) item.append(part('more', join.cloneNode(true)));
  return item;
}
