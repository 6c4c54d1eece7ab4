/** A bot in a chat that is a function call, with everything else real. */
import { join } from 'node:path';
import { pino } from 'pino';
import { Bot } from '../../bot/bot.ts';
import type { Chat, ChatLine, ChatListener } from '../../bot/chat.ts';
import type { DataSources } from '../../bot/commands/command.ts';
import type { ReviewRules } from '../../bot/review.ts';
import { changeSources } from '../../cli/service/data-sources.ts';
import { repositoryAt } from '../../schedule-data/git/repository.ts';
import { PeopleStore } from '../../schedule-data/people/people-store.ts';
import { Proposals } from '../../schedule-data/review/proposals.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { sources } from './conversation.ts';
import { message, smallRepository, temporaryFolder } from './repository.ts';

/** A chat of one person, who is in it as `nick`; what is said to them is printed. */
export function pipe(kind: string, nick: string) {
  const printed: string[] = [];
  let listener: ChatListener;
  const chat: Chat = {
    kind,
    channels: [`#${kind}`],
    network: `${kind}net`,
    nick: 'ptgbot',
    problems: [],
    connectedSince: new Date(),
    fold: (name) => name.toLowerCase(),
    reach: (person) => (person.nick === nick ? nick : undefined),
    start: (given) => void (listener = given),
    say: (target, text) => void printed.push(`${target} ${text}`),
    stop: () => Promise.resolve(),
  };
  const says = (text: string, speaker: Partial<ChatLine> = {}) =>
    listener.line({ nick, role: 'op', channel: `#${kind}`, text, time: new Date(), ...speaker });
  const whispers = (text: string) => listener.line({ nick, role: 'none', text, time: new Date() });
  return { chat, says, whispers, printed };
}

/** A bot in a chat of one person. */
export async function started(
  prepare: (gitdir: string) => void = () => undefined,
  more: {
    receipts?: boolean;
    published?: (gitdir: string) => string;
    review?: ReviewRules;
    isForGerrit?: boolean;
  } = {},
) {
  const gitdir = await smallRepository();
  prepare(gitdir);
  const people = join(temporaryFolder(), 'people.git');
  await PeopleStore.make(people, message('Begin'));
  const stores = {
    store: new ScheduleStore(repositoryAt(gitdir)),
    people: await PeopleStore.open(people),
  };
  const irc = pipe('irc', 'gibi');
  const logger = pino({ level: 'silent' });
  const { receipts, published, review, isForGerrit } = more;
  const proposals = new Proposals(repositoryAt(gitdir), stores.store, isForGerrit);
  const all: DataSources = {
    ...sources,
    ...changeSources(gitdir, stores.store),
    proposals: () => proposals.list(),
    proposal: (number) => proposals.find(number),
    published: () =>
      Promise.resolve(published && { commit: published(gitdir), time: '2018-09-10T15:00:00Z' }),
  };
  const page = 'https://ptg.example.org/schedule';
  const chats = [irc.chat];
  const bot = new Bot({
    ...stores,
    chats,
    sources: all,
    page,
    receipts,
    review,
    proposals,
    logger,
  });
  await bot.start();
  await bot.settled();
  const end = async () => {
    await bot.stop();
    await Promise.all([stores.store.close(), stores.people.close()]);
  };
  return { ...irc, bot, store: stores.store, gitdir, end };
}
