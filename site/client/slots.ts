/** Marks what is over, what is going on and what is next; only a browser knows the time. */
export function markCurrentSlots(now = Date.now()): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-start]')];
  const begin = ({ dataset: { start = '' } }: HTMLElement) => Date.parse(start);
  const next = Math.min(...rows.map(begin).filter((start) => start > now));
  for (const row of rows) {
    const end = Date.parse(row.dataset.end ?? '');
    const current = begin(row) <= now && now < end;
    row.classList.toggle('current', current);
    row.classList.toggle('upcoming', begin(row) === next);
    row.classList.toggle('over', end <= now);
    if (current) row.setAttribute('aria-current', 'time');
    else row.removeAttribute('aria-current');
  }
}
