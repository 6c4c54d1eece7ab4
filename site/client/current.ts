import { followRevisions } from './follow.ts';
import { replacePage } from './replace.ts';
import { isOfRevision, revisionId } from './revision.ts';
import { news, tell } from './say.ts';
import { showState } from './state.ts';

let answered = new Date();
let shown: string | undefined;
let lastText: string | undefined;

/** Keeps the page that of the newest revision; `adapt` makes of it what this reader sees. */
export function keepCurrent(adapt: (page: Document) => void): void {
  const { base = '/' } = document.documentElement.dataset;
  followRevisions(`${base}revision.json`, {
    async revision(revision, date) {
      const id = revisionId(revision);
      if (id === shown) return;
      const isFirst = shown === undefined;
      if (!isFirst || !isOfRevision(revision, date, timeSinceRequest())) await renew(adapt);
      shown = id;
    },
    answered() {
      answered = new Date();
      showAge();
    },
  });
}

/** Says how current the page is. */
export function showAge(): void {
  showState(answered, new Date(), tell);
}

/** Milliseconds since this page was asked for; infinite when it came out of a cache. */
function timeSinceRequest(): number {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.transferSize ? performance.now() - navigation.requestStart : Infinity;
}

async function renew(adapt: (page: Document) => void): Promise<void> {
  const signal = AbortSignal.timeout(9000);
  const response = await fetch(location.pathname, { cache: 'no-cache', signal });
  if (!response.ok) throw new Error(`${location.pathname}: ${response.status}`);
  const text = await response.text();
  if (text === lastText) return;
  const page = new DOMParser().parseFromString(text, 'text/html');
  adapt(page);
  const topics = news(await replacePage(page));
  if (topics) tell(topics);
  lastText = text;
}
