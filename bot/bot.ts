/** The bot: from a line to a commit to an answer. */
import type { Logger } from 'pino';
import { chatAuthor } from '../schedule-data/git/commit.ts';
import type { PeopleStore } from '../schedule-data/people/people-store.ts';
import { withNick } from '../schedule-data/people/person.ts';
import type { Snapshot } from '../schedule-data/schedule/snapshot.ts';
import { StorageError } from '../schedule-data/git/storage-error.ts';
import type { ScheduleStore } from '../schedule-data/store/schedule-store.ts';
import type { Chat, ChatLine } from './chat.ts';
import type { World } from './commands/command.ts';
import { decide, gatherFor, type Decision, type Notice, type Surroundings } from './decide.ts';
import { isTalk } from './parse.ts';
import { NewProblems } from './problems.ts';
import { subscribersOf } from './subscriptions.ts';
import { TopicKeeper } from './channel-topic.ts';
import { FairQueue } from './fair-queue.ts';
import { wording } from './wording.ts';

export interface BotOptions {
  readonly store: ScheduleStore;
  readonly people: PeopleStore;
  readonly chat: Chat;
  readonly world: World;
  /** Where problems of the data are said. */
  readonly channels: readonly string[];
  /** Address of the page, for help. */
  readonly page?: string;
  readonly logger: Logger;
}

/** What came of a line, once it is saved. */
type Saved = Pick<Decision, 'reply'> & {
  readonly notices: readonly Notice[];
  readonly subject?: string;
  readonly commit?: string;
};

export class Bot {
  readonly #options: BotOptions;
  readonly #problems = new NewProblems();
  readonly #turns = new FairQueue();

  constructor(options: BotOptions) {
    this.#options = options;
  }

  /** Begins to listen. @throws {StorageError} when the data cannot be read */
  async start(): Promise<void> {
    const { store, people, chat } = this.#options;
    const now = await store.current();
    this.#problems.in(now);
    // Compiled now, so that nobody waits for it when something is said.
    subscribersOf((await people.current()).people, '');
    const topics = chat.topics && new TopicKeeper(chat.topics, this.#options.channels);
    topics?.announced(now.schedule.announcements);
    store.onSnapshot((snapshot) => {
      this.#report(snapshot);
      topics?.announced(snapshot.schedule.announcements);
    });
    chat.start({
      line: (line) => {
        // Talk costs no turn, and gets no answer even when the disk is full.
        if (!isTalk(line.text, line.channel === undefined)) void this.#take(line);
      },
      renamed: (from, to) => this.#turns.add(chat.fold(from), () => this.#rename(from, to)),
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
    await this.#options.chat.stop(wording.farewell);
  }

  /** What a command needs from outside may take long; nobody else waits for it. */
  async #take(line: ChatLine): Promise<void> {
    const { chat, world } = this.#options;
    try {
      const gathering = gatherFor(line, world);
      const gathered = gathering && (await gathering);
      this.#turns.add(chat.fold(line.nick), () => this.#handle(line, gathered));
    } catch (error) {
      this.#apologise(line, error);
    }
  }

  async #handle(line: ChatLine, gathered: Surroundings['gathered']): Promise<void> {
    const { chat, logger } = this.#options;
    try {
      const { reply, notices, subject, commit } = await this.#save(line, gathered);
      this.#answer(line, reply);
      for (const { person, text } of notices) {
        const nick = chat.reach(person);
        if (nick !== undefined) chat.say(nick, text, { urgency: 'notice' });
      }
      if (commit !== undefined) logger.info({ nick: line.nick, commit }, subject);
    } catch (error) {
      this.#apologise(line, error);
    }
  }

  #answer({ channel, nick }: ChatLine, reply: string | undefined): void {
    if (reply !== undefined) this.#options.chat.say(channel ?? nick, reply, { to: nick });
  }

  #apologise(line: ChatLine, error: unknown): void {
    const { logger } = this.#options;
    logger.error({ err: error, nick: line.nick }, 'what somebody said could not be saved');
    const isExpected = error instanceof StorageError;
    this.#answer(line, isExpected ? wording.notSaved(error.message) : wording.bug);
  }

  /** Decides on a line, and commits what comes of it. */
  async #save(line: ChatLine, gathered: Surroundings['gathered']): Promise<Saved> {
    const { store, people: peopleStore, chat, page } = this.#options;
    const { network } = chat;
    const fold = (name: string) => chat.fold(name);
    const { people } = await peopleStore.current();
    const outcome = await store.update(({ schedule }) => {
      const decision = decide(line, { schedule, people, network, page, fold, gathered });
      return { result: decision, change: decision.schedule };
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
  async #rename(from: string, to: string): Promise<void> {
    const { people, chat, logger } = this.#options;
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
    const { chat, channels, logger } = this.#options;
    const { appeared, mended } = this.#problems.in(snapshot);
    for (const problem of appeared) logger.warn({ problem }, 'a data file cannot be used');
    const sentences = [...appeared.map(wording.problem), ...mended.map(wording.mended)];
    for (const channel of channels) for (const sentence of sentences) chat.say(channel, sentence);
  }
}
