import type { Logger } from 'pino';
import { Bot } from '../../bot/bot.ts';
import type { Chat } from '../../bot/chat.ts';
import type { ReviewRules } from '../../bot/review.ts';
import type { PeopleStore } from '../../schedule-data/people/people-store.ts';
import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import type { RemoteSync } from '../../schedule-data/sync/remote-sync.ts';
import { Proposals } from '../../schedule-data/review/proposals.ts';
import { repositoryOf, type Config } from '../config.ts';
import { dataSources } from './data-sources.ts';
import { openChats } from './open-chats.ts';
import { reviewRules } from './review-rules.ts';

export interface BotParts {
  readonly config: Config;
  readonly store: ScheduleStore;
  readonly people: PeopleStore;
  readonly remote: RemoteSync | undefined;
  readonly logger: Logger;
}

export interface RunningBot {
  readonly chats: readonly Chat[];
  /** Has other lines than before wait for review. */
  readonly reviewBy: (rules: ReviewRules | undefined) => void;
  /** How many lines wait for their turn. */
  readonly waiting: () => number;
}

/** Starts the bot; it leaves the chats when `stack` ends. @throws {UsageError | StorageError} */
export async function runBot(
  { config, store, people, remote, logger }: BotParts,
  stack: AsyncDisposableStack,
  fail: (error: Error) => void,
): Promise<RunningBot> {
  let review = reviewRules(config);
  const chats = await openChats(config, logger, fail);
  const proposals = new Proposals(repositoryOf(config), store, config.review?.gerrit);
  proposals.onChange(() => remote?.push());
  const bot = new Bot({
    store,
    people,
    chats,
    sources: dataSources(chats, store, config, proposals, remote),
    get page() {
      return config.site.url;
    },
    get receipts() {
      return config.receipts;
    },
    get review() {
      return review;
    },
    proposals,
    logger,
  });
  remote?.onOverruled((overruled, more) => bot.tellOverruled(overruled, more));
  await bot.start();
  stack.defer(() => bot.stop());
  return { chats, reviewBy: (rules) => void (review = rules), waiting: () => bot.waiting };
}
