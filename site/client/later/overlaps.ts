/** Where two of the reader's tracks are booked at the same time; loaded for those who marked two or more. */
import type { Booked } from '../../../schedule-data/schedule/drift.ts';
import { overlap, type Span } from '../../../schedule-data/schedule/overlap.ts';
import { timeOfDay, weekday } from '../../../schedule-data/text/clock.ts';
import { meetingsOf } from '../drift.ts';
import { labelOf } from '../label-of.ts';
import { setText } from '../set-text.ts';
import { settings } from '../settings.ts';
import { chosenZone } from '../zone.ts';

/** More lines would push the schedule away; the cells are marked all the same. */
const mostLines = 4;

export interface Overlap extends Span {
  /** Slugs, and for each the room that it has booked. */
  readonly tracks: readonly [string, string];
  readonly rooms: readonly [string, string];
}

/** Overlaps in different rooms that are not over, by time. */
export function overlapsOf(
  meetings: ReadonlyMap<string, readonly Booked[]>,
  now: Date,
): readonly Overlap[] {
  const found: Overlap[] = [];
  const all = [...meetings];
  for (const [index, [track, own]] of all.entries())
    for (const [other, others] of all.slice(index + 1))
      for (const a of own)
        for (const b of others) {
          const span = a.room === b.room ? undefined : overlap(a, b);
          if (span && Date.parse(span.end) > +now)
            found.push({ ...span, tracks: [track, other], rooms: [a.room, b.room] });
        }
  return found.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

/** Says it above the days concerned, and in the cells. */
export function showOverlaps(page: Document, now: Date): void {
  const { stars } = settings();
  const cells = [
    ...page.querySelectorAll<HTMLElement>('.day tr[data-start] td[data-track]'),
  ].filter(({ dataset: { track = '' } }) => stars.includes(track));
  const bookings = cells.map((cell) => {
    const { start = '', end = '' } = cell.closest('tr')!.dataset;
    const { track = '', room = '' } = cell.dataset;
    return { cell, track, room, start, end };
  });
  const label = (track: string) => labelOf(track, page);
  const found = overlapsOf(meetingsOf(bookings), now);
  const linesOf = Map.groupBy(
    found.flatMap((one) => {
      const parts = bookings.filter((booking) => isPartOf(booking, one));
      const days = new Set(parts.map(({ cell }) => cell.closest('.day')));
      return [...days].map((day) => ({ day, line: lineOf(one, label) }));
    }),
    ({ day }) => day,
  );
  for (const day of page.querySelectorAll('.day'))
    showLines(day, shortened(linesOf.get(day)?.map(({ line }) => line) ?? []));
  const marks = new Map(
    bookings.map((booking) => [
      booking.cell,
      found
        .filter((one) => isPartOf(booking, one))
        .map(({ tracks }) => label(tracks[booking.track === tracks[0] ? 1 : 0])),
    ]),
  );
  for (const cell of page.querySelectorAll<HTMLElement>('td[data-track]'))
    mark(cell, marks.get(cell) ?? []);
}

const isPartOf = (
  { track, room, ...span }: Booked & { readonly track: string },
  { tracks, rooms, ...common }: Overlap,
) => tracks.some((one, index) => one === track && rooms[index] === room) && overlap(span, common);

/** `★ nova and ★ cinder overlap: Mon 09:00–10:30, Aspen and Birch`. */
function lineOf({ tracks, rooms, start, end }: Overlap, label: (track: string) => string) {
  const zone = chosenZone();
  const [from, to] = [new Date(start), new Date(end)];
  const names = tracks.map((track) => `★ ${label(track)}`).join(' and ');
  const time = `${weekday(from, zone)} ${timeOfDay(from, zone)}–${timeOfDay(to, zone)}`;
  return `${names} overlap: ${time}, ${rooms.join(' and ')}`;
}

/** The first ones, and how many more there are. */
export function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= mostLines) return lines;
  const shown = lines.slice(0, mostLines - 1);
  return [...shown, `${lines.length - shown.length} more are marked below.`];
}

function showLines(day: Element, lines: readonly string[]): void {
  const shown = day.querySelector('.overlaps');
  if (lines.length === 0) return shown?.remove();
  const list = shown ?? day.ownerDocument.createElement('ul');
  list.className = 'overlaps';
  if (!shown) day.querySelector('.fit')?.before(list);
  while (list.childElementCount > lines.length) list.lastElementChild!.remove();
  for (const [index, line] of lines.entries()) {
    const item = list.children[index] ?? day.ownerDocument.createElement('li');
    setText(item, line);
    if (!item.parentElement) list.append(item);
  }
}

function mark(cell: HTMLElement, others: readonly string[]): void {
  const shown = cell.querySelector('.overlap');
  if (others.length === 0) return shown?.remove();
  const text = shown ?? cell.ownerDocument.createElement('span');
  text.className = 'overlap';
  setText(text, `overlaps ${others.join(', ')}`);
  if (!shown) cell.append(text);
}
