import { followRevisions } from './revision-events.ts';
import { confirmKept } from './offline.ts';
import { pageState } from './page-state.ts';
import { isOfRevision, revisionId } from './revision.ts';
import { announce, news, topics } from './live-region.ts';
import { showConnectionStatus } from './connection-status.ts';

const base = () => document.documentElement.dataset.base ?? '/';

/** Keeps the page that of the newest revision; `adapt` makes of it what this reader sees. */
export function keepCurrent(adapt: (page: Document) => void): void {
  const { asOf } = document.documentElement.dataset;
  if (asOf !== undefined) {
    // It did not come from the site, but as it was seen last.
    pageState.answered = pageState.looking = new Date(asOf);
    showAge();
  }
  const look = () => (pageState.looking = new Date());
  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', look);
  followRevisions(`${base()}revision.json`, {
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
  const before = topics();
  // What replaces pages is needed by those alone that stay open, and gone with the site's former version.
  const replacer = await import('./later/replace.ts').catch(() => undefined);
  if (!replacer) return location.reload();
  await replacer.replacePage(page, adapt);
  const text = news(before);
  if (text) announce(text);
  pageState.html = html;
}
