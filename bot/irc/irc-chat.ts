import type { ConnectionOptions } from 'node:tls';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Identity } from '../../schedule-data/people/person.ts';
import type { Chat, ChatListener, Topics } from '../chat.ts';
import { foldNick } from './roster/casemapping.ts';
import type { IrcConfig } from './config.ts';
import {
  lifeCycleStep,
  type LifeCycleEffect,
  type LifeCycleEvent,
  type LifeCycleState,
} from './connection/life-cycle.ts';
import { networkName } from './connection/network-name.ts';
import { TransportSecurity, type StsPolicy } from './connection/sts.ts';
import { tlsOptions } from './connection/tls-options.ts';
import { Session, type SessionEvents } from './session.ts';
import { defaultTiming, type Timing } from './timing.ts';

export interface IrcChat extends Chat {
  /** The channels that we are in, as the configuration names them. */
  readonly joined: readonly string[];
}

export interface IrcOptions {
  /** We are in the channel and know everybody's role; again after each rejoin. */
  readonly onJoined?: (channel: string) => void;
  /** Services don't let us in, and the configuration says that this ends it. */
  readonly onRefused?: (why: string) => void;
  readonly timing?: Timing;
}

/** Of so many of the last messages the ids are remembered, across connections: none counts twice. */
const maxMessageIds = 2000;

/**
 * IRC as a chat: connected as long as it runs, whatever happens to the connection.
 *
 * @throws {Error} with a sentence for people if the files of `ca` or `certificate` can't be used
 */
export function createIrcChat(
  config: IrcConfig,
  logger: Logger,
  options: IrcOptions = {},
): IrcChat {
  return new ReconnectingChat(config, logger, options);
}

/** What follows from what is decided in `life-cycle.ts`; this listens to sessions and does it. */
class ReconnectingChat implements IrcChat {
  readonly kind = 'irc';
  readonly channels: readonly string[];
  readonly topics?: Topics;
  readonly #config: IrcConfig;
  readonly #logger: Logger;
  readonly #options: IrcOptions;
  readonly #timing: Timing;
  readonly #tls: ConnectionOptions;
  readonly #security: TransportSecurity;
  readonly #seenMessageIds = new LRUCache<string, true>({ max: maxMessageIds });
  readonly #finished = Promise.withResolvers<void>();
  #listener: ChatListener | undefined;
  #lifeCycle: LifeCycleState = { phase: 'disconnected' };
  #session: Session | undefined;
  /** For the next connection, or for the end of this one. */
  #timer: NodeJS.Timeout | undefined;
  #joined: ReadonlySet<string> = new Set();
  #network: string;
  #signInProblem: string | undefined;

  constructor(config: IrcConfig, logger: Logger, options: IrcOptions) {
    this.channels = config.channel.map(({ name }) => name);
    this.#config = config;
    this.#logger = logger;
    this.#options = options;
    this.#timing = options.timing ?? defaultTiming;
    this.#tls = tlsOptions(config);
    this.#security = new TransportSecurity(config);
    this.#network = networkName('', config.server);
    if (config.topic) this.topics = this.#topics();
  }

  get network(): string {
    return this.#network;
  }

  get nick(): string {
    return this.#session?.nick ?? this.#config.nick;
  }

  get joined(): readonly string[] {
    return [...this.#joined];
  }

  get connectedSince(): Date | undefined {
    return this.#lifeCycle.phase === 'registered' ? new Date(this.#lifeCycle.since) : undefined;
  }

  get problems(): readonly string[] {
    const missing =
      this.#lifeCycle.phase === 'registered'
        ? this.#config.channel.map(({ name }) => name).filter((name) => !this.#joined.has(name))
        : [];
    return [
      ...(this.#signInProblem === undefined ? [] : [`I am not signed in: ${this.#signInProblem}`]),
      ...(missing.length ? [`I do not get into ${missing.join(', ')}`] : []),
    ];
  }

  fold(name: string): string {
    return this.#session?.fold(name) ?? foldNick(name, 'rfc1459');
  }

  reach(person: Identity): string | undefined {
    return this.#session?.reach(person);
  }

  start(listener: ChatListener): void {
    this.#listener = listener;
    if (!this.#config.rejectUnauthorized)
      this.#logger.warn('The certificate of the server is not checked (rejectUnauthorized: false)');
    this.#handle({ type: 'start' });
  }

  say(...args: Parameters<Chat['say']>): void {
    if (!this.#isStopped) this.#session?.say(...args);
  }

  stop(farewell: string): Promise<void> {
    this.#handle({ type: 'stop', farewell });
    return this.#finished.promise;
  }

  get #isStopped(): boolean {
    return this.#lifeCycle.phase === 'stopping' || this.#lifeCycle.phase === 'stopped';
  }

  #handle(event: LifeCycleEvent): void {
    const { state, effects } = lifeCycleStep(this.#lifeCycle, event, this.#timing);
    this.#lifeCycle = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: LifeCycleEffect): void {
    switch (effect.type) {
      case 'connect':
        return this.#connect();
      case 'destroy':
        return this.#session?.destroy();
      case 'quit':
        this.#timer = setTimeout(
          () => this.#handle({ type: 'stopTimeout' }),
          this.#timing.stopSeconds * 1000,
        );
        return this.#session?.quit(effect.farewell);
      case 'retryIn':
        this.#logger.warn(
          `No connection to ${this.#config.server}:${this.#security.port}: ${effect.reason}. Trying again in ${effect.seconds.toFixed(1)} s`,
        );
        this.#timer = setTimeout(() => this.#handle({ type: 'retryDue' }), effect.seconds * 1000);
        return;
      case 'cancelRetry':
        return clearTimeout(this.#timer);
      case 'finish':
        clearTimeout(this.#timer);
        this.#forgetSession();
        return this.#finished.resolve();
    }
  }

  #connect(): void {
    const { server } = this.#config;
    const { port, isSecure } = this.#security.nextEndpoint(Date.now());
    this.#logger.debug(`Connecting to ${server}:${port}`);
    this.#session = new Session(
      {
        config: this.#config,
        endpoint: { port, tls: isSecure && this.#tls },
        timing: this.#timing,
        logger: this.#logger,
        seenMessageIds: this.#seenMessageIds,
      },
      { ...this.#connectionEvents(port), ...this.#signInEvents(), ...this.#channelEvents() },
    );
  }

  #connectionEvents(port: number): Pick<SessionEvents, 'onRegistered' | 'onPolicy' | 'onClosed'> {
    const { server } = this.#config;
    return {
      onRegistered: () => {
        this.#handle({ type: 'registered', now: Date.now() });
        this.#logger.info(`Connected to ${server}:${port} as ${this.nick}`);
      },
      onPolicy: (policy) => this.#followPolicy(policy),
      onClosed: (reason) => {
        this.#forgetSession();
        const now = Date.now();
        this.#security.disconnected(now);
        this.#handle({ type: 'closed', reason, now, random: Math.random() });
      },
    };
  }

  #signInEvents(): Pick<SessionEvents, 'onSignedIn' | 'onSignInFailed'> {
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

  #channelEvents(): Pick<
    SessionEvents,
    'onJoined' | 'onLeft' | 'onLine' | 'onRenamed' | 'onTopic'
  > {
    return {
      onJoined: (channel) => {
        this.#learnNetwork();
        if (this.#joined.has(channel)) return;
        this.#joined = new Set(this.#joined).add(channel);
        this.#logger.info(`Joined ${channel}`);
        this.#guarded(() => this.#options.onJoined?.(channel));
      },
      onLeft: (channel) => {
        this.#joined = new Set([...this.#joined].filter((name) => name !== channel));
      },
      onLine: (line) => {
        this.#learnNetwork();
        this.#tell((listener) => listener.line(line));
      },
      onRenamed: (from, to) => this.#tell((listener) => listener.renamed(from, to)),
      onTopic: (channel) => this.#tell((listener) => listener.topicChanged?.(channel)),
    };
  }

  #followPolicy(policy: StsPolicy): void {
    if (!this.#security.applyPolicy(policy)) return;
    const { server } = this.#config;
    this.#logger.warn(
      `${server} wants TLS, on port ${policy.port}: going there (write tls: true and port: ${policy.port} into the configuration)`,
    );
    this.#handle({ type: 'tlsRequired' });
  }

  #topics(): Topics {
    const session = () => this.#session;
    return {
      of: (channel) => session()?.topic(channel),
      set: (channel, text) => session()?.setTopic(channel, text),
      get limit() {
        return session()?.topicLimit ?? 0;
      },
    };
  }

  #learnNetwork(): void {
    this.#network = networkName(this.#session?.network ?? '', this.#config.server);
  }

  #forgetSession(): void {
    this.#session = undefined;
    this.#joined = new Set();
  }

  #tell(call: (listener: ChatListener) => void): void {
    const listener = this.#listener;
    if (listener && !this.#isStopped) this.#guarded(() => call(listener));
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
