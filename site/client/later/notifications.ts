/**
 * Notifications of the browser, for readers who asked for them: of one open tab, which is kept current
 * also while nobody sees it. Loaded when they are wanted.
 */
import { meetingsOf, slotsAround } from '../drift.ts';
import { entriesOfToday, tracksOf } from '../entries.ts';
import { pageState } from '../page-state.ts';
import { settings } from '../settings.ts';
import { chosenZone } from '../zone.ts';
import { labelOf } from '../label-of.ts';
import { toNotify, wordsOf, type Moment, type Occasion } from './to-notify.ts';

/** What was told, until when it counts: other tabs, and this one when it is loaded anew, tell it no more. */
const key = 'ptgbot-told';
const day = 86_400_000;

let before: Moment | undefined;

/**
 * Begins with what is there already, of which nothing is told.
 * @param follow has the page kept current, when this tab becomes the one that tells
 */
export function startNotifications(follow: () => void): void {
  notify(document, new Date());
  setInterval(() => notify(document, new Date()), 5000);
  void navigator.locks.request('ptgbot-notify', () => {
    pageState.tells = true;
    follow();
    // As long as it is open; then it is the turn of another one.
    return new Promise(() => undefined);
  });
}

/** Tells what is new on a page since the last time. To be called when the page is adapted. */
export function notify(page: Document, now: Date): void {
  const after = momentOf(page, now);
  const { stars, notify: isWanted } = settings();
  const found = before && isWanted && pageState.tells ? toNotify(before, after, stars) : [];
  before = after;
  for (const occasion of found) if (isFirst(occasion, +now)) void tell(occasion);
}

function momentOf(page: Document, now: Date): Moment {
  const entries = new Set(entriesOfToday(page).values());
  const said = [...entries].map((entry) => {
    const part = (name: string) => entry.querySelector(name)?.textContent.trim() ?? '';
    const { since } = entry.dataset;
    return { tracks: tracksOf(entry), topic: part('.topic'), place: part('.place'), since };
  });
  return { said, meetings: meetingsOf(slotsAround(page, now)), now };
}

async function tell(occasion: Occasion): Promise<void> {
  const { title, body } = wordsOf(occasion, (track) => labelOf(track, document), chosenZone());
  const options = { body, tag: `ptgbot ${occasion.id}` };
  const { serviceWorker } = navigator as Partial<Navigator>;
  const registration = await serviceWorker?.getRegistration();
  // Phones have no other way, and some browsers have no service worker.
  if (registration?.active) return registration.showNotification(title, options);
  const notification = new Notification(title, options);
  notification.addEventListener('click', () => {
    window.focus();
    notification.close();
  });
}

function isFirst({ id }: Occasion, now: number): boolean {
  try {
    const stored = Object(JSON.parse(localStorage.getItem(key) ?? '{}')) as Record<string, unknown>;
    if (Object.hasOwn(stored, id)) return false;
    const kept = Object.entries(stored).filter(([, time]) => now - Number(time) < day);
    localStorage.setItem(key, JSON.stringify(Object.fromEntries([...kept, [id, now]])));
  } catch {
    // Then it is as long as the page that remembers.
  }
  return true;
}
