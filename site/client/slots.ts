/** Marks what is going on at this moment; only a browser knows the time. */
export function markCurrentSlots(now = Date.now()): void {
  for (const row of document.querySelectorAll<HTMLElement>('[data-start]')) {
    const { start = '', end = '' } = row.dataset;
    const current = Date.parse(start) <= now && now < Date.parse(end);
    row.classList.toggle('current', current);
    if (current) row.setAttribute('aria-current', 'time');
    else row.removeAttribute('aria-current');
  }
}
