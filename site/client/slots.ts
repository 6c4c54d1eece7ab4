interface Times {
  readonly start: number;
  readonly end: number;
}

/** Index of the slot to jump to at a moment: the one that is on, else the next, else the last. */
export function slotOfMoment(slots: readonly Times[], now: number): number {
  const isOn = slots.findIndex(({ start, end }) => start <= now && now < end);
  if (isOn >= 0) return isOn;
  const starts = slots.map(({ start }) => start).filter((start) => start > now);
  return starts.length > 0
    ? slots.findIndex(({ start }) => start === Math.min(...starts))
    : slots.length - 1;
}

/** The slots of the schedule. */
export const rowsOf = (page: Document) => [
  ...page.querySelectorAll<HTMLElement>('.day tr[data-start]'),
];

export const timesOf = ({ dataset: { start = '', end = '' } }: HTMLElement): Times => ({
  start: Date.parse(start),
  end: Date.parse(end),
});

/**
 * Marks what is over, what is going on and what is next; only a browser knows the time. Says whether
 * that is something else than before.
 */
export function markCurrentSlots(page: Document, now: Date): boolean {
  let hasChanged = false;
  const all = [...page.querySelectorAll<HTMLElement>('[data-start]')];
  const next = Math.min(...all.map((row) => timesOf(row).start).filter((start) => start > +now));
  for (const row of all) {
    const { start, end } = timesOf(row);
    const current = start <= +now && +now < end;
    if (row.classList.contains('current') !== current) hasChanged = true;
    row.classList.toggle('current', current);
    row.classList.toggle('upcoming', start === next);
    row.classList.toggle('over', end <= +now);
    if (current) row.setAttribute('aria-current', 'time');
    else row.removeAttribute('aria-current');
  }
  return hasChanged;
}

/** Brings the slot of the moment into view, and the keyboard there. */
export function jumpToNow(open: (row: HTMLElement, day: string) => void): void {
  const all = rowsOf(document);
  const row = all[slotOfMoment(all.map(timesOf), Date.now())];
  const head = row?.querySelector<HTMLElement>('th');
  const day = row?.closest('.day');
  if (!row || !head || !day) return;
  open(row, day.id);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  head.focus({ preventScroll: true });
  // Not the head, which sticks: where it is says nothing of where the slot begins.
  row.scrollIntoView({
    block: 'start',
    inline: 'center',
    behavior: still ? 'auto' : 'smooth',
  });
}
