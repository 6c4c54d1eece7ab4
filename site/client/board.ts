import { isMine } from './filter.ts';
import { setText } from './set-text.ts';

/** Milliseconds for which something is new. */
const fresh = 10 * 60_000;

/** Where a track was when this tab looked last, and since when it is somewhere else than before. */
interface Seen {
  readonly place: string;
  /** In milliseconds since 1970; missing while it has not moved. */
  readonly moved?: number;
}

/** What is remembered of a track that stands somewhere at a moment. */
export function seenAt(before: Seen | undefined, place: string, now: number): Seen {
  if (before === undefined) return { place };
  return before.place === place ? before : { place, moved: now };
}

/** The word that stands for ten minutes beside a topic that was said, or a track that moved. */
export function flagOf(since: number, { moved = -Infinity }: Seen, now: number): string {
  const isFresh = (time: number) => now - time < fresh;
  return isFresh(since) ? 'new' : isFresh(moved) ? 'moved' : '';
}

/** Marks what is new on the board of this moment. */
export function markNews(page: Document, now: Date): void {
  const seen = load();
  let hasMoved = false;
  for (const entry of page.querySelectorAll<HTMLElement>('.now .entry[id]')) {
    const flag = entry.querySelector('.flag');
    if (!flag) continue;
    const place = entry.querySelector('.place')?.textContent ?? '';
    const before = seen[entry.id];
    const known = (seen[entry.id] = seenAt(before, place, +now));
    hasMoved ||= known !== before;
    setText(flag, flagOf(Date.parse(entry.dataset.since ?? ''), known, +now));
  }
  if (hasMoved) save(seen);
}

/** Puts the reader's own tracks first; not at once, so that nothing moves below the pointer. */
export function putMineFirst(page: Document): void {
  for (const board of page.querySelectorAll('.board'))
    board.prepend(...[...board.querySelectorAll<HTMLElement>('.entry')].filter(isMine));
}

/** A click on a topic or place that is cut off shows all of it, until the next. */
export function openTextOnClick(): void {
  document.addEventListener('click', ({ target }) => {
    const element = target as Element;
    if (element.closest('a, button')) return;
    element.closest('.board :is(.topic, .place)')?.classList.toggle('whole');
  });
}

const key = 'ptgbot-seen';

/** By id of the entry. As long as the tab is open, also when it is loaded anew. */
function load(): Record<string, Seen> {
  try {
    return Object(JSON.parse(sessionStorage.getItem(key) ?? '{}')) as Record<string, Seen>;
  } catch {
    return {};
  }
}

function save(seen: Record<string, Seen>): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(seen));
  } catch {
    // Then nothing has moved.
  }
}
