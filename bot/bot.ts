/** The bot: from a line to a commit to an answer. */
import type { Logger } from 'pino';
import { chatAuthor } from '../schedule-data/git/commit.ts';
import type { PeopleStore } from '../schedule-data/people/people-store.ts';
import { withNick } from '../schedule-data/people/person.ts';
import type { Snapshot } from '../schedule-data/schedule/snapshot.ts';
import { StorageError } from '../schedule-data/git/storage-error.ts';
import { reached } from '../schedule-data/store/stage.ts';
import type { ScheduleStore } from '../schedule-data/store/schedule-store.ts';
import type { Chat, ChatLine } from './chat.ts';
import type { DataSources, Fetched } from './commands/command.ts';
import { decide, fetchFor, type Notice } from './decide.ts';
import { parseLine, type Parsed } from './parse.ts';
import { NewProblems } from './problems.ts';
import { subscribersOf } from './subscription-patterns.ts';
import { TopicKeeper } from './channel-topic.ts';
import { FairQueue } from './fair-queue.ts';
import { wording } from './wording.ts';

export interface BotOptions {
  readonly store: ScheduleStore;
  readonly people: PeopleStore;
  /** Where people speak; each line is answered where it was said. */
  readonly chats: readonly Chat[];
  readonly sources: DataSources;
  /** Address of the page, for help. */
  readonly page?: string;
  readonly logger: Logger;
}

/** What came of a line, once it is saved. */
interface Saved {
  readonly reply?: string;
  readonly notices: readonly Notice[];
  readonly subject?: string;
  readonly commit?: string;
}

/** A line, where it was said, and what it is. */
interface Said {
  readonly chat: Chat;
  readonly line: ChatLine;
  readonly parsed: Parsed;
  readonly fetched?: Fetched;
}

export class Bot {
  readonly #options: BotOptions;
  readonly #problems = new NewProblems();
  readonly #turns = new FairQueue();

  constructor(options: BotOptions) {
    this.#options = options;
  }

  /** Begins to listen. @throws {StorageError} when the data cannot be read */
  async start(): Promise<void> {
    const { store, people, chats } = this.#options;
    const now = await store.current();
    this.#problems.in(now);
    // Compiled now, so that nobody waits for it when something is said.
    subscribersOf((await people.current()).people, '');
    store.onSnapshot((snapshot) => this.#report(snapshot));
    for (const chat of chats) this.#listen(chat, now);
  }

  #listen(chat: Chat, now: Snapshot): void {
    const topics = chat.topics && new TopicKeeper(chat.topics, chat.channels);
    topics?.announced(now.schedule.announcements);
    this.#options.store.onSnapshot(({ schedule }) => topics?.announced(schedule.announcements));
    chat.start({
      line: (line) => {
        const parsed = parseLine(line.text, line.channel === undefined);
        // Talk costs no turn, and gets no answer even when the disk is full.
        if (parsed.kind === 'talk') return;
        reached('received');
        void this.#take({ chat, line, parsed });
      },
      renamed: (from, to) => this.#addTurn(chat, from, () => this.#rename(chat, from, to)),
      topicChanged: (channel) => topics?.changed(channel),
    });
  }

  /** Resolves when everything that was said until now is done and answered. */
  settled(): Promise<void> {
    return this.#turns.done();
  }

  /** Finishes what was said until now, and leaves. */
  async stop(): Promise<void> {
    await this.settled();
    await Promise.all(this.#options.chats.map((chat) => chat.stop(wording.farewell)));
  }

  /** What a command fetches may take long; nobody else waits for it. */
  async #take(said: Said): Promise<void> {
    const { chat, line, parsed } = said;
    try {
      const fetching = fetchFor(parsed, line, this.#options.sources);
      const fetched = fetching && (await fetching);
      // Commands for tracks change and read the schedule alone, whose store keeps their order.
      const isAlone = !isForTrack(parsed);
      this.#addTurn(chat, line.nick, () => this.#handle({ ...said, fetched }), isAlone);
    } catch (error) {
      this.#apologise(said, error);
    }
  }

  #addTurn(chat: Chat, nick: string, task: () => Promise<void>, isAlone = true): void {
    this.#turns.add(`${chat.network} ${chat.fold(nick)}`, task, { isAlone });
  }

  async #handle(said: Said): Promise<void> {
    const { chats, logger } = this.#options;
    try {
      const { reply, notices, subject, commit } = await this.#save(said);
      answer(said, reply);
      for (const { person, text } of notices) {
        const chat = chats.find((one) => one.reach(person) !== undefined);
        const nick = chat?.reach(person);
        if (nick !== undefined) chat?.say(nick, text, { urgency: 'notice' });
      }
      if (commit !== undefined) logger.info({ nick: said.line.nick, commit }, subject);
    } catch (error) {
      this.#apologise(said, error);
    }
  }

  #apologise(said: Said, error: unknown): void {
    const { nick } = said.line;
    this.#options.logger.error({ err: error, nick }, 'what somebody said could not be saved');
    const isExpected = error instanceof StorageError;
    answer(said, isExpected ? wording.notSaved(error.message) : wording.bug);
  }

  /** Decides on a line, and commits what comes of it. */
  async #save({ chat, line, parsed, fetched }: Said): Promise<Saved> {
    const { store, people: peopleStore, page } = this.#options;
    const { people } = await peopleStore.current();
    const outcome = await store.update(({ schedule }) => {
      const plan = decide(line, parsed, { schedule, people, chat, page, fetched });
      return { result: plan, change: plan.schedule };
    });
    if (outcome.kind === 'refused')
      return { reply: wording.brokenFile(outcome.problem), notices: [] };
    const { reply, notices, people: change } = outcome.result;
    const commit = outcome.kind === 'committed' ? outcome.snapshot.commit : undefined;
    const kept = change && (await peopleStore.update(() => ({ result: undefined, change })));
    if (kept?.kind === 'refused') return { reply: wording.brokenFile(kept.problem), notices };
    return { reply, notices, commit, subject: outcome.result.schedule?.message.subject };
  }

  /** What is kept of somebody follows them to another nick. */
  async #rename(chat: Chat, from: string, to: string): Promise<void> {
    const { people, logger } = this.#options;
    const fold = (name: string) => chat.fold(name);
    try {
      await people.update((snapshot) => ({
        result: undefined,
        change: {
          people: withNick(snapshot.people, from, to, fold),
          message: {
            subject: `${from} is ${to} now`,
            author: chatAuthor({ nick: to, network: chat.network }),
            time: new Date(),
            trailers: [],
          },
        },
      }));
    } catch (error) {
      logger.error({ err: error }, `not saved: ${from} is ${to} now`);
    }
  }

  #report(snapshot: Snapshot): void {
    const { chats, logger } = this.#options;
    const { appeared, mended } = this.#problems.in(snapshot);
    for (const problem of appeared) logger.warn({ problem }, 'a data file cannot be used');
    const sentences = [...appeared.map(wording.problem), ...mended.map(wording.mended)];
    for (const chat of chats)
      for (const channel of chat.channels)
        for (const sentence of sentences) chat.say(channel, sentence);
  }
}

function answer({ chat, line: { channel, nick } }: Said, reply: string | undefined): void {
  if (reply !== undefined) chat.say(channel ?? nick, reply, { to: nick });
}

function isForTrack(parsed: Parsed): boolean {
  return parsed.kind === 'invocation' && parsed.invocation.command.kind === 'track';
}
