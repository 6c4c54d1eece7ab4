import { pageState } from './page-state.ts';
import { isNarrowed, search } from './search.ts';
import { settings } from './settings.ts';
import { rowsOf, slotOfMoment, timesOf } from './slots.ts';

const key = (row: Element) =>
  `${row.closest('.day')?.id} ${row.querySelector('.slot')?.textContent}`;

/**
 * On a phone a slot is a list of rooms, and only one is open: the slot that comes next, on other days
 * the first. Of the slot that is on, the board above tells who meets where. Whoever looks for something
 * sees all that is left.
 */
export function showFolds(page: Document, now: Date): void {
  const isLooking = isNarrowed(search()) || settings().onlyMine;
  const rows = rowsOf(page);
  const ofMoment = rows[slotOfMoment(rows.map(timesOf), +now)];
  for (const day of page.querySelectorAll('.day')) {
    const slots = [...day.querySelectorAll('tbody tr')];
    const open = slots.find((row) => row === ofMoment) ?? slots[0];
    const isTold = open?.matches('.current');
    for (const row of slots) {
      const isOpen = pageState.openSlots.get(key(row)) ?? (isLooking || (row === open && !isTold));
      row.classList.toggle('folded', !isOpen);
      row.querySelector('.fold')?.setAttribute('aria-expanded', String(isOpen));
    }
  }
}

/** Opens a slot that the reader may have closed. */
export function unfold(row: Element): void {
  pageState.openSlots.set(key(row), true);
}

export function foldOnClick(show: () => void): void {
  document.addEventListener('click', ({ target }) => {
    const row = (target as Element).closest('.fold')?.closest('tr');
    if (!row) return;
    pageState.openSlots.set(key(row), row.classList.contains('folded'));
    show();
  });
}
