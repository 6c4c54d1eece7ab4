import { entriesOfToday } from './entries.ts';
import { setText } from './set-text.ts';

/**
 * Shows in the slot that is on what its track discusses, as it stands on the board of the same page.
 * What was said before the booking began, or elsewhere, is not what is on in that room.
 */
export function showTopics(page: Document): void {
  for (const old of page.querySelectorAll('tr:not(.current) .discusses')) old.remove();
  const entries = entriesOfToday(page);
  for (const cell of page.querySelectorAll<HTMLTableCellElement>('tr.current > [data-track]')) {
    const entry = entries.get(cell.dataset.track ?? '');
    const topic = entry && isAbout(cell, entry) ? entry.querySelector('.topic')?.textContent : '';
    let shown = cell.querySelector<HTMLElement>('.discusses');
    if (!topic) shown?.remove();
    else {
      if (!shown) {
        shown = page.createElement('span');
        shown.className = 'discusses';
        shown.dir = 'auto';
        cell.append(shown);
      }
      setText(shown, topic.trim());
    }
  }
}

function isAbout(cell: HTMLTableCellElement, entry: HTMLElement): boolean {
  const place = entry.querySelector('.place')?.textContent.trim();
  const { since = '' } = entry.dataset;
  return (
    (!place || place === cell.dataset.room) && Date.parse(since) >= Date.parse(beginOf(cell) ?? '')
  );
}

/** When the first of the slots began that are one booking. */
function beginOf(cell: HTMLTableCellElement): string | undefined {
  const { cellIndex } = cell;
  let row = cell.closest('tr');
  while (row?.cells[cellIndex]?.classList.contains('goes-on'))
    row = row.previousElementSibling as HTMLTableRowElement | null;
  return row?.dataset.start;
}
