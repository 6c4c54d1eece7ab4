import type { Client } from 'irc-framework';
import type { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Identity } from '../../schedule-data/people/person.ts';
import type { Chat, ChatLine, Topic } from '../chat.ts';
import { outgoingLines, splitLine } from '../text.ts';
import { followInvites } from './channel/invite.ts';
import { Joins } from './channel/joins.ts';
import { followOwnMembership, type MembershipEvents } from './channel/own-membership.ts';
import { followTopics, type TopicTracker } from './channel/topic.ts';
import type { IrcConfig } from './config.ts';
import { createClient, type Endpoint } from './connection/client.ts';
import { parseStsPolicy, type StsPolicy } from './connection/sts.ts';
import { followCtcp } from './incoming/ctcp.ts';
import { filterMessages } from './incoming/message-filter.ts';
import { followPrivmsg } from './incoming/privmsg.ts';
import { followServerErrors, type ServerErrors } from './incoming/server-errors.ts';
import { createPrivmsgSender, type PrivmsgSender } from './outgoing/privmsg.ts';
import { isTarget } from './outgoing/target.ts';
import { setBotMode } from './registration/bot-mode.ts';
import { isupportOf } from './registration/isupport.ts';
import { keepNick, type NickKeeper } from './registration/nick.ts';
import { deferCapEndUntilSaslEnds } from './registration/sasl.ts';
import { SignIn } from './registration/sign-in.ts';
import { followAccounts, type Accounts } from './roster/accounts.ts';
import { followMembers } from './roster/members.ts';
import { Roster } from './roster/roster.ts';
import type { SessionContext } from './session-context.ts';
import type { Timing } from './timing.ts';

export interface SessionOptions {
  readonly config: IrcConfig;
  readonly endpoint: Endpoint;
  readonly timing: Timing;
  readonly logger: Logger;
  /** Ids of messages that came, on this connection and those before. */
  readonly seenMessageIds: LRUCache<string, true>;
}

export interface SessionEvents extends MembershipEvents {
  readonly onRegistered: () => void;
  readonly onLine: (line: ChatLine) => void;
  readonly onRenamed: (from: string, to: string) => void;
  readonly onTopic: (channel: string) => void;
  readonly onSignedIn: (account: string | undefined) => void;
  /** @param why a sentence for people */
  readonly onSignInFailed: (why: string) => void;
  readonly onPolicy: (policy: StsPolicy) => void;
  /** Once, at the end. @param reason the second half of a sentence about the server */
  readonly onClosed: (reason: string) => void;
}

/** QUIT has a reason of at most so many bytes. */
const maxQuitBytes = 250;

/**
 * One connection to a server, from the first packet to the last. Each has a client of its own, so
 * that no state is left over for the next.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #events: SessionEvents;
  readonly #client: Client;
  readonly #context: SessionContext;
  readonly #roster: Roster;
  readonly #accounts: Accounts;
  readonly #nick: NickKeeper;
  readonly #signIn: SignIn;
  readonly #joins: Joins;
  readonly #privmsg: PrivmsgSender;
  readonly #topics: TopicTracker;
  readonly #serverErrors: ServerErrors;
  #phase: 'connecting' | 'registered' | 'closed' = 'connecting';

  /** Connects, and joins the channels. */
  constructor(options: SessionOptions, events: SessionEvents) {
    const { config, endpoint, timing, logger } = options;
    this.#options = options;
    this.#events = events;
    const client = createClient(config, endpoint, (error, line) =>
      this.#serverErrors.handlerThrew(error, line),
    );
    this.#client = client;
    this.#roster = new Roster(() => isupportOf(client));
    this.#context = this.#createContext();

    // Who listens first is told first: who has which nick and role is known before it is used.
    this.#accounts = followAccounts(client, this.#roster, timing);
    filterMessages(this.#context, (nick) => this.#accounts.isWhoisPending(nick));
    this.#nick = this.#keepNick();
    this.#signIn = this.#startSignIn();
    this.#joins = new Joins((channel) => this.#sendJoin(channel), timing.rejoin);
    this.#privmsg = createPrivmsgSender(client, config.rate, this.#context.fold, () => this.nick);
    deferCapEndUntilSaslEnds(client);
    this.#serverErrors = followServerErrors(this.#context, logger);
    followMembers(this.#context, this.#roster);
    this.#topics = followTopics(this.#context, events.onTopic);
    setBotMode(client);
    followCtcp(this.#context, this.#privmsg.sendIfIdle);
    followInvites(this.#context, this.#privmsg.sendIfIdle, (channel) => this.#joins.join(channel));
    this.#followPrivmsg();
    this.#followConnection();
    followOwnMembership(this.#context, this.#joins, logger, events);
    client.connect();
  }

  get nick(): string {
    return this.#nick.current;
  }

  /** As the server calls its network. */
  get network(): string | undefined {
    return isupportOf(this.#client).network;
  }

  /** Bytes that a topic may have. */
  get topicLimit(): number {
    return isupportOf(this.#client).topicLength;
  }

  fold(name: string): string {
    return this.#roster.fold(name);
  }

  reach(person: Identity): string | undefined {
    return this.#roster.reach(person);
  }

  get waiting(): number {
    return this.#privmsg.waiting;
  }

  say(...[target, text, options]: Parameters<Chat['say']>): void {
    if (this.#phase === 'registered' && isTarget(target)) this.#privmsg.say(target, text, options);
    else
      this.#options.logger.debug({ target }, 'Not said: not connected, or not a nick or channel');
  }

  topic(channel: string): Topic | undefined {
    return this.#topics.of(channel);
  }

  setTopic(channel: string, text: string): void {
    const [line = ''] = outgoingLines(text);
    if (this.#phase === 'registered') this.#client.setTopic(channel, line);
  }

  quit(farewell: string): void {
    this.#stop();
    this.#client.quit(splitLine(outgoingLines(farewell).join(' '), maxQuitBytes)[0] ?? '');
  }

  /** Ends it without QUIT. */
  destroy(): void {
    this.#client.connection.transport?.close(true);
  }

  #createContext(): SessionContext {
    const channels = this.#options.config.channel.map(({ name }) => name);
    const fold = (name: string) => this.#roster.fold(name);
    return {
      client: this.#client,
      channels,
      fold,
      isMe: (nick) => fold(nick) === fold(this.nick),
      ourChannel: (name) => channels.find((channel) => fold(channel) === fold(name ?? '')),
    };
  }

  #keepNick(): NickKeeper {
    const { config, timing } = this.#options;
    const { nickserv } = config;
    return keepNick(this.#client, config.nick, this.#context.fold, timing.regainSeconds, {
      name: nickserv?.name ?? 'NickServ',
      mayAsk: () => this.#signIn.isSignedIn || nickserv !== undefined,
      password: () => (this.#signIn.isSignedIn ? undefined : nickserv?.password),
      onRegained: () => this.#signIn.nickRegained(),
    });
  }

  #startSignIn(): SignIn {
    const { config, timing } = this.#options;
    return new SignIn(this.#client, config, timing, this.#context.isMe, {
      onSettled: () => config.signIn !== 'optional' && this.#join(),
      onSignedIn: this.#events.onSignedIn,
      onFailed: this.#events.onSignInFailed,
    });
  }

  #followPrivmsg(): void {
    const { config, seenMessageIds } = this.#options;
    const { channels, fold } = this.#context;
    const relays = new Set(config.relays.map(fold));
    followPrivmsg({
      client: this.#client,
      context: () => ({
        nick: this.nick,
        channels,
        fold,
        role: (channel, nick) => this.#roster.role(channel, nick),
        isRelay: (nick) => relays.has(fold(nick)),
        isPresent: (nick) => this.#roster.has(nick),
      }),
      accounts: this.#accounts,
      operators: () => config.operators,
      seenMessageIds,
      isEcho: this.#privmsg.isEcho,
      onLine: this.#events.onLine,
    });
  }

  #followConnection(): void {
    const { config, logger } = this.#options;
    const { isMe } = this.#context;
    this.#client.on('cap ls', ({ capabilities: { sts } }) => {
      if (sts !== undefined) this.#events.onPolicy(parseStsPolicy(sts));
    });
    this.#client.on('registered', () => {
      if (this.#phase !== 'connecting') return;
      this.#phase = 'registered';
      if (!isMe(config.nick))
        logger.warn(`The nick ${config.nick} is taken: we are ${this.nick} until it is free`);
      this.#events.onRegistered();
      if (config.signIn === 'optional') this.#join();
    });
    this.#client.on('nick', ({ nick: from, new_nick: to }) => {
      if (from && to && !isMe(to)) this.#events.onRenamed(from, to);
    });
    this.#client.on('close', () => {
      if (this.#phase === 'closed') return;
      this.#phase = 'closed';
      this.#stop();
      this.#events.onClosed(this.#serverErrors.closeReason);
    });
  }

  #join(): void {
    if (this.#phase === 'closed') return;
    for (const channel of this.#context.channels) this.#joins.join(channel);
  }

  #sendJoin(channel: string): void {
    const { key } = this.#options.config.channel.find(({ name }) => name === channel) ?? {};
    this.#client.join(channel, key);
  }

  #stop(): void {
    this.#joins.stop();
    this.#nick.stop();
    this.#signIn.stop();
    this.#accounts.stop();
    this.#privmsg.close();
  }
}
