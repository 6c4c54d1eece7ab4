/**
 * registration/ is who we are to a server: our nick, SASL, services, and what the server says about
 * itself. It never joins a channel, nor looks at other people. This file: services know us.
 */

import type { Client } from 'irc-framework';
import type { IrcConfig } from '../config.ts';
import { plainText } from '../../text.ts';
import type { Timing } from '../timing.ts';
import { isService } from './services.ts';
import {
  signInStart,
  signInStep,
  type SignInEffect,
  type SignInEvent,
  type SignInState,
} from './sign-in-state.ts';

export interface SignInEvents {
  /** We are known to services, or it turned out that we aren't; once for each connection. */
  readonly onSettled: () => void;
  readonly onSignedIn: (account: string | undefined) => void;
  /** @param why a sentence for people */
  readonly onFailed: (why: string) => void;
}

/** Networks where the mode of registered users is `R` instead of `r`. */
const registeredModes = /^\+[rR]$/;
/** So much of what services say is kept. */
const maxNoticeLength = 200;

/**
 * Has services know us: by SASL before the connection is complete, by the certificate alone where
 * there is no SASL, or by the password of our nick. Where services are away, it tries again. What
 * follows from what is decided in `sign-in-state.ts`; this listens and does it.
 */
export class SignIn {
  readonly #client: Client;
  readonly #config: IrcConfig;
  readonly #timing: Timing;
  readonly #isMe: (nick: string) => boolean;
  readonly #events: SignInEvents;
  readonly #retries: NodeJS.Timeout;
  #state: SignInState = signInStart;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    client: Client,
    config: IrcConfig,
    timing: Timing,
    isMe: (nick: string) => boolean,
    events: SignInEvents,
  ) {
    this.#client = client;
    this.#config = config;
    this.#timing = timing;
    this.#isMe = isMe;
    this.#events = events;
    this.#retries = setInterval(
      () => this.#handle({ type: 'retry', hasNick: isMe(config.nick) }),
      timing.signInAgainSeconds * 1000,
    );
    this.#followSasl();
    this.#followServices();
  }

  get isSignedIn(): boolean {
    return this.#state.isSignedIn;
  }

  /** We have the nick of the configuration again, whose password we know. */
  nickRegained(): void {
    this.#handle({ type: 'nickRegained' });
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#retries);
  }

  #followSasl(): void {
    const { sasl, certificate } = this.#config;
    this.#client.on('sasl failed', ({ reason, message }) => {
      this.#handle({
        type: 'saslFailed',
        reason: plainText(message ?? reason),
        isOffered: reason !== 'capability_missing' && reason !== 'unsupported_mechanism',
      });
    });
    this.#client.on('cap ack', ({ capabilities }) => {
      if ((sasl || certificate) && 'sasl' in capabilities)
        this.#handle({
          type: 'saslAcknowledged',
          isNegotiating: this.#client.network.cap.negotiating,
        });
    });
  }

  #followServices(): void {
    const { nick, nickserv } = this.#config;
    const handle = (event: SignInEvent) => this.#handle(event);
    this.#client.on('registered', () => {
      handle({ type: 'registered', hasNick: this.#isMe(nick) });
    });
    this.#client.on('loggedin', ({ account }) => handle({ type: 'loggedIn', account }));
    this.#client.on('loggedout', () => handle({ type: 'loggedOut' }));
    this.#client.on('mode', ({ target, modes }) => {
      if (this.#isMe(target ?? '') && modes.some(({ mode }) => registeredModes.test(mode)))
        handle({ type: 'loggedIn', account: undefined });
    });
    this.#client.on('notice', ({ nick: from, message }) => {
      if (nickserv && isService(from, nickserv.name))
        handle({ type: 'notice', text: plainText(message ?? '').slice(0, maxNoticeLength) });
    });
  }

  #handle(event: SignInEvent): void {
    const { nick, sasl, certificate, nickserv } = this.#config;
    const methods = {
      nick,
      sasl: sasl !== undefined,
      certificate: certificate !== undefined,
      nickserv: nickserv?.name,
    };
    const { state, effects } = signInStep(methods, this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: SignInEffect): void {
    const { sasl, nickserv } = this.#config;
    switch (effect.type) {
      case 'identify':
        if (nickserv) this.#client.say(nickserv.name, `IDENTIFY ${nickserv.password}`);
        return;
      case 'authenticate':
        return this.#client.raw('AUTHENTICATE', sasl ? 'PLAIN' : 'EXTERNAL');
      case 'listCapabilities':
        return this.#client.raw('CAP', 'LS', '302');
      case 'endCapabilities':
        this.#client.network.cap.negotiating = false;
        return this.#client.raw('CAP END');
      case 'wait':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(
          () => this.#handle({ type: 'timeout' }),
          this.#timing.signInSeconds * 1000,
        );
        return;
      case 'stopWaiting':
        return clearTimeout(this.#timer);
      case 'reportSuccess':
        return this.#events.onSignedIn(effect.account);
      case 'reportFailure':
        return this.#events.onFailed(effect.why);
      case 'settle':
        return this.#events.onSettled();
    }
  }
}
