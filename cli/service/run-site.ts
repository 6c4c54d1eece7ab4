import type { Logger } from 'pino';
import { storageError } from '../../schedule-data/git/storage-error.ts';
import type { PeopleStore } from '../../schedule-data/people/people-store.ts';
import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { compileSite } from '../../site/build/compile.ts';
import { LiveContent } from '../../site/content/live-content.ts';
import type { SiteContent } from '../../site/content/site-content.ts';
import { Archive } from '../../site/publish/archive.ts';
import { Publisher } from '../../site/publish/publisher.ts';
import { startSiteWatcher } from '../../site/publish/watcher.ts';
import { loadRenderer, type Renderer } from '../../site/render/load.ts';
import { startServer, type SiteServer } from '../../site/server/server.ts';
import type { Config } from '../config.ts';
import type { Progress } from '../progress.ts';
import { asUsageError } from '../usage-error.ts';
import type { PagesCondition } from './health.ts';

export interface SiteParts {
  readonly config: Config;
  readonly store: ScheduleStore;
  /** Undefined where nobody may know who is checked in. */
  readonly people: PeopleStore | undefined;
  /** Has the remote fetched now. */
  readonly fetchRemote: () => void;
  /** What keeps the whole service from being ready. */
  readonly faults: () => readonly string[];
  readonly logger: Logger;
  readonly progress: Progress;
}

/** Publishes the pages, keeps them in step with the data, and serves them. */
export class RunningSite implements AsyncDisposable {
  readonly #parts: SiteParts;
  readonly #content: LiveContent;
  readonly #renderer: Renderer;
  /** What a change of the configuration begins anew. */
  #publishing = new AsyncDisposableStack();
  #server: SiteServer | undefined;
  /** What the pages are to show, and since when they show less; by the clock of `performance.now()`. */
  #shown: SiteContent | undefined;
  #behindSince: number | undefined = performance.now();

  private constructor(parts: SiteParts, content: LiveContent, renderer: Renderer) {
    this.#parts = parts;
    this.#content = content;
    this.#renderer = renderer;
  }

  /** Resolves when all is published. @throws {StorageError | UsageError} */
  static async start(parts: SiteParts, stack: AsyncDisposableStack): Promise<RunningSite> {
    const { config, store, people, logger, progress } = parts;
    const { cache, data } = config;
    const content = await LiveContent.of(store, people, data.repository, cache, logger);
    const directory = await progress('compiling the pages', () => compileSite(cache));
    const site = stack.use(new RunningSite(parts, content, await loadRenderer(directory)));
    await site.#publish();
    return site;
  }

  get condition(): PagesCondition {
    return { behindSince: this.#behindSince };
  }

  /** How many open pages listen. */
  get readers(): number {
    return this.#server?.readers ?? 0;
  }

  /** Goes on with what is configured now. @throws {StorageError | UsageError} */
  async reload(): Promise<void> {
    await this.#publishing.disposeAsync();
    this.#publishing = new AsyncDisposableStack();
    await this.#publish();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#publishing.disposeAsync();
  }

  async #publish(): Promise<void> {
    const { config, logger, progress } = this.#parts;
    const { output, url } = config.site;
    const begin = performance.now();
    const base = url === undefined ? '/' : new URL(url).pathname;
    const publisher = await Publisher.open(output).catch((error: unknown) => {
      throw storageError(`${output} cannot be written`, error);
    });
    // What was published before is better than nothing, until it is up to date.
    const { hasPages } = publisher;
    if (hasPages) await this.#serve(base);
    // Readers hear of the last revision before the server ends.
    this.#publishing.defer(() => this.#server?.close());
    const watcher = startSiteWatcher({
      renderer: this.#renderer,
      publisher,
      log: logger,
      archive: (planner) => new Archive(output, planner, config.data.repository, logger),
      site: url,
      base,
      published: (content) => {
        this.#behindSince = content === this.#shown ? undefined : performance.now();
        void this.#server?.tell();
      },
    });
    this.#publishing.defer(() => watcher.close());
    const publish = (content: SiteContent) => {
      this.#shown = content;
      this.#behindSince ??= performance.now();
      // Failures are logged, and tried again, by the watcher.
      return watcher.publish(content).catch(() => undefined);
    };
    this.#content.onChange(publish);
    await progress('rendering the pages', () => publish(this.#content.now));
    logger.info({ output, ms: Math.round(performance.now() - begin) }, 'the site is published');
    if (!hasPages) await this.#serve(base);
    if (this.#server) logger.info(`the page is at ${this.#server.url}`);
  }

  async #serve(base: string): Promise<void> {
    const { config, fetchRemote, faults, logger } = this.#parts;
    const { output, listen, webhookSecret: secret } = config.site;
    this.#server = undefined;
    if (listen === false) return;
    const webhook = secret === undefined ? undefined : { secret, pushed: fetchRemote };
    const options = { directory: output, listen, base, webhook, faults };
    this.#server = await startServer(options).catch(asUsageError);
    logger.info(`listening at ${this.#server.url}`);
  }
}
