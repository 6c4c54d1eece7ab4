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
import { loadRenderer } from '../../site/render/load.ts';
import { startServer } from '../../site/server/server.ts';
import type { Config } from '../config.ts';
import type { Progress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

export interface SiteParts {
  readonly config: Config;
  readonly store: ScheduleStore;
  /** Undefined where nobody may know who is checked in. */
  readonly people: PeopleStore | undefined;
  /** Has the remote fetched now. */
  readonly fetchRemote: () => void;
  readonly logger: Logger;
  readonly progress: Progress;
}

/** Publishes the pages, and keeps them in step with the data until `stack` ends; serves them. */
export async function runSite(
  { config, store, people, fetchRemote, logger, progress }: SiteParts,
  stack: AsyncDisposableStack,
): Promise<void> {
  const { output, url, listen, webhookSecret: secret } = config.site;
  const begin = performance.now();
  const content = await LiveContent.of(store, people, config.data.repository, config.cache, logger);
  const renderer = await loadRenderer(
    await progress('compiling the pages', () => compileSite(config.cache)),
  );
  const publisher = await Publisher.open(output).catch((error: unknown) => {
    throw storageError(`${output} cannot be written`, error);
  });
  const base = url === undefined ? '/' : new URL(url).pathname;
  let server: Awaited<ReturnType<typeof startServer>> | undefined = undefined;
  // Readers hear of the last revision before the server ends.
  stack.defer(() => server?.close());
  const watcher = startSiteWatcher({
    renderer,
    publisher,
    log: logger,
    archive: (planner) => new Archive(output, planner, config.data.repository, logger),
    site: url,
    base,
    published: () => void server?.tell(),
  });
  stack.defer(() => watcher.close());
  // Failures are logged, and tried again, by the watcher.
  const publish = (shown: SiteContent) => watcher.publish(shown).catch(() => undefined);
  content.onChange(publish);
  await progress('rendering the pages', () => publish(content.now));
  logger.info({ output, ms: Math.round(performance.now() - begin) }, 'the site is published');
  if (listen === false) return;
  const webhook = secret === undefined ? undefined : { secret, pushed: fetchRemote };
  server = await startServer({ directory: output, listen, base, webhook }).catch(
    (error: unknown) => {
      throw new UsageError((error as Error).message, { cause: error });
    },
  );
  logger.info(`the page is at ${server.url}`);
}
