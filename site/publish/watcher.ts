import { setTimeout as sleep } from 'node:timers/promises';
import { reached } from '../../schedule-data/store/stage.ts';
import { timed } from '../../schedule-data/store/timing.ts';
import type { Archive } from './archive.ts';
import type { Publisher } from './publisher.ts';
import type { Renderer } from '../render/load.ts';
import type { SiteContent } from '../content/site-content.ts';
import { SitePlanner, type LaterPlan, type RenderOptions } from '../render/plan.ts';

/**
 * After publishing it rests as long as the main page took, so that commands have their turn; in
 * milliseconds, at most.
 */
const longestRest = 200;
/** What comes later is left to the next content where that waits already, for so many milliseconds. */
const longestPutOff = 1000;

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
  /** Keeps the pages of what is older than the newest changes. */
  readonly archive?: (planner: SitePlanner) => Archive;
  /** Called whenever the site shows something else. */
  readonly published?: (content: SiteContent) => void;
  /** Milliseconds until content that could not be published is tried again. */
  readonly retryAfter?: number;
}

const nothing: LaterPlan = { files: [], problems: [], isWhole: false };

interface Task {
  readonly content: SiteContent;
  readonly done: PromiseWithResolvers<void>;
}

export function startSiteWatcher(options: SiteWatcherOptions): SiteWatcher {
  const { renderer, publisher, log, published, retryAfter = 5000, ...others } = options;
  const { archive: archiveOf, ...renderOptions } = others;
  const planner = new SitePlanner(renderer, renderOptions);
  const archive = archiveOf?.(planner);
  let waiting: Task | undefined;
  let working: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let restUntil = 0;
  let wholeAt = -Infinity;
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
        const firstAt = await timed('publish', () => publishOne(content));
        restUntil = performance.now() + Math.min(firstAt - begin, longestRest);
        done.resolve();
      } catch (error) {
        log.error({ err: error, commit: content.commit }, 'the site could not be published');
        // A newer one that waits takes its place.
        if (!waiting)
          retry = setTimeout(() => {
            if (!closed) void publish(content);
          }, retryAfter).unref();
        const end = performance.now();
        restUntil = end + Math.min(end - begin, longestRest);
        done.reject(error);
      }
    }
    working = undefined;
  }

  /** Gives when the main page was in its place. */
  async function publishOne(content: SiteContent): Promise<number> {
    const begin = performance.now();
    const planned = await planner.plan(content);
    const whole = archive?.inStep(planned, content) ?? planned;
    const begun = performance.now();
    let firstAt: number | undefined;
    let isPutOff = false;
    const later = (): Promise<LaterPlan> => {
      firstAt = performance.now();
      isPutOff = waiting !== undefined && firstAt - wholeAt < longestPutOff;
      return (!isPutOff && whole.later?.()) || Promise.resolve(nothing);
    };
    const plan = whole.later ? { ...whole, later } : whole;
    const { problems, written, removed } = await publisher.publish(content, plan);
    reached('published');
    for (const problem of problems) log.warn({ problem }, problem.message);
    log.info(
      {
        commit: content.commit,
        written,
        removed,
        plan: Math.round(begun - begin),
        write: Math.round(performance.now() - begun),
      },
      'published',
    );
    published?.(content);
    if (!isPutOff) {
      wholeAt = performance.now();
      if (!problems.length) await archive?.published(content);
    }
    return firstAt ?? performance.now();
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
      await archive?.close();
    },
  };
}
