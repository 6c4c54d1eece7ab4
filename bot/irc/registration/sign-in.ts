import type { Client } from 'irc-framework';
import type { IrcConfig } from '../config.ts';
import { clean } from '../../text.ts';
import type { Timing } from '../timing.ts';

export interface SignInEvents {
  /** We are known to services, or it turned out that we aren't; once for each connection. */
  readonly onSettled: () => void;
  readonly onSignedIn: (account: string | undefined) => void;
  /** @param why a sentence for people */
  readonly onFailed: (why: string) => void;
}

export interface SignIn {
  readonly isSignedIn: boolean;
  /** We have the nick of the configuration, whose password we know. */
  nickIsOurs(): void;
  stop(): void;
}

/** Networks where the mode of registered users is `R` instead of `r`. */
const registeredModes = /^\+[rR]$/;
/** What services of all kinds say instead of letting somebody in. */
const refusal =
  /invalid|incorrect|wrong|denied|(?:identify|authentication) failed|(?:not|n't) (?:a )?registered|suspended|frozen/i;

/**
 * Has services know us: by SASL before the connection is complete, by the certificate alone where
 * there is no SASL, or by the password of our nick. Where services are away, it tries again.
 */
export function signIn(
  client: Client,
  config: IrcConfig,
  timing: Timing,
  isMe: (nick: string) => boolean,
  events: SignInEvents,
): SignIn {
  const { sasl, certificate, nickserv } = config;
  const usesSasl = sasl !== undefined || certificate !== undefined;
  let registered = false;
  let isSignedIn = false;
  let isAsking = false;
  let isRefused = false;
  let isAway = false;
  let settled = false;
  let failure: string | undefined;
  let said = '';
  let timer: NodeJS.Timeout | undefined;

  const stopWaiting = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const settle = () => {
    stopWaiting();
    // Nobody waits for it before that.
    if (settled || !registered) return;
    settled = true;
    events.onSettled();
  };
  const succeed = (account: string | undefined) => {
    if (isSignedIn) return;
    isSignedIn = true;
    failure = undefined;
    events.onSignedIn(account);
    settle();
  };
  const fail = (why: string) => {
    if (isSignedIn) return;
    failure = why;
    // Where there is another way, its outcome counts.
    if (nickserv && !registered) return;
    events.onFailed(why);
    settle();
  };
  const wait = (then: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      then();
    }, timing.signInSeconds * 1000);
  };

  const identify = () => {
    if (!nickserv || !registered || isSignedIn || isRefused) return;
    // The password is that of our nick, and services take it for the one that we have.
    if (!isMe(config.nick)) return wait(() => fail(`another has our nick ${config.nick}`));
    said = '';
    isAsking = true;
    client.say(nickserv.name, `IDENTIFY ${nickserv.password}`);
    wait(() =>
      fail(
        said
          ? `${nickserv.name} did not let us in; it said: ${said}`
          : `${nickserv.name} does not answer`,
      ),
    );
  };
  const again = setInterval(() => {
    if (timer) return;
    // Some servers don't tell that services are back.
    if (isAway && registered && !isSignedIn) client.raw('CAP', 'LS', '302');
    identify();
  }, timing.signInAgainSeconds * 1000);

  client.on('sasl failed', ({ reason, message }) => {
    stopWaiting();
    isAway = reason === 'capability_missing' || reason === 'unsupported_mechanism';
    // A certificate serves without SASL too, where services compare fingerprints.
    if (isAway && !sasl) return;
    fail(
      `SASL did not let us in: ${isAway ? 'the server does not offer it' : clean(message ?? reason)}`,
    );
  });
  client.on('cap ack', ({ capabilities }) => {
    if (!usesSasl || isSignedIn || !('sasl' in capabilities)) return;
    // The library does it while it negotiates; later, services come back.
    if (!client.network.cap.negotiating) client.raw('AUTHENTICATE', sasl ? 'PLAIN' : 'EXTERNAL');
    wait(() => {
      isAway = true;
      fail('SASL did not let us in: services do not answer');
      if (registered) return;
      client.network.cap.negotiating = false;
      client.raw('CAP END');
    });
  });
  client.on('registered', () => {
    registered = true;
    if (isSignedIn || (!usesSasl && !nickserv)) settle();
    else if (nickserv) identify();
    else if (failure !== undefined) settle();
    else if (sasl) fail('SASL did not let us in: the server does not offer it');
    else wait(() => fail('services do not know our certificate; see docs/irc-networks.md'));
  });
  client.on('loggedin', ({ account }) => succeed(account));
  client.on('loggedout', () => {
    isSignedIn = false;
  });
  client.on('mode', ({ target, modes }) => {
    if (isMe(target ?? '') && modes.some(({ mode }) => registeredModes.test(mode)))
      succeed(undefined);
  });
  client.on('notice', ({ nick, message }) => {
    if (!nickserv || !isNamed(nick, nickserv.name) || isSignedIn || !isAsking) return;
    said = clean(message ?? '').slice(0, 200);
    if (!refusal.test(said)) return;
    isAsking = false;
    isRefused = true;
    fail(`${nickserv.name} did not let us in; it said: ${said}`);
  });

  return {
    get isSignedIn() {
      return isSignedIn;
    },
    nickIsOurs: identify,
    stop() {
      clearTimeout(timer);
      clearInterval(again);
    },
  };
}

/** Services may be written to as `NickServ@services.example.org`. */
function isNamed(nick: string | undefined, service: string): boolean {
  return nick?.toLowerCase() === service.split('@', 1)[0]!.toLowerCase();
}
