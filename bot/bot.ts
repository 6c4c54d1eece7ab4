/** The bot: from a line to a commit to an answer. */
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { chatAuthor } from '../schedule-data/git/commit.ts';
import type { PeopleStore } from '../schedule-data/people/people-store.ts';
import { withNick } from '../schedule-data/people/person.ts';
import type { Proposals } from '../schedule-data/review/proposals.ts';
import { meetingsOf } from '../schedule-data/schedule/meetings.ts';
import type { Snapshot } from '../schedule-data/schedule/snapshot.ts';
import { describeChanges } from '../schedule-data/schedule/describe.ts';
import { trackCalled } from '../schedule-data/schedule/tracks.ts';
import { StorageError } from '../schedule-data/git/storage-error.ts';
import type { Overruled } from '../schedule-data/sync/remote-sync.ts';
import { reached } from '../schedule-data/store/stage.ts';
import type { ScheduleStore } from '../schedule-data/store/schedule-store.ts';
import type { Chat, ChatLine } from './chat.ts';
import { ClashNews, sentencesOf } from './clash-news.ts';
import type { DataSources, Fetched } from './commands/command.ts';
import { decide, fetchFor, invocationIn, type Notice } from './decide.ts';
import { newDay } from './new-day.ts';
import { Receipts } from './receipts.ts';
import { remindersAt } from './reminders.ts';
import { parseLine, type Parsed } from './parse.ts';
import { NewProblems } from './problems.ts';
import type { ReviewRules } from './review.ts';
import { subscribersOf } from './subscription-patterns.ts';
import { TopicKeeper } from './channel-topic.ts';
import { FairQueue } from './fair-queue.ts';
import { calledIn, handled } from './handled.ts';
import { wording } from './wording.ts';

/** How often it is asked whether a new day begins, or a slot soon, in milliseconds. */
const timeBetweenLooks = 30_000;

/** How long somebody who says nothing that we know gets no other explanation, in milliseconds. */
const timeBetweenExplanations = 10 * 60_000;

/** Getters may stand in for what the configuration may change meanwhile. */
export interface BotOptions {
  readonly store: ScheduleStore;
  readonly people: PeopleStore;
  /** Where people speak; each line is answered where it was said. */
  readonly chats: readonly Chat[];
  readonly sources: DataSources;
  /** Address of the page, for help. */
  readonly page?: string;
  /** Are people told in private when the page shows what they said? */
  readonly receipts?: boolean;
  /** Which commands only propose; undefined where all of them count at once. */
  readonly review?: ReviewRules | undefined;
  readonly proposals: Proposals;
  /** What is known of clashes; nothing, unless given. */
  readonly clashes?: Pick<ClashNews, 'news'>;
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
  readonly #receipts: Receipts;
  /** Who was told lately what we are for. */
  readonly #explained = new LRUCache<string, true>({ max: 1000, ttl: timeBetweenExplanations });
  /** Of which slots who was reminded. */
  readonly #reminded = new LRUCache<string, true>({ max: 10_000 });
  readonly #clashes: Pick<ClashNews, 'news'>;
  #watch: NodeJS.Timeout | undefined;
  #lookedAtClock: Date | undefined;

  constructor(options: BotOptions) {
    this.#options = options;
    const { sources, clashes = new ClashNews() } = options;
    this.#clashes = clashes;
    this.#receipts = new Receipts(async () => (await sources.published())?.commit);
  }

  /** Begins to listen. @throws {StorageError} when the data cannot be read */
  async start(): Promise<void> {
    const { store, people, chats } = this.#options;
    const now = await store.current();
    this.#problems.in(now);
    // Compiled and computed now, so that nobody waits for it when something is said.
    subscribersOf((await people.current()).people, '');
    meetingsOf(now.schedule);
    let last = now;
    store.onSnapshot((snapshot, made) => {
      this.#receipts.came(snapshot.commit);
      this.#report(snapshot);
      if (!made) {
        void this.#tellPushed(last, snapshot);
        void this.#closeMerged();
      }
      last = snapshot;
    });
    for (const chat of chats) this.#listen(chat, now);
    void this.#closeMerged();
    this.#watchClock(undefined);
    this.#watch = setInterval(
      () => this.#watchClock(this.#lookedAtClock),
      timeBetweenLooks,
    ).unref();
  }

  /** Does what is to be done at its time, without that anybody says something. */
  #watchClock(before: Date | undefined): void {
    const [chat] = this.#options.chats;
    const now = new Date();
    this.#lookedAtClock = now;
    if (chat) this.#addTurn(chat, chat.nick, () => this.#beginDay(chat, now, before));
    this.#remind(now).catch((error: unknown) =>
      this.#options.logger.error({ err: error }, 'nobody was reminded'),
    );
  }

  /** Reminds each person once of a slot that begins soon. */
  async #remind(now: Date): Promise<void> {
    const { store, people } = this.#options;
    const { schedule } = await store.current();
    for (const reminder of remindersAt(schedule, (await people.current()).people, now)) {
      if (this.#reminded.has(reminder.key)) continue;
      this.#reminded.set(reminder.key, true);
      this.#notify(reminder);
    }
  }

  async #beginDay({ nick, network }: Chat, now: Date, before: Date | undefined): Promise<void> {
    const { store, people: peopleStore, logger } = this.#options;
    const author = chatAuthor({ nick, network });
    const message = { subject: 'newday', author, time: now, trailers: [] };
    try {
      const { people } = await peopleStore.current();
      const outcome = await store.update(({ schedule }) => {
        const begun = newDay({ schedule, people }, now, before);
        return { result: begun, change: begun && { schedule: begun.schedule, message } };
      });
      if (!outcome.result) return;
      const change = { people: outcome.result.people, message, forgetsPast: true };
      await peopleStore.update(() => ({ result: undefined, change }));
      logger.info('a new day began');
    } catch (error) {
      logger.error({ err: error }, 'a new day could not begin');
    }
  }

  #listen(chat: Chat, now: Snapshot): void {
    const topics = chat.topics && new TopicKeeper(chat.topics, chat.channels);
    topics?.announced(now.schedule.announcements);
    this.#options.store.onSnapshot(({ schedule }) => topics?.announced(schedule.announcements));
    const channels = chat.channels.map(chat.fold.bind(chat));
    chat.start({
      line: (line) => {
        const isPrivate = line.channel === undefined;
        const parsed = parseLine(line.text, { isPrivate, nick: chat.nick, channels });
        // Talk costs no turn, and gets no answer even when the disk is full.
        if (parsed.kind === 'talk') {
          if (isPrivate) this.#explain(chat, line);
          return;
        }
        reached('received');
        void this.#take({ chat, line, parsed });
      },
      renamed: (from, to) => this.#addTurn(chat, from, () => this.#rename(chat, from, to)),
      topicChanged: (channel) => topics?.changed(channel),
    });
  }

  /** Says once in a while what we are for: another bot that answers must not keep us talking. */
  #explain(chat: Chat, { nick }: ChatLine): void {
    const key = `${chat.network} ${chat.fold(nick)}`;
    if (this.#explained.has(key)) return;
    this.#explained.set(key, true);
    chat.say(nick, wording.notUnderstood, { to: nick });
  }

  /** Tells those whose word was changed at the remote meanwhile, so that they may say it again. */
  tellOverruled(overruled: readonly Overruled[], more: number): void {
    for (const one of overruled) this.#announce(wording.overruled(one));
    if (more) this.#announce(wording.moreOverruled(more));
  }

  /** Says something in all channels that nobody asked for, but not where it is known already. */
  #announce(text: string, known?: string): void {
    for (const chat of this.#options.chats)
      for (const channel of chat.channels)
        if (channel !== known) chat.say(channel, text, { urgency: 'notice' });
  }

  /** What somebody merged by git no longer waits. */
  async #closeMerged(): Promise<void> {
    const { proposals, logger } = this.#options;
    try {
      for (const proposal of await proposals.closeMerged())
        this.#announce(wording.merged(proposal));
    } catch (error) {
      logger.error({ err: error }, 'proposals cannot be read');
    }
  }

  /** Resolves when everything that was said until now is done and answered. */
  settled(): Promise<void> {
    return this.#turns.done();
  }

  /** How many lines wait for their turn. */
  get waiting(): number {
    return this.#turns.waiting;
  }

  /** Finishes what was said until now, and leaves. */
  async stop(): Promise<void> {
    clearInterval(this.#watch);
    this.#receipts.close();
    await this.settled();
    await Promise.all(this.#options.chats.map((chat) => chat.stop(wording.farewell)));
  }

  /** What a command fetches may take long; nobody else waits for it. */
  async #take(said: Said): Promise<void> {
    const { chat, line, parsed } = said;
    try {
      const inTurn = invocationIn(parsed)?.command.fetchesInTurn;
      const fetching = inTurn ? undefined : this.#fetch(said);
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
    const { logger } = this.#options;
    try {
      const fetched = said.fetched ?? (await this.#fetch(said));
      const { reply, notices, subject, commit } = await this.#save({ ...said, fetched });
      answer(said, reply);
      for (const notice of notices) this.#notify(notice);
      handled(said.parsed, commit === undefined ? 'answered' : 'saved');
      const { nick, channel } = said.line;
      // What is said in private is nobody's business, not even that it was.
      if (commit === undefined && channel !== undefined)
        logger.info({ nick, ...calledIn(said.parsed) }, 'answered');
      if (commit === undefined) return;
      logger.info({ nick, commit }, subject);
      this.#giveReceipt(said, commit).catch((error: unknown) =>
        logger.error({ err: error }, 'a receipt could not be given'),
      );
    } catch (error) {
      this.#apologise(said, error);
    }
  }

  /** Undefined where there is nothing to fetch. */
  #fetch({ chat, line, parsed }: Said): Promise<Fetched> | undefined {
    return fetchFor(parsed, line, chat, this.#options.sources);
  }

  /** Tells who said something, in private, when the page shows it. */
  async #giveReceipt({ chat, line, parsed }: Said, commit: string): Promise<void> {
    if (!this.#options.receipts) return;
    const isShown = await this.#receipts.isShown(commit);
    const { store, page, logger } = this.#options;
    const { schedule } = await store.current();
    const invocation = invocationIn(parsed);
    const name = invocation && 'slug' in invocation ? invocation.slug : undefined;
    const slug = name === undefined ? undefined : trackCalled(schedule, name);
    if (!isShown) logger.warn({ commit }, 'the page does not show it after a minute');
    const nick = chat.reach(line);
    const text = isShown ? wording.receipt(page, slug) : wording.notShown;
    if (nick !== undefined) chat.say(nick, text, { urgency: 'notice' });
  }

  /** Tells somebody something in private, where they can be reached. */
  #notify({ person, text }: Notice): void {
    const { chats } = this.#options;
    const chat = chats.find((one) => one.reach(person) !== undefined);
    const nick = chat?.reach(person);
    if (nick !== undefined) chat?.say(nick, text, { urgency: 'notice' });
  }

  #apologise(said: Said, error: unknown): void {
    const { nick } = said.line;
    this.#options.logger.error({ err: error, nick }, 'what somebody said could not be saved');
    const isExpected = error instanceof StorageError;
    handled(said.parsed, 'failed');
    answer(said, isExpected ? wording.notSaved(error.message) : wording.bug);
  }

  /** Decides on a line, and commits what comes of it. */
  async #save({ chat, line, parsed, fetched }: Said): Promise<Saved> {
    const { store, people: peopleStore, proposals, page, review } = this.#options;
    const { people } = await peopleStore.current();
    const outcome = await store.update(({ schedule }) => {
      const plan = decide(line, parsed, { schedule, people, chat, page, fetched, review });
      return { result: plan, change: plan.isProposal ? undefined : plan.schedule };
    });
    const { notices, people: change, schedule, isProposal, closes } = outcome.result;
    if (isProposal && schedule) {
      const number = await proposals.add(outcome.snapshot, schedule);
      this.#announce(wording.proposed(number, line.nick, schedule.message.subject), line.channel);
      return { reply: wording.waitsForReview(number), notices };
    }
    if (closes) await proposals.close(closes.proposal, closes.declined);
    const commit = outcome.kind === 'committed' ? outcome.snapshot.commit : undefined;
    if (change) await peopleStore.update(() => ({ result: undefined, change }));
    const reply = sentencesOf([
      outcome.result.reply,
      ...this.#clashes.news(outcome.result.clashes),
      // Nothing that somebody wrote is lost, and they may want it back.
      ...outcome.setAside.map(wording.setAside),
    ]);
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

  /** Tells the channels what others changed by git, in one line. */
  async #tellPushed(before: Snapshot, after: Snapshot): Promise<void> {
    const { page, sources, logger } = this.#options;
    const changes = describeChanges(before.schedule, after.schedule);
    // Comments, order and spacing are nobody's news.
    if (!changes.length) return;
    try {
      const authors = await sources.authorsBetween(before.commit, after.commit);
      this.#announce(wording.pushed(authors, changes, page));
    } catch (error) {
      logger.error({ err: error }, 'what was pushed was not told');
    }
  }

  #report(snapshot: Snapshot): void {
    const { chats, logger } = this.#options;
    const { appeared, mended, gone } = this.#problems.in(snapshot);
    for (const problem of appeared) logger.warn({ problem }, 'a data file cannot be used');
    const sentences = [
      ...appeared.map(wording.problem),
      ...mended.map(wording.mended),
      ...gone.map(wording.gone),
    ];
    for (const chat of chats)
      for (const channel of chat.channels)
        for (const sentence of sentences) chat.say(channel, sentence);
  }
}

function answer({ chat, line: { channel, nick } }: Said, reply: string | undefined): void {
  if (reply !== undefined) chat.say(channel ?? nick, reply, { to: nick });
}

function isForTrack(parsed: Parsed): boolean {
  if (parsed.kind !== 'invocation') return false;
  const { kind, fetchesInTurn } = parsed.invocation.command;
  return kind === 'track' && !fetchesInTurn;
}
