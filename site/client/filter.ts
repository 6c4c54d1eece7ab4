import { tracksOf } from './entries.ts';
import { namedNow } from './former-names.ts';
import { isNarrowed, search, searchIn, type Search, type Toggle } from './search.ts';
import { setText } from './set-text.ts';
import { settings } from './settings.ts';

/** Does a text hold all words, in any case and with any accents? */
export function holds(text: string, words: string): boolean {
  if (words === '') return true;
  const folded = fold(text);
  return fold(words)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

interface Choice extends Search {
  readonly stars: readonly string[];
}

/** What the address asks for, and what is remembered. */
function choiceOn(page: Document): Choice {
  const { stars, onlyMine } = settings();
  const tracks = page.getElementById('own') ? namedNow(page, search().tracks) : [];
  // Where nobody can change that, nothing else is left out.
  if (page.getElementById('filter') === null) return { ...searchIn(''), tracks, stars };
  const isMine = tracks.length === 0 && (onlyMine || search().onlyMine);
  return { ...search(), tracks, onlyMine: isMine, stars };
}

/** Leaves on a page what the reader asked for, and says when that is nothing. */
export function showFiltered(page: Document): void {
  const choice = choiceOn(page);
  const { words, stars, onlyMine, onlyNow, tracks } = choice;
  let found = 0;
  for (const entry of page.querySelectorAll<HTMLElement>(':is(.entry, .sign-entry)[data-track]')) {
    const isAmong = tracks.length === 0 || tracksOf(entry).some((track) => tracks.includes(track));
    const keep = isAmong && (!onlyMine || isMine(entry)) && holds(textOf(entry), words);
    // A sign hides by turns what is left.
    if (entry.closest('.stage')) entry.classList.toggle('out', !keep);
    else entry.hidden = !keep;
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
    toggle.setAttribute('aria-pressed', String(choice[toggle.dataset.toggle as Toggle]));
  showWords(page, words);
  const nothing =
    !isNarrowed(choice) || rooms > 0 || (found > 0 && !page.querySelector('.day'))
      ? ''
      : otherDays.length > 0
        ? `Nothing matches in this day's schedule; try ${otherDays.join(', ')}.`
        : onlyNow
          ? 'Nothing in the schedule is on now.'
          : found > 0
            ? 'Nothing in the schedule matches.'
            : onlyMine && stars.length === 0
              ? 'You have not marked any tracks yet: mark some with ☆.'
              : page.querySelector('.embed')
                ? 'Nothing announced yet.'
                : 'Nothing matches.';
  for (const element of page.querySelectorAll('.nothing')) setText(element, nothing);
}

/** Is it an entry of one of the reader's tracks, or discussed with one? */
export const isMine = (entry: HTMLElement) =>
  tracksOf(entry).some((track) => settings().stars.includes(track));

/** All that an entry is found by: also the name of a track that is shown under another one. */
const textOf = (entry: HTMLElement) => `${tracksOf(entry).join(' ')} ${entry.textContent}`;

/** Takes out the rooms of a day where nothing fits; gives how many stay. */
function showRooms(day: Element, choice: Choice): number {
  const [head, ...slots] = [...day.querySelectorAll('tr')].map((row) => [...row.children]);
  const dayName = day.querySelector('.name')?.textContent ?? '';
  let kept = 0;
  for (let column = 1; column < (head?.length ?? 0); column += 1) {
    const room = head?.[column]?.querySelector('.room')?.textContent ?? '';
    const cells = slots.map((row) => row[column] as HTMLElement);
    const fits = cells.map((cell) => cellFits(cell, `${dayName} ${room}`, choice));
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

function cellFits(cell: HTMLElement, place: string, choice: Choice): boolean {
  const { words, stars, onlyMine, onlyFree, onlyNow, tracks } = choice;
  const isFree = cell.dataset.free !== undefined && !cell.closest('.over');
  const { track = '' } = cell.dataset;
  const isOwn = onlyMine ? stars.includes(track) : tracks.includes(track);
  if ((onlyMine || onlyFree || tracks.length > 0) && !isOwn && !(onlyFree && isFree)) return false;
  const isBooked = cell.matches('.booked');
  if (onlyNow && !(cell.closest('.current') && (isBooked || onlyFree))) return false;
  return holds(`${place} ${track} ${cell.textContent}`, words);
}

/** The words in the field; as attribute too, so that replacing the page does not take them away. */
function showWords(page: Document, words: string): void {
  const field = page.querySelector<HTMLInputElement>('#filter');
  if (!field) return;
  if (field.value !== words) field.value = words;
  field.setAttribute('value', words);
}
