/** `ptgbot start | bot | site`: the service, until it is told to stop. */
import type { Logger } from 'pino';
import { watchBranches } from '../../schedule-data/git/watch-branches.ts';
import { signalOwner } from '../../schedule-data/git/owner-lock.ts';
import type { PeopleStore } from '../../schedule-data/people/people-store.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { remoteOf, repositoryOf, type Config } from '../config.ts';
import { showProgress, withoutProgress } from '../progress.ts';
import { asUsageError, UsageError } from '../usage-error.ts';
import { claimRepository } from './claim-repository.ts';
import { collectGarbage } from './collect-garbage.ts';
import { ensureRepository } from './ensure-repository.ts';
import { faultsOf } from './health.ts';
import { maintain } from './maintain.ts';
import type { Readings } from './metrics.ts';
import { followPeople, openPeople } from './open-people.ts';
import { keepHook } from './keep-hook.ts';
import { openLog } from './open-log.ts';
import { openRemote } from './open-remote.ts';
import { refreshStore } from './refresh-store.ts';
import { isTerminalTheChat } from './open-chats.ts';
import { reload } from './reload.ts';
import { reviewRules } from './review-rules.ts';
import { runBot } from './run-bot.ts';
import { RunningSite } from './run-site.ts';
import { conditionOf, readings, type Parts, type Running } from './running.ts';
import { ServiceManager } from './service-manager.ts';
import { nextSignal, onReloadSignal } from './signals.ts';

/** What ends together. */
export interface ServiceStacks {
  readonly data: AsyncDisposableStack;
  readonly pages: AsyncDisposableStack;
  readonly chat: AsyncDisposableStack;
}

/**
 * Runs until a signal comes, then ends in good order: what was said is committed and published,
 * and the chat is left with a farewell.
 * @param reread reads the configuration again, when a signal asks for it
 * @param isVerbose log also where somebody types
 */
export async function runService(
  config: Config,
  parts: Parts,
  reread: () => Config,
  isVerbose = false,
): Promise<void> {
  // Where the terminal is the chat, it is people's to write on.
  const isTyped = parts.bot && isTerminalTheChat(config);
  const isSeen = process.stdin.isTTY && process.stderr.isTTY;
  const logger = await openLog(isTyped && isSeen && !isVerbose);
  const stopped = nextSignal();
  // It means the remote. Where nobody listens, as before that is open, Node opens a debugger; once
  // somebody did and no longer does, it would end us.
  process.on('SIGUSR1', () => undefined);
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // It may come before anybody waits for it.
  failed.catch(() => undefined);
  const running: Running = {};
  const faults = () => faultsOf(conditionOf(running, parts), performance.now());
  const manager = new ServiceManager(process.env, faults, logger);
  // What was added last ends first: nobody speaks any more, what was said is published, the
  // repository is free again.
  await using all = new AsyncDisposableStack();
  const data = all.use(new AsyncDisposableStack());
  const pages = all.use(new AsyncDisposableStack());
  const chat = all.use(new AsyncDisposableStack());
  const stacks: ServiceStacks = { data, pages, chat };

  const repository = repositoryOf(config);
  const madeFrom = await ensureRepository(repository, remoteOf(config));
  if (madeFrom) logger.info(`made ${repository.gitdir} from ${madeFrom}`);
  if (parts.bot) await claimRepository(repository, data, logger);
  const store = new ScheduleStore(repository);
  data.defer(() => store.close());
  if (parts.bot) maintain(store, data, logger);
  store.onSnapshot(collectGarbage(data));
  const progress = isTyped ? withoutProgress : showProgress;
  let started = Promise.resolve();
  const startSite = (people: PeopleStore | undefined, fetchRemote: () => void) => {
    if (!parts.site) return;
    const siteParts = { config, store, people, fetchRemote, faults, logger, progress };
    started = RunningSite.start(siteParts, pages).then((site) => void (running.site = site), fail);
  };
  // The other part keeps it in step.
  const hasRemote = parts.bot && config.data.remote !== undefined;
  await startMetrics(config, readings(running, store, faults, hasRemote), chat, logger);
  if (parts.bot) {
    const people = await openPeople(config.data.people, stacks, logger);
    running.remote = openRemote(config, store, data, logger);
    startSite(people, () => running.remote?.fetch());
    running.bot = await runBot(
      { config, store, people, remote: running.remote, logger },
      chat,
      fail,
    );
    // Nobody in the chat waits for it.
    const hook = keepHook(config, logger);
    data.defer(() => hook);
  } else {
    const people = await followPeople(config.data.people, stacks, logger);
    startSite(people, () => signalOwner(repository.gitdir, 'SIGUSR1'));
  }
  chat.defer(watchBranches(repository.gitdir, refreshStore('the schedule', store, logger)));
  // One after the other, and not before all of it runs.
  onReloadSignal(() => {
    manager.reloading();
    started = started.then(() => reloadService(config, reread, running, logger)).catch(fail);
  });
  manager.started();
  const signal = await Promise.race([stopped, failed]);
  manager.stopping();
  logger.info({ signal }, 'stopping');
}

/** A configuration that is wrong leaves all as it was. */
async function reloadService(
  config: Config,
  reread: () => Config,
  { bot, site }: Running,
  logger: Logger,
): Promise<void> {
  let next: Config;
  try {
    next = reread();
    bot?.reviewBy(reviewRules(next));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    logger.error(`the configuration is as before: ${error.message}`);
    return;
  }
  const { applied, waiting } = reload(config, next);
  if (applied.some((key) => key.startsWith('site'))) {
    await site?.reload();
    // It is the bot's.
    if (bot) await keepHook(config, logger);
  }
  logger.info({ applied, needRestart: waiting }, 'the configuration is reloaded');
}

async function startMetrics(
  { metrics: { listen } }: Config,
  looked: Readings,
  stack: AsyncDisposableStack,
  logger: Logger,
): Promise<void> {
  if (listen === false) return;
  // Nobody else carries it.
  const { serveMetrics } = await import('./metrics.ts');
  const url = await serveMetrics(listen, looked, stack).catch(asUsageError);
  logger.info(`metrics are at ${url}metrics`);
}
