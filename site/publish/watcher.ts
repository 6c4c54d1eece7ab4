import { setTimeout as sleep } from 'node:timers/promises';
import { reached } from '../../schedule-data/store/stage.ts';
import type { Publisher } from './publisher.ts';
import type { Renderer } from '../render/load.ts';
import type { SiteContent } from '../content/site-content.ts';
import { SitePlanner, type RenderOptions } from '../render/plan.ts';

/** After publishing it rests as long as that took, so that commands have their turn; in milliseconds, at most. */
const longestRest = 200;

/** The part of a pino logger that the site uses. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Keeps a published site in step with the content that it is given. */
export interface SiteWatcher {
  /**
   * Renders and publishes content; while some is in work, only the newest of what is given next.
   * Resolves when this or newer content is published, rejects when that failed. Nobody has to
   * wait for it: failures are logged, and the content is tried again after a while.
   */
  publish(content: SiteContent): Promise<void>;
  /** Resolves when nothing is in work any more; nothing is published afterwards. */
  close(): Promise<void>;
}

export interface SiteWatcherOptions extends RenderOptions {
  readonly renderer: Renderer;
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly log: Log;
  /** Called whenever the site shows something else. */
  readonly published?: () => void;
  /** Milliseconds until content that could not be published is tried again. */
  readonly retryAfter?: number;
}

interface Task {
  readonly content: SiteContent;
  readonly done: PromiseWithResolvers<void>;
}

export function startSiteWatcher(options: SiteWatcherOptions): SiteWatcher {
  const { renderer, publisher, log, published, retryAfter = 5000, ...renderOptions } = options;
  const planner = new SitePlanner(renderer, renderOptions);
  let waiting: Task | undefined;
  let working: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let restUntil = 0;
  const closing = new AbortController();
  const { signal } = closing;

  async function work(): Promise<void> {
    while (waiting) {
      const rest = restUntil - performance.now();
      if (rest > 0) await sleep(rest, undefined, { signal }).catch(() => {});
      const { content, done } = waiting;
      waiting = undefined;
      const begin = performance.now();
      try {
        await publishOne(content);
        done.resolve();
      } catch (error) {
        log.error({ err: error, commit: content.commit }, 'the site could not be published');
        // A newer one that waits takes its place.
        if (!waiting)
          retry = setTimeout(() => {
            if (!closed) void publish(content);
          }, retryAfter).unref();
        done.reject(error);
      }
      const end = performance.now();
      restUntil = end + Math.min(end - begin, longestRest);
    }
    working = undefined;
  }

  async function publishOne(content: SiteContent): Promise<void> {
    const begin = performance.now();
    const plan = await planner.plan(content);
    const planned = performance.now();
    const { problems, written, removed } = await publisher.publish(content, plan);
    reached('published');
    for (const problem of problems) log.warn({ problem }, problem.message);
    log.info(
      {
        commit: content.commit,
        written,
        removed,
        plan: Math.round(planned - begin),
        write: Math.round(performance.now() - planned),
      },
      'published',
    );
    published?.();
  }

  function publish(content: SiteContent): Promise<void> {
    if (closed) return Promise.resolve();
    clearTimeout(retry);
    if (waiting) waiting = { content, done: waiting.done };
    else {
      waiting = { content, done: Promise.withResolvers() };
      // Whoever does not wait must not have the process ended by a rejection.
      waiting.done.promise.catch(() => {});
    }
    const { promise } = waiting.done;
    working ??= work();
    return promise;
  }

  return {
    publish,
    async close() {
      closed = true;
      closing.abort();
      clearTimeout(retry);
      await working;
    },
  };
}
