/** Big screens: a clock, one page after the other, and a screen that stays awake. */
import { turns } from './rotation.ts';

/** Milliseconds that a page stays, for each track on it, and at least. */
const timeForOne = 2000;
const leastTime = 6000;
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
  const stage = document.querySelector('.stage');
  state.pages = big.matches
    ? turns(
        items.map(({ element, section }) => ({ section, height: element.offsetHeight })),
        sections.map((section) => section.querySelector('h2')?.offsetHeight ?? 0),
        stage?.clientHeight ?? 0,
        most,
      ).map((page) => page.flatMap((index) => items[index]?.element ?? []))
    : [items.map(({ element }) => element)];
  state.notices = announcements();
  show();
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
  return turns(
    items.map(({ offsetHeight }) => ({ section: 0, height: offsetHeight + gap })),
    [parseFloat(marginBlockStart)],
    frame.clientHeight + gap,
    Infinity,
  ).map((page) => page.flatMap((index) => items[index] ?? []));
}

const turnCount = () => Math.max(state.pages.length, state.notices.length, 1);

/** Makes visible what a section has for the room of this screen, or that it has nothing. */
function chosen(section: HTMLElement): readonly HTMLElement[] {
  const isHere = ({ dataset }: HTMLElement) => room === undefined || dataset.room === room;
  const entries = all('.sign-entry', section);
  const here = entries.filter(isHere);
  const shown = here.length ? here : all('.empty', section);
  for (const element of [...entries, ...all('.empty', section)])
    element.hidden = !shown.includes(element);
  return shown;
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
  const time = Math.max(
    (state.pages[state.current % state.pages.length]?.length ?? 0) * timeForOne,
    leastTime,
  );
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
  const { timezone: timeZone } = document.documentElement.dataset;
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const text = new Date().toLocaleTimeString('en-GB', options);
  if (clock.textContent !== text) clock.textContent = text;
  clock.hidden = false;
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
