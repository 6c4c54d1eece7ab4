/** `ptgbot start | bot | site`: the service, until it is told to stop. */
import { pino, type Logger } from 'pino';
import { Bot } from '../bot/bot.ts';
import type { Chat } from '../bot/chat.ts';
import { watchBranches } from '../schedule-data/git/watch-branches.ts';
import { PeopleStore } from '../schedule-data/people/people-store.ts';
import { Maintenance } from '../schedule-data/git/maintenance.ts';
import { lockRepository } from '../schedule-data/git/owner-lock.ts';
import { removeStaleLocks } from '../schedule-data/git/stale-lock.ts';
import { storageError } from '../schedule-data/git/storage-error.ts';
import { ScheduleStore } from '../schedule-data/store/schedule-store.ts';
import { openPublisher } from '../site/publish/publisher.ts';
import { compileSite } from '../site/build/compile.ts';
import { loadRenderer } from '../site/render/load.ts';
import type { SiteContent } from '../site/content/site-content.ts';
import { startServer } from '../site/server/server.ts';
import { startSiteWatcher } from '../site/publish/watcher.ts';
import { commitAsUser } from './caller.ts';
import type { Config } from './config.ts';
import { ensureRepository } from './data.ts';
import { dataSources } from './data-sources.ts';
import { LiveContent } from '../site/content/live-content.ts';
import { UsageError } from './usage-error.ts';

export interface Parts {
  readonly bot: boolean;
  readonly site: boolean;
}

/**
 * What was started, as functions that end it, in the order in which they are called: nobody speaks
 * any more, what was said is published, the repository is free again.
 */
interface Endings {
  readonly chat: (() => unknown)[];
  readonly pages: (() => unknown)[];
  readonly data: (() => unknown)[];
}

/**
 * Runs until a signal comes, then ends in good order: what was said is committed and published,
 * and the chat is left with a farewell.
 */
export async function serve(config: Config, parts: Parts): Promise<void> {
  const logger = await openLog();
  const endings: Endings = { chat: [], pages: [], data: [] };
  const stopped = signalled();
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // It may come before anybody waits for it.
  failed.catch(() => undefined);
  try {
    const { repository, branch } = config.data;
    if (await ensureRepository(config.data))
      logger.info(`made ${repository} from the example event`);
    const store = new ScheduleStore(repository, branch);
    endings.data.push(() => store.close());
    if (parts.bot) await own(repository, branch, store, endings, logger);
    const people = await openPeople(config, parts, endings, logger);
    if (parts.site) startSite(config, store, people, endings, logger).catch(fail);
    if (parts.bot && people) await startBot(config, store, people, endings, logger, fail);
    endings.chat.push(watchBranches(repository, looker('the schedule', store, logger)));
    logger.info({ signal: await Promise.race([stopped, failed]) }, 'stopping');
  } finally {
    for (const ends of [endings.chat, endings.pages, endings.data])
      for (const end of ends) await end();
  }
}

function signalled(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => resolve(signal));
  });
}

/** Makes this process the one that writes. */
async function own(
  repository: string,
  branch: string,
  store: { onSnapshot: (listener: () => void) => void },
  endings: Endings,
  logger: Logger,
): Promise<void> {
  const now = new Date();
  const unlock = lockRepository(repository, now);
  for (const path of await removeStaleLocks(repository, branch, now))
    logger.warn({ path }, 'removed a lock that a crash left');
  const maintenance = new Maintenance(repository, (error) =>
    logger.warn({ err: error }, 'the repository could not be packed'),
  );
  endings.data.push(() => maintenance.close(), unlock);
  store.onSnapshot(() => maintenance.changed());
}

/** The repository of people. A site on another machine, or of another user, does without. */
async function openPeople(
  { data }: Config,
  parts: Parts,
  endings: Endings,
  logger: Logger,
): Promise<PeopleStore | undefined> {
  if (parts.bot) await PeopleStore.make(data.people, commitAsUser('Begin'));
  const people = await PeopleStore.open(data.people).catch((error: unknown) => {
    if (parts.bot) throw error;
    logger.info({ err: error }, 'the pages will not show who is checked in');
    return undefined;
  });
  if (!people) return undefined;
  endings.data.push(() => people.close());
  if (parts.bot) {
    await own(data.people, 'main', people, endings, logger);
    // A crash in the midst of a new day may have left what was to be forgotten.
    await people.forgetUnreachable();
  } else endings.chat.push(watchBranches(data.people, looker('who is checked in', people, logger)));
  return people;
}

async function startBot(
  config: Config,
  store: ScheduleStore,
  people: PeopleStore,
  endings: Endings,
  logger: Logger,
  fail: (error: Error) => void,
): Promise<void> {
  const chats = [await openChat(config, logger, fail)];
  const sources = dataSources(chats, store, config);
  const bot = new Bot({ store, people, chats, sources, page: config.site.url, logger });
  await bot.start();
  endings.chat.push(() => bot.stop());
}

/** The chat that the configuration asks for; without IRC it is the terminal. */
async function openChat(
  { irc }: Config,
  logger: Logger,
  fail: (error: Error) => void,
): Promise<Chat> {
  if (irc) {
    const { createIrcChat } = await import('../bot/irc/irc-chat.ts');
    try {
      return createIrcChat(irc, logger, {
        onRefused: (why) => fail(new UsageError(`irc: ${why}, and signIn is required`)),
      });
    } catch (error) {
      return refuse(error);
    }
  }
  const { createConsoleChat } = await import('../bot/console.ts');
  return createConsoleChat({ input: process.stdin, output: process.stdout });
}

/** What the configuration asks for is not possible; the message says why. */
function refuse(error: unknown): never {
  throw new UsageError((error as Error).message, { cause: error });
}

/** People at a terminal get sentences, machines get JSON; both on standard error. */
async function openLog(): Promise<Logger> {
  if (!process.stderr.isTTY) return pino({ base: {} }, pino.destination({ dest: 2, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino({ base: {} }, pretty({ destination: 2, sync: true, ignore: 'pid,hostname' }));
}

async function startSite(
  config: Config,
  store: ScheduleStore,
  people: PeopleStore | undefined,
  endings: Endings,
  logger: Logger,
): Promise<void> {
  const { output, url, listen } = config.site;
  const begin = performance.now();
  const content = await LiveContent.of(store, people, config.data.repository, logger);
  const renderer = await loadRenderer(await compileSite());
  const publisher = await openPublisher(output).catch((error: unknown) => {
    throw storageError(`${output} cannot be written`, error);
  });
  const base = url === undefined ? '/' : new URL(url).pathname;
  let tellReaders: () => unknown = () => undefined;
  const watcher = startSiteWatcher({
    renderer,
    publisher,
    log: logger,
    site: url,
    base,
    published: () => tellReaders(),
  });
  endings.pages.push(() => watcher.close());
  // Failures are logged, and tried again, by the watcher.
  const publish = (shown: SiteContent) => watcher.publish(shown).catch(() => undefined);
  content.onChange(publish);
  await publish(content.now);
  logger.info({ output, ms: Math.round(performance.now() - begin) }, 'the site is published');
  if (listen === false) return;
  const server = await startServer({ directory: output, listen, base }).catch(refuse);
  tellReaders = server.tell;
  endings.pages.push(() => server.close());
  logger.info(`the page is at ${server.url}`);
}

/** Looks whether others pushed; a broken repository is said once in the log, not twice a second. */
function looker(
  what: string,
  store: { current(): Promise<unknown> },
  logger: Logger,
): () => Promise<void> {
  let trouble = '';
  return async () => {
    try {
      await store.current();
      trouble = '';
    } catch (error) {
      const { message } = error as Error;
      if (message !== trouble) logger.error({ err: error }, `${what} cannot be read`);
      trouble = message;
    }
  };
}
