import { followRevisions } from './revision-events.ts';
import { confirmKept } from './offline.ts';
import { pageState } from './page-state.ts';
import { isOfRevision, revisionId } from './revision.ts';
import { settings } from './settings.ts';
import { announce, news, topics } from './live-region.ts';
import { showConnectionStatus } from './connection-status.ts';

const base = () => document.documentElement.dataset.base ?? '/';

/**
 * Keeps the page that of the newest revision; `adapt` makes of it what this reader sees.
 * @returns what looks for it at once, for a hidden page that has to be current from now on
 */
export function keepCurrent(adapt: (page: Document) => void): () => void {
  const { asOf } = document.documentElement.dataset;
  if (asOf !== undefined) {
    // It did not come from the site, but as it was seen last.
    pageState.answered = pageState.looking = new Date(asOf);
    showAge();
  }
  const look = () => (pageState.looking = new Date());
  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', look);
  return followRevisions(`${base()}revision.json`, {
    async revision(revision, date) {
      const id = revisionId(revision);
      if (id === pageState.revisionId) return;
      const isFirst = pageState.revisionId === undefined;
      if (!isFirst || !isOfRevision(revision, date, timeSinceRequest())) await renew(adapt);
      pageState.revisionId = id;
    },
    answered() {
      pageState.answered = new Date();
      showAge();
    },
    // Somebody looks, or waits for what a hidden tab tells.
    isNeeded: () => !document.hidden || (pageState.tells && settings().notify),
  });
}

/** Says how current the page is. */
export function showAge(): void {
  showConnectionStatus({ ...pageState, now: new Date() }, (change) => {
    announce(change);
    confirmKept();
  });
}

/** Milliseconds since this page was asked for; infinite when it came out of a cache. */
function timeSinceRequest(): number {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const isKept = document.documentElement.dataset.asOf !== undefined;
  return navigation?.transferSize && !isKept
    ? performance.now() - navigation.requestStart
    : Infinity;
}

async function renew(adapt: (page: Document) => void): Promise<void> {
  const signal = AbortSignal.timeout(9000);
  const ask = (path: string) => fetch(path, { cache: 'no-cache', signal });
  let response = await ask(location.pathname);
  // What is not there any more has a page that says so; not every host sends it by itself.
  if (response.status === 404) response = await ask(`${base()}404.html`);
  else if (!response.ok) throw new Error(`${location.pathname}: ${response.status}`);
  const html = await response.text();
  if (html === pageState.html) return;
  const page = new DOMParser().parseFromString(html, 'text/html');
  if (!page.querySelector('main')) throw new Error('a page without a main part');
  if (isOtherVersion(page) || (leadsOn(page) && !leadsOn(document))) return location.reload();
  const { replacePage } = await loadReplacer();
  const before = topics();
  await replacePage(page, adapt);
  const text = news(before);
  if (text) announce(text);
  pageState.html = html;
}

/** What replaces pages is needed only by those that stay open. */
async function loadReplacer() {
  try {
    return await import('./later/replace.ts');
  } catch (error) {
    // The connection may be gone. If not, the browser is one that does not ask again for what once failed.
    if (pageState.lacksReplacer) location.reload();
    pageState.lacksReplacer = true;
    throw error;
  }
}

/** Is it the page of a former name? Only loading takes the reader further. */
function leadsOn(page: Document): boolean {
  return page.querySelector('meta[http-equiv="refresh"]') !== null;
}

/** Was the site itself compiled anew? Then scripts and styles are others, too. */
function isOtherVersion(page: Document): boolean {
  const parts = (document: Document) =>
    [...document.querySelectorAll('script[src], link[rel="stylesheet"]:not([data-tracks])')]
      .map((element) => element.getAttribute('src') ?? element.getAttribute('href'))
      .sort()
      .join();
  return parts(document) !== parts(page);
}
