import { eventDate } from '../../schedule-data/schedule/event-day.ts';
import { pageState } from './page-state.ts';

/** One day of the schedule, as the page tells it. */
export interface DayTimes {
  readonly id: string;
  /** `2018-09-10`, at the event; missing until known. */
  readonly date?: string;
  /** Milliseconds since 1970. */
  readonly slots: readonly { readonly start: number; readonly end: number }[];
}

/**
 * The day to open at a moment: one whose slot is on (after midnight that is the day before), else
 * that of the date at the event, else the next one, else the last. Without dates the first.
 * @param begins when days begin at the event
 */
export function dayToOpen(
  days: readonly DayTimes[],
  now: number,
  timeZone: string,
  begins?: string,
): string | undefined {
  const today = eventDate(new Date(now), timeZone, begins);
  const dated = days.filter((day) => day.date !== undefined);
  const day =
    days.find(({ slots }) => slots.some(({ start, end }) => start <= now && now < end)) ??
    dated.find(({ date = '' }) => date >= today) ??
    dated.at(-1) ??
    days[0];
  return day?.id;
}

/**
 * The id that the reader chose, in the address; `all` for all days, undefined for the usual. Links to
 * other parts of the page don't change it.
 */
function chosen(ids: readonly string[]): string | undefined {
  const target = idOf(location);
  if (target === '') pageState.chosenDay = undefined;
  else if (target === 'all-days') pageState.chosenDay = 'all';
  else if (ids.includes(target)) pageState.chosenDay = target;
  const { chosenDay } = pageState;
  return chosenDay === 'all' || ids.includes(chosenDay ?? '') ? chosenDay : undefined;
}

/** What the end of an address names; people may write anything there. */
function idOf({ hash }: { hash: string }): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}

const daysOf = (page: Document) => [...page.querySelectorAll<HTMLElement>('.day')];

function usualDay(page: Document, now: Date): string | undefined {
  const { timezone = 'UTC', dayBegins } = page.documentElement.dataset;
  return dayToOpen(daysOf(page).map(dayTimes), +now, timezone, dayBegins);
}

/** Has a day shown from now on; the usual one only as long as it is that. */
export function chooseDay(id: string, now: Date): void {
  const isUsual = id === usualDay(document, now);
  const address = isUsual ? location.pathname + location.search : `#${encodeURIComponent(id)}`;
  history.replaceState(null, '', address);
}

/** Shows one day of a page: the one in the address, else that of the moment. */
export function showDay(page: Document, now: Date): void {
  const sections = daysOf(page);
  const visible = chosen(sections.map(({ id }) => id)) ?? usualDay(page, now);
  for (const section of sections)
    section.classList.toggle('unchosen', visible !== 'all' && section.id !== visible);
  for (const link of page.querySelectorAll<HTMLAnchorElement>('nav.days a')) {
    const id = idOf(link);
    const isCurrent = id === (visible === 'all' ? 'all-days' : visible);
    if (isCurrent) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

function dayTimes(section: HTMLElement): DayTimes {
  const rows = [...section.querySelectorAll<HTMLElement>('[data-start]')];
  return {
    id: section.id,
    date: section.dataset.date,
    slots: rows.map(({ dataset: { start = '', end = '' } }) => ({
      start: Date.parse(start),
      end: Date.parse(end),
    })),
  };
}

/** A click on a day shows it where it is, without going there. */
export function chooseDayOnClick(show: () => void): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('nav.days a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, '', link.hash);
    show();
  });
  addEventListener('hashchange', show);
}
