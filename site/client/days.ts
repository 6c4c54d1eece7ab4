/** The day that the reader chose, by its id; undefined means today, `all` means all. */
let chosen: string | undefined;

/**
 * Shows one day of the schedule: the one in the address or chosen last, else today, else all. The
 * anchors of the days become the choice. To be called again when the page was replaced.
 */
export function chooseDays(): void {
  const nav = document.querySelector('nav.days');
  if (!nav) return;
  if (!nav.querySelector('[href="#schedule"]')) addAllDays(nav);
  nav.addEventListener('click', onClick);
  window.addEventListener('hashchange', show);
  show();
}

function addAllDays(nav: Element): void {
  const all = document.createElement('a');
  all.href = '#schedule';
  all.textContent = 'All days';
  nav.append(all);
}

function onClick(event: Event): void {
  const link = (event.target as Element).closest('a');
  if (!link) return;
  event.preventDefault();
  history.replaceState(null, '', link.hash);
  show();
}

function show(): void {
  const days = [...document.querySelectorAll<HTMLElement>('.day')];
  const ids = days.map(({ id }) => id);
  const target = decodeURIComponent(location.hash.slice(1));
  if (target === 'schedule') chosen = 'all';
  else if (ids.includes(target)) chosen = target;
  const visible = chosen ?? today(days)?.id ?? 'all';
  const one = ids.includes(visible);
  for (const day of days) day.classList.toggle('unchosen', one && day.id !== visible);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav.days a')) {
    const id = decodeURIComponent(link.hash.slice(1));
    if (one ? id === visible : id === 'schedule') link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

/** Today at the event, whatever the day is where the reader is. */
function today(days: readonly HTMLElement[]): HTMLElement | undefined {
  const timeZone = document.documentElement.dataset.timezone;
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone }).format();
  return days.find((day) => day.querySelector('h3 time')?.getAttribute('datetime') === date);
}
