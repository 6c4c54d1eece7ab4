import { zoneName, timeOfDay } from '../view/times.ts';
import { nextDelay } from './delay.ts';
import { replacePage } from './replace.ts';

const { base = '/', timezone = 'UTC' } = document.documentElement.dataset;

let shown: string | undefined;
let failures = 0;
let lastSuccess = new Date();
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Asks every few seconds, while somebody is looking, whether the site shows a newer commit, and
 * then replaces what changed. `replaced` is called after each replacement.
 */
export function keepCurrent(replaced: () => void): void {
  const ask = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      await update(replaced);
      failures = 0;
      lastSuccess = new Date();
    } catch {
      failures += 1;
    }
    showState();
    timer = setTimeout(() => void ask(), nextDelay(failures));
  };
  document.addEventListener('visibilitychange', () => void ask());
  window.addEventListener('online', () => void ask());
  void ask();
}

async function update(replaced: () => void): Promise<void> {
  const { commit } = (await (await get(`${base}revision.json`)).json()) as { commit: string };
  if (commit === shown) return;
  // Also the first time: the page may be older than the revision that it is compared with.
  const page = await (await get(location.pathname)).text();
  await replacePage(new DOMParser().parseFromString(page, 'text/html'));
  shown = commit;
  replaced();
}

async function get(address: string): Promise<Response> {
  const response = await fetch(address, { cache: 'no-cache', signal: AbortSignal.timeout(9000) });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

function showState(): void {
  const element = document.getElementById('live');
  if (!element) return;
  const stale = failures > 1;
  const time = `${timeOfDay(lastSuccess, timezone)} ${zoneName(timezone, lastSuccess)}`;
  element.textContent = stale ? `out of date since ${time}` : `live ${time}`;
  element.classList.toggle('stale', stale);
  element.hidden = false;
}
