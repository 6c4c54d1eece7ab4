import { tracksOf } from './entries.ts';
import { setText } from './set-text.ts';
import { settings, type Settings } from './settings.ts';

/** Does a text hold all words, in any case and with any accents? */
export function holds(text: string, words: string): boolean {
  const folded = fold(text);
  return fold(words)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

type Choice = Pick<Settings, 'filter' | 'stars' | 'onlyMine' | 'onlyFree'>;

const everything = { filter: '', onlyMine: false, onlyFree: false };

/** Leaves on a page what the reader asked for, and says when that is nothing. */
export function showFiltered(page: Document): void {
  // Where nobody can change that, nothing is left out.
  const hasTools = page.getElementById('filter') !== null;
  const choice = { ...settings(), ...(!hasTools && everything) };
  const { filter, stars, onlyMine, onlyFree } = choice;
  let found = 0;
  for (const entry of page.querySelectorAll<HTMLElement>('.entry[data-track]')) {
    const keep =
      (!onlyMine || isMine(entry)) && (filter === '' || holds(entry.textContent, filter));
    entry.hidden = !keep;
    if (keep) found += 1;
  }
  const otherDays: string[] = [];
  let rooms = 0;
  for (const day of page.querySelectorAll('.day')) {
    const kept = showRooms(day, choice);
    if (!day.classList.contains('unchosen')) rooms += kept;
    else if (kept > 0) otherDays.push(day.querySelector('.name')?.textContent ?? '');
  }
  for (const star of page.querySelectorAll<HTMLElement>('[data-star]'))
    star.setAttribute('aria-pressed', String(stars.includes(star.dataset.star ?? '')));
  for (const toggle of page.querySelectorAll<HTMLElement>('[data-toggle]'))
    toggle.setAttribute('aria-pressed', String(choice[toggle.dataset.toggle as 'onlyMine']));
  showWords(page, filter);
  const words =
    !(filter || onlyMine || onlyFree) || rooms > 0
      ? ''
      : otherDays.length > 0
        ? `Nothing in the schedule of this day; look at ${otherDays.join(', ')}.`
        : found > 0
          ? 'Nothing in the schedule.'
          : onlyMine && stars.length === 0
            ? 'No track is yours yet: mark some with ☆.'
            : 'Nothing matches.';
  for (const nothing of page.querySelectorAll('.nothing')) setText(nothing, words);
}

/** Is it an entry of one of the reader's tracks, or discussed with one? */
export const isMine = (entry: HTMLElement) =>
  tracksOf(entry).some((track) => settings().stars.includes(track));

/** Takes out the rooms of a day where nothing fits; gives how many stay. */
function showRooms(day: Element, choice: Choice): number {
  const [head, ...slots] = [...day.querySelectorAll('tr')].map((row) => [...row.children]);
  let kept = 0;
  for (let column = 1; column < (head?.length ?? 0); column += 1) {
    const name = head?.[column]?.querySelector('.room')?.textContent ?? '';
    const cells = slots.map((row) => row[column] as HTMLElement);
    const fits = cells.map((cell) => cellFits(cell, name, choice));
    const keep = fits.includes(true);
    if (keep) kept += 1;
    head?.[column]?.classList.toggle('out', !keep);
    for (const [index, cell] of cells.entries()) {
      cell.classList.toggle('out', !keep);
      cell.classList.toggle('faint', keep && !fits[index]);
    }
  }
  return kept;
}

function cellFits(cell: HTMLElement, room: string, choice: Choice): boolean {
  const { filter, stars, onlyMine, onlyFree } = choice;
  const isFree = cell.dataset.free !== undefined && !cell.closest('.over');
  const isMine = stars.includes(cell.dataset.track ?? '');
  if ((onlyMine || onlyFree) && !(onlyMine && isMine) && !(onlyFree && isFree)) return false;
  return filter === '' || holds(`${room} ${cell.textContent}`, filter);
}

/** The words in the field; as attribute too, so that replacing the page does not take them away. */
function showWords(page: Document, filter: string): void {
  const field = page.querySelector<HTMLInputElement>('#filter');
  if (!field) return;
  if (field.value !== filter) field.value = filter;
  field.setAttribute('value', filter);
}
