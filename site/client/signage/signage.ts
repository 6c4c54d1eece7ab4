/** Big screens: a clock, one page after the other, and a screen that stays awake. */
import { turns } from './rotation.ts';

/** Milliseconds that a page stays, for each track on it, at least, and for the schedule of the day. */
const timeForOne = 2000;
const leastTime = 6000;
const timeForDay = 12_000;
/** Of tracks in a column. */
const most = 5;

const big = matchMedia('(width > 48rem) and (height > 30rem)');
const room = new URLSearchParams(location.search).get('room')?.toLowerCase();

/** All that the screen remembers. */
const state = {
  /** What is shown together, turn by turn: of the tracks, and of the announcements above them. */
  pages: [] as readonly (readonly HTMLElement[])[],
  notices: [] as readonly (readonly HTMLElement[])[],
  current: 0,
  isPaused: false,
  timer: undefined as ReturnType<typeof setTimeout> | undefined,
};

const all = (selector: string, root: ParentNode = document) => [
  ...root.querySelectorAll<HTMLElement>(selector),
];

/** Whatever changes on the page, by us or because something was said, is laid out anew. */
const observer = new MutationObserver(() => layOut());

function layOut(): void {
  document.documentElement.classList.toggle('signage', big.matches);
  nameRoom();
  const sections = all('.stage > section');
  for (const section of sections) section.hidden = false;
  const items = sections.flatMap((section, index) =>
    chosen(section).map((element) => ({ element, section: index })),
  );
  const stage = document.querySelector<HTMLElement>('.stage');
  if (big.matches && stage) {
    const columns = turns(
      items.map(({ element, section }) => ({
        section,
        height: isDay(element) ? fitted(element, stage) : element.offsetHeight,
      })),
      sections.map((section) => section.querySelector('h2')?.offsetHeight ?? 0),
      stage.clientHeight,
      most,
    ).map((column) => column.flatMap((index) => items[index]?.element ?? []));
    state.pages = sideBySide(columns, Number(getComputedStyle(stage).columnCount) || 1);
  } else state.pages = [items.map(({ element }) => element)];
  state.notices = announcements();
  show();
}

const isDay = (element: HTMLElement) => element.matches('.day');

/** The columns of one page after the other; the schedule of a day has all the width. */
function sideBySide(columns: readonly (readonly HTMLElement[])[], count: number): HTMLElement[][] {
  const pages: HTMLElement[][] = [];
  let used = count;
  for (const column of columns) {
    const isWide = column.some(isDay);
    if (isWide || used === count) pages.push([]);
    pages.at(-1)!.push(...column);
    used = isWide ? count : (used % count) + 1;
  }
  return pages;
}

/** Makes a day as large as it fits into the height of the screen, and says that it takes all of it. */
function fitted(day: HTMLElement, stage: HTMLElement): number {
  const { style } = day;
  const available =
    stage.clientHeight - (day.parentElement?.querySelector('h2')?.offsetHeight ?? 0);
  style.zoom = '1';
  // With larger letters there are more lines, so it takes more than one look.
  for (let looks = 0; looks < 4; looks += 1)
    style.zoom = String(Math.min((available * 0.98) / day.offsetHeight, 2));
  return stage.clientHeight;
}

function announcements(): readonly (readonly HTMLElement[])[] {
  const list = document.querySelector('.announcements');
  const frame = list?.parentElement;
  if (!list || !frame) return [];
  const items = all('li', list);
  for (const item of items) item.hidden = false;
  if (!big.matches) return [items];
  const { rowGap, marginBlockStart } = getComputedStyle(list);
  const gap = parseFloat(rowGap);
  // What warns of danger stays; the others take turns in what it leaves of the frame.
  const [pinned, others] = [true, false].map((is) =>
    items.filter((item) => item.matches('.danger') === is),
  ) as [HTMLElement[], HTMLElement[]];
  const height = (item: HTMLElement) => item.offsetHeight + gap;
  const taken = pinned.reduce((sum, item) => sum + height(item), 0);
  return turns(
    others.map((item) => ({ section: 0, height: height(item) })),
    [parseFloat(marginBlockStart)],
    frame.clientHeight + gap - taken,
    Infinity,
  ).map((page) => page.flatMap((index) => others[index] ?? []));
}

const turnCount = () => Math.max(state.pages.length, state.notices.length, 1);

/** Makes visible what a section has for the room of this screen, or that it has nothing. */
function chosen(section: HTMLElement): readonly HTMLElement[] {
  const isHere = (entry: HTMLElement) =>
    !entry.matches('.out') &&
    (room === undefined || (entry.dataset.room ?? roomIn(entry)) === room);
  const isWanted = (entry: HTMLElement) =>
    isDay(entry)
      ? room === undefined &&
        !entry.matches('.unchosen') &&
        entry.querySelector('thead th:not(.out)') !== null
      : isHere(entry);
  const entries = all('.sign-entry, .entry, .day', section);
  const here = entries.filter(isWanted);
  const isMeeting = section.matches('.now') && all('.meeting-now li').some(isHere);
  const shown = here.length || isMeeting ? here : all('.empty', section);
  for (const element of [...entries, ...all('.empty', section)])
    element.hidden = !shown.includes(element);
  return shown;
}

/** The slug of the room that an entry leads to. */
function roomIn(entry: Element): string | undefined {
  return entry
    .querySelector('.place')
    ?.getAttribute('href')
    ?.match(/rooms\/([^/]+)\/$/)?.[1];
}

function show(): void {
  state.current %= turnCount();
  const shown = new Set(
    [state.pages, state.notices].flatMap((group) => group[state.current % group.length] ?? []),
  );
  for (const page of [...state.pages, ...state.notices])
    for (const element of page) element.hidden = !shown.has(element);
  for (const section of all('.stage > section'))
    section.hidden = ![...shown].some((element) => section.contains(element));
  const turning = document.getElementById('turning');
  const button = turning?.querySelector('button');
  if (turning && button) {
    turning.hidden = turnCount() < 2;
    button.textContent = `${state.current + 1} of ${turnCount()}`;
    button.setAttribute('aria-pressed', String(state.isPaused));
  }
  showClock();
  // Not what we did ourselves.
  observer.takeRecords();
}

function nameRoom(): void {
  const heading = document.querySelector('h1');
  if (room === undefined || !heading) return;
  const link = all('.sign-rooms a').find(({ dataset }) => dataset.slug === room);
  const name = link?.textContent ?? `There is no room ${room}`;
  if (heading.textContent !== name) heading.textContent = name;
}

function turn(pageCount: number): void {
  state.current = (state.current + pageCount + turnCount()) % turnCount();
  show();
  wait();
}

function wait(): void {
  clearTimeout(state.timer);
  const page = state.pages[state.current % state.pages.length] ?? [];
  const time = page.some(isDay) ? timeForDay : Math.max(page.length * timeForOne, leastTime);
  state.timer = setTimeout(() => (state.isPaused ? wait() : turn(1)), time);
}

function pause(): void {
  state.isPaused = !state.isPaused;
  show();
}

function showClock(): void {
  const clock = document.getElementById('clock');
  if (!clock) return;
  // Modules that other pages' scripts use, too, would cost all of them a request.
  const { zone, timezone } = document.documentElement.dataset;
  const timeZone = zone ?? timezone;
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const text = new Date().toLocaleTimeString('en-GB', options);
  if (clock.textContent !== text) clock.textContent = text;
  clock.parentElement!.hidden = false;
}

/** The lock is lost whenever the page is hidden; where there is none, the screen decides. */
async function stayAwake(): Promise<void> {
  if (document.hidden || !('wakeLock' in navigator)) return;
  await navigator.wakeLock.request('screen').catch(() => undefined);
}

const keys: Record<string, () => void> = {
  ArrowRight: () => turn(1),
  ArrowLeft: () => turn(-1),
  ' ': pause,
};

document.addEventListener('keydown', (event) => {
  if (event.target instanceof HTMLButtonElement && event.key === ' ') return;
  const act = keys[event.key];
  if (!act || !big.matches) return;
  event.preventDefault();
  act();
});
document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('#turning')) pause();
});
document.addEventListener('visibilitychange', () => void stayAwake());
addEventListener('resize', layOut);
setInterval(showClock, 1000);
observer.observe(document.body, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
});
layOut();
wait();
void stayAwake();
