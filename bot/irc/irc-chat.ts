/**
 * irc/ takes part in an IRC network. It never knows what a command means, nor what a schedule is.
 * This file: IRC as a chat.
 */

import type { Logger } from 'pino';
import type { Identity } from '../../schedule-data/people/person.ts';
import type { Chat, ChatListener, Topics } from '../chat.ts';
import { missingPassword, type IrcConfig } from './config.ts';
import { networkName } from './connection/network-name.ts';
import { ReconnectingSession, type ReconnectingEvents } from './reconnecting-session.ts';
import { foldNick } from './roster/casemapping.ts';
import { defaultTiming, type Timing } from './timing.ts';

export interface IrcOptions {
  /** We are in the channel and know everybody's role; again after each rejoin. */
  readonly onJoined?: (channel: string) => void;
  /** Services don't let us in, and the configuration says that this ends it. */
  readonly onRefused?: (why: string) => void;
  readonly timing?: Timing;
}

/** @throws {Error} with a sentence for people if a password is missing, or a file can't be used */
export function createIrcChat(
  config: IrcConfig,
  logger: Logger,
  options: IrcOptions = {},
): IrcChat {
  const missing = missingPassword(config);
  if (missing !== undefined) throw new Error(missing);
  return new IrcChat(config, logger, options);
}

/** Connected as long as it runs, whatever happens to the connection. */
export class IrcChat implements Chat {
  readonly kind = 'irc';
  readonly channels: readonly string[];
  readonly topics?: Topics;
  readonly #config: IrcConfig;
  readonly #logger: Logger;
  readonly #options: IrcOptions;
  readonly #sessions: ReconnectingSession;
  #listener: ChatListener | undefined;
  #joined: ReadonlySet<string> = new Set();
  #network: string;
  #signInProblem: string | undefined;

  constructor(config: IrcConfig, logger: Logger, options: IrcOptions) {
    this.channels = config.channel.map(({ name }) => name);
    this.#config = config;
    this.#logger = logger;
    this.#options = options;
    this.#network = networkName('', config.server);
    this.#sessions = new ReconnectingSession(config, options.timing ?? defaultTiming, logger, {
      ...this.#signInEvents(),
      ...this.#channelEvents(),
    });
    if (config.topic) this.topics = topicsOf(this.#sessions);
  }

  get network(): string {
    return this.#network;
  }

  get nick(): string {
    return this.#sessions.current?.nick ?? this.#config.nick;
  }

  /** The channels that we are in, as the configuration names them. */
  get joined(): readonly string[] {
    return [...this.#joined];
  }

  get connectedSince(): Date | undefined {
    return this.#sessions.connectedSince;
  }

  get problems(): readonly string[] {
    const missing = this.connectedSince
      ? this.#config.channel.map(({ name }) => name).filter((name) => !this.#joined.has(name))
      : [];
    return [
      ...(this.#signInProblem === undefined ? [] : [`I am not signed in: ${this.#signInProblem}`]),
      ...(missing.length ? [`I do not get into ${missing.join(', ')}`] : []),
    ];
  }

  get waiting(): number {
    return this.#sessions.current?.waiting ?? 0;
  }

  fold(name: string): string {
    return this.#sessions.current?.fold(name) ?? foldNick(name, 'rfc1459');
  }

  reach(person: Identity): string | undefined {
    return this.#sessions.current?.reach(person);
  }

  start(listener: ChatListener): void {
    this.#listener = listener;
    if (!this.#config.rejectUnauthorized)
      this.#logger.warn('The certificate of the server is not checked (rejectUnauthorized: false)');
    this.#sessions.start();
  }

  say(...args: Parameters<Chat['say']>): void {
    if (!this.#sessions.isStopped) this.#sessions.current?.say(...args);
  }

  stop(farewell: string): Promise<void> {
    return this.#sessions.stop(farewell);
  }

  #signInEvents(): Pick<ReconnectingEvents, 'onSignedIn' | 'onSignInFailed'> {
    return {
      onSignedIn: (account) => {
        this.#signInProblem = undefined;
        this.#logger.info(account ? `Signed in as ${account}` : 'Services know us');
      },
      onSignInFailed: (why) => {
        if (why !== this.#signInProblem) this.#logger.error(`Not signed in: ${why}`);
        this.#signInProblem = why;
        if (this.#config.signIn === 'required') this.#options.onRefused?.(why);
      },
    };
  }

  #channelEvents(): Omit<ReconnectingEvents, 'onSignedIn' | 'onSignInFailed'> {
    return {
      onJoined: (channel) => {
        this.#updateNetwork();
        if (this.#joined.has(channel)) return;
        this.#joined = new Set(this.#joined).add(channel);
        this.#logger.info(`Joined ${channel}`);
        this.#guarded(() => this.#options.onJoined?.(channel));
      },
      onLeft: (channel) => {
        this.#joined = new Set([...this.#joined].filter((name) => name !== channel));
      },
      onDisconnected: () => {
        this.#joined = new Set();
      },
      onLine: (line) => {
        this.#updateNetwork();
        this.#notify((listener) => listener.line(line));
      },
      onRenamed: (from, to) => this.#notify((listener) => listener.renamed(from, to)),
      onTopic: (channel) => this.#notify((listener) => listener.topicChanged?.(channel)),
    };
  }

  /** The last known name is kept while there is no connection. */
  #updateNetwork(): void {
    this.#network = networkName(this.#sessions.current?.network ?? '', this.#config.server);
  }

  #notify(call: (listener: ChatListener) => void): void {
    const listener = this.#listener;
    if (listener && !this.#sessions.isStopped) this.#guarded(() => call(listener));
  }

  /** A fault in what a line sets off must not lose the lines after it. */
  #guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#logger.error({ err: error }, 'A line from the chat could not be handled');
    }
  }
}

function topicsOf(sessions: ReconnectingSession): Topics {
  return {
    of: (channel) => sessions.current?.topic(channel),
    set: (channel, text) => sessions.current?.setTopic(channel, text),
    get limit() {
      return sessions.current?.topicLimit ?? 0;
    },
  };
}
