import type { ConnectionOptions } from 'node:tls';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { IrcConfig } from './config.ts';
import {
  lifeCycleStep,
  type LifeCycleEffect,
  type LifeCycleEvent,
  type LifeCycleState,
} from './connection/life-cycle.ts';
import { TransportSecurity, type StsPolicy } from './connection/sts.ts';
import { tlsOptions } from './connection/tls-options.ts';
import { Session, type SessionEvents } from './session.ts';
import type { Timing } from './timing.ts';

export interface ReconnectingEvents extends Omit<
  SessionEvents,
  'onRegistered' | 'onPolicy' | 'onClosed'
> {
  /** The session is no more, for whatever reason. */
  readonly onDisconnected: () => void;
}

/** Of so many of the last messages the ids are remembered, across sessions: none counts twice. */
const maxMessageIds = 2000;

/**
 * One session after the other, from the start to the stop. What follows from what is decided in
 * `connection/life-cycle.ts`; this listens to the sessions, and does it.
 */
export class ReconnectingSession {
  readonly #config: IrcConfig;
  readonly #timing: Timing;
  readonly #logger: Logger;
  readonly #events: ReconnectingEvents;
  readonly #tls: ConnectionOptions;
  readonly #security: TransportSecurity;
  readonly #seenMessageIds = new LRUCache<string, true>({ max: maxMessageIds });
  readonly #finished = Promise.withResolvers<void>();
  #state: LifeCycleState = { phase: 'disconnected' };
  #session: Session | undefined;
  /** For the next session, or for the end of this one. */
  #timer: NodeJS.Timeout | undefined;

  /** @throws {Error} with a sentence for people if files of the configuration can't be used */
  constructor(config: IrcConfig, timing: Timing, logger: Logger, events: ReconnectingEvents) {
    this.#config = config;
    this.#timing = timing;
    this.#logger = logger;
    this.#events = events;
    this.#tls = tlsOptions(config);
    this.#security = new TransportSecurity(config);
  }

  /** Undefined between two connections. */
  get current(): Session | undefined {
    return this.#session;
  }

  /** Since when the server has accepted us; undefined while it hasn't. */
  get connectedSince(): Date | undefined {
    return this.#state.phase === 'registered' ? new Date(this.#state.since) : undefined;
  }

  get isStopped(): boolean {
    return this.#state.phase === 'stopping' || this.#state.phase === 'stopped';
  }

  start(): void {
    this.#handle({ type: 'start' });
  }

  /** Says good-bye; resolves when the connection is closed, or after a few seconds. */
  stop(farewell: string): Promise<void> {
    this.#handle({ type: 'stop', farewell });
    return this.#finished.promise;
  }

  #handle(event: LifeCycleEvent): void {
    const { state, effects } = lifeCycleStep(this.#state, event, this.#timing);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: LifeCycleEffect): void {
    switch (effect.type) {
      case 'connect':
        return this.#connect();
      case 'destroy':
        return this.#session?.destroy();
      case 'quit':
        this.#startTimer({ type: 'stopTimeout' }, this.#timing.stopSeconds);
        return this.#session?.quit(effect.farewell);
      case 'retryIn':
        this.#logger.warn(
          `No connection to ${this.#config.server}:${this.#security.port}: ${effect.reason}. Trying again in ${effect.seconds.toFixed(1)} s`,
        );
        return this.#startTimer({ type: 'retryDue' }, effect.seconds);
      case 'cancelRetry':
        return clearTimeout(this.#timer);
      case 'finish':
        clearTimeout(this.#timer);
        this.#forget();
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
      {
        ...this.#events,
        onRegistered: () => {
          this.#handle({ type: 'registered', now: Date.now() });
          this.#logger.info(`Connected to ${server}:${port} as ${this.#session?.nick}`);
        },
        onPolicy: (policy) => this.#applyPolicy(policy),
        onClosed: (reason) => {
          this.#forget();
          const now = Date.now();
          this.#security.disconnected(now);
          this.#handle({ type: 'closed', reason, now, random: Math.random() });
        },
      },
    );
  }

  #applyPolicy(policy: StsPolicy): void {
    if (!this.#security.applyPolicy(policy)) return;
    const { server } = this.#config;
    this.#logger.warn(
      `${server} wants TLS, on port ${policy.port}: going there (write tls: true and port: ${policy.port} into the configuration)`,
    );
    this.#handle({ type: 'tlsRequired' });
  }

  #startTimer(event: LifeCycleEvent, seconds: number): void {
    this.#timer = setTimeout(() => this.#handle(event), seconds * 1000);
  }

  #forget(): void {
    this.#session = undefined;
    this.#events.onDisconnected();
  }
}
