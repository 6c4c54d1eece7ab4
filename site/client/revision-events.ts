import { nextDelay } from './delay.ts';
import type { Revision } from '../view/revision.ts';
import { eventReader } from './revision.ts';

export interface Follower {
  /** The site shows this revision, said in an answer of this date; a rejection has it said again. */
  readonly revision: (revision: Revision, date: string | null) => Promise<void>;
  /** The site answered. */
  readonly answered: () => void;
  /** Is it of use now? */
  readonly isNeeded: () => boolean;
}

/** Milliseconds without any answer after which the line counts as dead. */
const answerTime = 9000;
const silence = 40_000;
const reconnect = 1000;

/**
 * Asks for the revision while that is needed. The built-in server answers with a stream that
 * tells each new one; any other host with the file, which is then asked for again and again.
 * @returns what begins anew, for when something else decides whether it is needed
 */
export function followRevisions(address: string, follower: Follower): () => void {
  let current: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const stop = () => {
    clearTimeout(timer);
    current?.abort();
    current = undefined;
  };
  const start = async () => {
    stop();
    if (!follower.isNeeded()) return;
    const controller = (current = new AbortController());
    let delay: number;
    try {
      const wasStream = await ask(address, controller, {
        ...follower,
        answered: () => {
          failures = 0;
          follower.answered();
        },
      });
      delay = wasStream ? reconnect : nextDelay(0);
    } catch {
      delay = failures === 0 ? reconnect : nextDelay(failures - 1);
      failures += 1;
    }
    // Many readers that lost the same server come back one by one.
    if (failures > 0 || delay === reconnect) delay *= 1 + Math.random();
    if (current === controller) timer = setTimeout(() => void start(), delay);
  };
  document.addEventListener('visibilitychange', () => void start());
  addEventListener('online', () => void start());
  addEventListener('pagehide', stop);
  const begin = () => void start();
  begin();
  return begin;
}

/** One question; with a stream it lasts as long as that. Says whether it was one. */
async function ask(
  address: string,
  controller: AbortController,
  { revision, answered }: Follower,
): Promise<boolean> {
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const within = (time: number) => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => controller.abort(), time);
  };
  try {
    within(answerTime);
    const response = await fetch(address, {
      cache: 'no-cache',
      headers: { Accept: 'text/event-stream, application/json;q=0.9' },
      signal: controller.signal,
    });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const date = response.headers.get('Date');
    const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
    if (!isStream || !response.body) {
      await revision((await response.json()) as Revision, date);
      answered();
      return false;
    }
    const read = eventReader();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let isFirst = true; ;) {
      within(silence);
      const { done, value } = await reader.read();
      if (done) return true;
      for (const data of read(value)) {
        await revision(JSON.parse(data) as Revision, isFirst ? date : null);
        isFirst = false;
      }
      answered();
    }
  } finally {
    clearTimeout(watchdog);
    controller.abort();
  }
}
