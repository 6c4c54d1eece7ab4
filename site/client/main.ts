/**
 * client/ runs in the browser: it adapts a page to its reader and the moment, and keeps it current.
 * It never makes what the page shows without it. This file: what happens when.
 */
import { markNews, openTextOnClick, putMineFirst } from './board.ts';
import { isTimezone } from '../../schedule-data/text/timezone.ts';
import { copyOnClick, showCodes } from './copy.ts';
import { showTopics } from './discusses.ts';
import { chooseDay, chooseDayOnClick, showDay } from './days.ts';
import { showDrift } from './drift.ts';
import { setEarlierApart } from './earlier.ts';
import { showFiltered } from './filter.ts';
import { namedNow, renameStars } from './former-names.ts';
import { foldOnClick, showFolds, unfold } from './folds.ts';
import { keepCurrent, showAge } from './live-update.ts';
import { loadedLater } from './loaded-later.ts';
import { showMessage } from './live-region.ts';
import { showMeetings } from './meeting.ts';
import { keepForOffline } from './offline.ts';
import { pageState } from './page-state.ts';
import { queryWith, search } from './search.ts';
import { searchOnInput } from './search-controls.ts';
import { choose, refresh, settings, type Settings } from './settings.ts';
import { jumpToNow, markCurrentSlots } from './slots.ts';
import { chosenZone, leaveZoneInAddress, showTimes } from './zone.ts';

/** Only the pages of changes have that to show. It needs this script, which so must not wait for it. */
const changes = loadedLater(
  () => import('./later/changes.ts'),
  ({ changesOnClick }) => {
    changesOnClick(() => adapt(document), showMessage);
    adapt(document);
  },
);

/** Of those who opened it. */
const minePanel = loadedLater(() => import('./later/mine-panel.ts'));

/** Of those who marked two tracks or more. */
const overlaps = loadedLater(
  () => import('./later/overlaps.ts'),
  ({ showOverlaps }) => showOverlaps(document, new Date()),
);

/** Of those who asked for them. */
const notifications = loadedLater(
  () => import('./later/notifications.ts'),
  ({ startNotifications }) => startNotifications(follow),
);

/** A day of more than 24 rooms may take more than one sheet of paper. */
const manyRooms = '.grid th:nth-of-type(25)';

/** Labels name the day where it is not this one: they are looked at each quarter of an hour. */
const quarterOf = (time: Date) => Math.floor(+time / 900_000);

/** Makes of a page, this one or a newer one, what this reader sees at this moment. */
function adapt(page: Document): void {
  const now = new Date();
  pageState.quarter = quarterOf(now);
  renameStars(page);
  setEarlierApart(page, now);
  markNews(page, now);
  changes.part?.showChanges(page);
  markCurrentSlots(page, now);
  showMeetings(page);
  showTopics(page);
  showDrift(page, now);
  showTimes(page, now);
  showDay(page, now);
  overlaps.part?.showOverlaps(page, now);
  showFolds(page, now);
  showFiltered(page);
  showCodes(page);
  void showOwnBoard();
  minePanel.part?.showMine();
  notifications.part?.notify(page, now);
  if (mayOverlap()) void overlaps.want();
  if (settings().notify && hasMine()) void notifications.want();
}

/** What would move below the pointer if it happened on a click. */
function arrange(page: Document): void {
  adapt(page);
  putMineFirst(page);
  if (page.querySelector(manyRooms)) void import('./later/paper.ts');
}

function set(change: (now: Settings) => Partial<Settings>): void {
  choose(change);
  adapt(document);
  showAge();
}

function chooseZone(zone: string): void {
  leaveZoneInAddress();
  document.getElementById('other-zone')?.replaceChildren();
  set(() => ({ zone }));
}

async function openZonePicker(): Promise<void> {
  const picker = await import('./later/zone-picker.ts');
  picker.openZonePicker({ isTimezone, current: chosenZone(), choose: chooseZone });
}

async function openMinePanel(): Promise<void> {
  const { openMine } = await minePanel.want();
  openMine((notify) => set(() => ({ notify })));
}

/** Says above the board that it is that of some tracks only, and whose. */
async function showOwnBoard(): Promise<void> {
  const place = document.getElementById('own');
  const tracks = namedNow(document, search().tracks);
  if (!place) return;
  place.hidden = tracks.length === 0;
  if (place.hidden) return;
  const { stars } = settings();
  const { showOwnBoard: show } = await import('./later/own-board.ts');
  show(place, {
    tracks,
    all: location.pathname + queryWith(location.search, { ...search(), tracks: [] }),
    areMine: document.getElementById('filter')
      ? tracks.every((track) => stars.includes(track))
      : undefined,
    takeOver: () => set((now) => ({ stars: [...new Set([...now.stars, ...tracks])] })),
  });
}

/** Only the main page has all that concerns the reader's tracks. */
const hasMine = () => document.getElementById('share-mine') !== null;

/** Is there something that could? */
const mayOverlap = () => settings().stars.length > 1 && hasMine();

/** The clock goes on: another slot or another day begins. */
function tick(): void {
  if (document.hidden) return;
  const now = new Date();
  const isLater = quarterOf(now) !== pageState.quarter;
  if (markCurrentSlots(document, now) || isLater) adapt(document);
  else {
    markNews(document, now);
    showDrift(document, now);
  }
  showAge();
}

/** Another tab chose something, or this one comes back from where it had been put aside. */
function catchUp(): void {
  refresh();
  adapt(document);
}

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.matches('.zones [type="radio"]')) return;
  if (target.value !== 'other') chooseZone(target.value);
});
document.addEventListener('click', ({ target }) => {
  const unfold = (target as Element).closest('#unfold');
  unfold?.setAttribute('aria-expanded', String(unfold.getAttribute('aria-expanded') === 'false'));
  if ((target as Element).matches('.zones [value="other"]')) void openZonePicker();
  if ((target as Element).closest('#share-mine')) void openMinePanel();
  const { star } = (target as Element).closest<HTMLElement>('[data-star]')?.dataset ?? {};
  if (star === undefined) return;
  set(({ stars }) => ({
    stars: stars.includes(star) ? stars.filter((one) => one !== star) : [...stars, star],
  }));
});
document.getElementById('jump')?.addEventListener('click', () =>
  jumpToNow((row, day) => {
    unfold(row);
    chooseDay(day, new Date());
    adapt(document);
  }),
);
addEventListener('storage', catchUp);
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) catchUp();
});
searchOnInput(() => adapt(document));
chooseDayOnClick(() => adapt(document));
foldOnClick(() => adapt(document));
copyOnClick(showMessage);
openTextOnClick();

arrange(document);
const adapted = () => document.documentElement.classList.add('adapted');
const needed = [
  ...(document.getElementById('changes') ? [changes] : []),
  ...(mayOverlap() ? [overlaps] : []),
];
if (needed.length > 0) void Promise.allSettled(needed.map(({ want }) => want())).then(adapted);
// Then the scripts of the page's own have run, too.
else addEventListener('DOMContentLoaded', adapted);
setInterval(tick, 5000);
const follow = keepCurrent(arrange);
keepForOffline();
