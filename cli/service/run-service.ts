/** `ptgbot start | bot | site`: the service, until it is told to stop. */
import { watchBranches } from '../../schedule-data/git/watch-branches.ts';
import { signalOwner } from '../../schedule-data/git/owner-lock.ts';
import type { PeopleStore } from '../../schedule-data/people/people-store.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { remoteOf, repositoryOf, type Config } from '../config.ts';
import { showProgress, withoutProgress } from '../progress.ts';
import { claimRepository } from './claim-repository.ts';
import { ensureRepository } from './ensure-repository.ts';
import { maintain } from './maintain.ts';
import { followPeople, openPeople } from './open-people.ts';
import { keepHook } from './keep-hook.ts';
import { openLog } from './open-log.ts';
import { openRemote } from './open-remote.ts';
import { refreshStore } from './refresh-store.ts';
import { isTerminalTheChat } from './open-chats.ts';
import { runBot } from './run-bot.ts';
import { runSite } from './run-site.ts';
import { nextSignal } from './signals.ts';

export interface Parts {
  readonly bot: boolean;
  readonly site: boolean;
}

/** What ends together. */
export interface ServiceStacks {
  readonly data: AsyncDisposableStack;
  readonly pages: AsyncDisposableStack;
  readonly chat: AsyncDisposableStack;
}

/**
 * Runs until a signal comes, then ends in good order: what was said is committed and published,
 * and the chat is left with a farewell.
 */
export async function runService(config: Config, parts: Parts): Promise<void> {
  const logger = await openLog();
  const stopped = nextSignal();
  // It means the remote. Where nobody listens, as before that is open, Node opens a debugger; once
  // somebody did and no longer does, it would end us.
  process.on('SIGUSR1', () => undefined);
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // It may come before anybody waits for it.
  failed.catch(() => undefined);
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
  // Where the terminal is the chat, it is people's to write on.
  const progress = parts.bot && isTerminalTheChat(config) ? withoutProgress : showProgress;
  const startSite = (people: PeopleStore | undefined, fetchRemote: () => void) => {
    if (!parts.site) return;
    runSite({ config, store, people, fetchRemote, logger, progress }, pages).catch(fail);
  };
  if (parts.bot) {
    const people = await openPeople(config.data.people, stacks, logger);
    const remote = openRemote(config, store, data, logger);
    startSite(people, () => remote?.fetch());
    await runBot({ config, store, people, remote, logger }, chat, fail);
    // Nobody in the chat waits for it.
    const hook = keepHook(config, logger);
    data.defer(() => hook);
  } else {
    const people = await followPeople(config.data.people, stacks, logger);
    startSite(people, () => signalOwner(repository.gitdir, 'SIGUSR1'));
  }
  chat.defer(watchBranches(repository.gitdir, refreshStore('the schedule', store, logger)));
  logger.info({ signal: await Promise.race([stopped, failed]) }, 'stopping');
}
