import { eventDate } from '../../schedule-data/schedule/event-day.ts';

/**
 * What was said on an earlier day of the event is not what is on now, and who checked in then is not
 * here any more; a room is full until its slot ends. Nothing of it comes back, so it only ever has to
 * be taken away.
 */
export function setEarlierApart(page: Document, now: Date): void {
  const { timezone = 'UTC', dayBegins } = page.documentElement.dataset;
  const today = eventDate(now, timezone, dayBegins);
  const ofEarlierDays = [...page.querySelectorAll<HTMLElement>('[data-since]')].filter(
    ({ dataset: { since = '' } }) => eventDate(new Date(since), timezone, dayBegins) < today,
  );
  for (const element of ofEarlierDays) {
    if (element.matches('.here li')) leave(element);
    else if (element.matches('.sign-entry')) element.remove();
    else setApart(element);
  }
  for (const element of page.querySelectorAll<HTMLElement>('[data-until]'))
    if (Date.parse(element.dataset.until ?? '') <= +now) element.remove();
  for (const section of page.querySelectorAll('section.now')) tellWhatIsLeft(section);
}

/** In a list below; where there is only one, it is marked. */
function setApart(entry: HTMLElement): void {
  const board = entry.closest('section')?.querySelector('.earlier > .board');
  if (board) board.append(entry);
  else entry.classList.add('earlier');
}

function leave(person: HTMLElement): void {
  const details = person.closest('details')!;
  person.remove();
  const count = details.querySelectorAll('li').length;
  details.querySelector('summary')!.textContent = `${count} here`;
  details.hidden = count === 0;
}

function tellWhatIsLeft(section: Element): void {
  const board = section.querySelector('.earlier > .board');
  board?.parentElement?.toggleAttribute('hidden', board.childElementCount === 0);
  const empty = section.querySelector<HTMLElement>('.empty');
  const isLeft = [...section.querySelectorAll('.entry, .sign-entry')].some(
    (entry) => entry.closest('.earlier, .meeting-now') === null,
  );
  if (empty) empty.hidden = isLeft;
}
