import type { Logger } from 'pino';
import { Bot } from '../../bot/bot.ts';
import type { PeopleStore } from '../../schedule-data/people/people-store.ts';
import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import type { Config } from '../config.ts';
import { dataSources } from './data-sources.ts';
import { openChats } from './open-chats.ts';

/** Starts the bot; it leaves the chats when `stack` ends. */
export async function runBot(
  config: Config,
  store: ScheduleStore,
  people: PeopleStore,
  stack: AsyncDisposableStack,
  logger: Logger,
  fail: (error: Error) => void,
): Promise<void> {
  const chats = await openChats(config, logger, fail);
  const sources = dataSources(chats, store, config);
  const { receipts, site } = config;
  const bot = new Bot({ store, people, chats, sources, page: site.url, receipts, logger });
  await bot.start();
  stack.defer(() => bot.stop());
}
