/** The ways to sign in that the configuration gives us. */
export interface SignInMethods {
  readonly nick: string;
  readonly sasl: boolean;
  readonly certificate: boolean;
  /** The name of the service that takes a password; undefined where we have none for it. */
  readonly nickserv: string | undefined;
}

export interface SignInState {
  /** The server has accepted the connection (numeric 001). */
  readonly isRegistered: boolean;
  readonly isSignedIn: boolean;
  /** The outcome on this connection has been told. */
  readonly isSettled: boolean;
  /** SASL isn't offered, or services don't answer: they may come back. */
  readonly isSaslAway: boolean;
  /** `refused` lasts: asking again with the same password could lock the account. */
  readonly nickserv: 'idle' | 'asked' | 'refused';
  /** What NickServ said last, since we asked. */
  readonly notice: string;
  readonly failure: string | undefined;
  /** What the timer that runs waits for. */
  readonly waitingFor: 'sasl' | 'nick' | 'nickserv' | 'certificate' | undefined;
}

export type SignInEvent =
  | { readonly type: 'registered'; readonly hasNick: boolean }
  /** @param isOffered does the server have SASL, with our mechanism? */
  | { readonly type: 'saslFailed'; readonly reason: string; readonly isOffered: boolean }
  /** The capability is ours; while capabilities are negotiated, the library authenticates. */
  | { readonly type: 'saslAcknowledged'; readonly isNegotiating: boolean }
  | { readonly type: 'loggedIn'; readonly account: string | undefined }
  | { readonly type: 'loggedOut' }
  /** NickServ says something. */
  | { readonly type: 'notice'; readonly text: string }
  /** We are called as the configuration wants it. */
  | { readonly type: 'nickRegained' }
  | { readonly type: 'timeout' }
  /** It is time to try again, if nothing is under way. */
  | { readonly type: 'retry'; readonly hasNick: boolean };

export type SignInEffect =
  /** Sends the password to NickServ. */
  | { readonly type: 'identify' }
  | { readonly type: 'authenticate' }
  | { readonly type: 'listCapabilities' }
  | { readonly type: 'endCapabilities' }
  /** Starts the timer, anew if it runs. */
  | { readonly type: 'wait' }
  | { readonly type: 'stopWaiting' }
  | { readonly type: 'reportSuccess'; readonly account: string | undefined }
  | { readonly type: 'reportFailure'; readonly why: string }
  /** Whoever waits for the outcome need not wait any longer. */
  | { readonly type: 'settle' };

export interface SignInStep {
  readonly state: SignInState;
  readonly effects: readonly SignInEffect[];
}

export const signInStart: SignInState = {
  isRegistered: false,
  isSignedIn: false,
  isSettled: false,
  isSaslAway: false,
  nickserv: 'idle',
  notice: '',
  failure: undefined,
  waitingFor: undefined,
};

/** What services of all kinds say instead of letting somebody in. */
const refusal =
  /invalid|incorrect|wrong|denied|(?:identify|authentication) failed|(?:not|n't) (?:a )?registered|suspended|frozen/i;

/** What an event on a connection means for signing in, and what is to be done about it. */
export function signInStep(
  methods: SignInMethods,
  state: SignInState,
  event: SignInEvent,
): SignInStep {
  switch (event.type) {
    case 'registered':
      return registered(methods, { ...state, isRegistered: true }, event.hasNick);
    case 'saslFailed':
      return saslFailed(methods, stopWaiting(state), event);
    case 'saslAcknowledged':
      if (state.isSignedIn) return { state, effects: [] };
      return after(event.isNegotiating ? [] : [{ type: 'authenticate' }], wait(state, 'sasl'));
    case 'loggedIn':
      return loggedIn(state, event.account);
    case 'loggedOut':
      return { state: { ...state, isSignedIn: false }, effects: [] };
    case 'notice':
      return noticed(methods, state, event.text);
    case 'nickRegained':
      return identify(methods, state, true);
    case 'timeout':
      return timedOut(methods, state);
    case 'retry':
      return retry(methods, state, event.hasNick);
  }
}

function registered(methods: SignInMethods, state: SignInState, hasNick: boolean): SignInStep {
  const { sasl, certificate, nickserv } = methods;
  if (state.isSignedIn || (!sasl && !certificate && nickserv === undefined)) return settle(state);
  if (nickserv !== undefined) return identify(methods, state, hasNick);
  if (state.failure !== undefined) return settle(state);
  if (sasl) return fail(methods, state, 'SASL did not let us in: the server does not offer it');
  return wait(state, 'certificate');
}

function saslFailed(
  methods: SignInMethods,
  step: SignInStep,
  { reason, isOffered }: { readonly reason: string; readonly isOffered: boolean },
): SignInStep {
  const state = { ...step.state, isSaslAway: !isOffered };
  // A certificate serves without SASL too, where services compare fingerprints.
  if (!isOffered && !methods.sasl) return { state, effects: step.effects };
  const why = isOffered ? reason : 'the server does not offer it';
  return after(step.effects, fail(methods, state, `SASL did not let us in: ${why}`));
}

function loggedIn(state: SignInState, account: string | undefined): SignInStep {
  if (state.isSignedIn) return { state, effects: [] };
  return after(
    [{ type: 'reportSuccess', account }],
    settle({ ...state, isSignedIn: true, failure: undefined }),
  );
}

function noticed(methods: SignInMethods, state: SignInState, notice: string): SignInStep {
  if (state.isSignedIn || state.nickserv !== 'asked') return { state, effects: [] };
  if (!refusal.test(notice)) return { state: { ...state, notice }, effects: [] };
  const refused = { ...state, notice, nickserv: 'refused' } as const;
  return fail(methods, refused, `${methods.nickserv} did not let us in; it said: ${notice}`);
}

function timedOut(methods: SignInMethods, waiting: SignInState): SignInStep {
  const state = { ...waiting, waitingFor: undefined };
  switch (waiting.waitingFor) {
    case undefined:
      return { state, effects: [] };
    case 'nick':
      return fail(methods, state, `another has our nick ${methods.nick}`);
    case 'nickserv':
      return fail(
        methods,
        state,
        state.notice
          ? `${methods.nickserv} did not let us in; it said: ${state.notice}`
          : `${methods.nickserv} does not answer`,
      );
    case 'certificate':
      return fail(methods, state, 'services do not know our certificate; see docs/irc-networks.md');
    case 'sasl': {
      const away = { ...state, isSaslAway: true };
      const failed = fail(methods, away, 'SASL did not let us in: services do not answer');
      if (state.isRegistered) return failed;
      return { ...failed, effects: [...failed.effects, { type: 'endCapabilities' }] };
    }
  }
}

function retry(methods: SignInMethods, state: SignInState, hasNick: boolean): SignInStep {
  if (state.waitingFor !== undefined) return { state, effects: [] };
  // Some servers don't tell that services are back.
  const asks = state.isSaslAway && state.isRegistered && !state.isSignedIn;
  return after(asks ? [{ type: 'listCapabilities' }] : [], identify(methods, state, hasNick));
}

function identify(methods: SignInMethods, state: SignInState, hasNick: boolean): SignInStep {
  const isDone = state.isSignedIn || state.nickserv === 'refused';
  if (methods.nickserv === undefined || !state.isRegistered || isDone)
    return { state, effects: [] };
  // The password is that of our nick, and services take it for the one that we have.
  if (!hasNick) return wait(state, 'nick');
  return after(
    [{ type: 'identify' }],
    wait({ ...state, nickserv: 'asked', notice: '' }, 'nickserv'),
  );
}

function fail(methods: SignInMethods, state: SignInState, why: string): SignInStep {
  if (state.isSignedIn) return { state, effects: [] };
  const failed = { ...state, failure: why };
  // Where there is another way, its outcome counts.
  if (methods.nickserv !== undefined && !state.isRegistered) return { state: failed, effects: [] };
  return after([{ type: 'reportFailure', why }], settle(failed));
}

function settle(waiting: SignInState): SignInStep {
  const { state, effects } = stopWaiting(waiting);
  // Nobody waits for it before that.
  if (state.isSettled || !state.isRegistered) return { state, effects };
  return { state: { ...state, isSettled: true }, effects: [...effects, { type: 'settle' }] };
}

function wait(state: SignInState, waitingFor: SignInState['waitingFor']): SignInStep {
  return { state: { ...state, waitingFor }, effects: [{ type: 'wait' }] };
}

function stopWaiting(state: SignInState): SignInStep {
  if (state.waitingFor === undefined) return { state, effects: [] };
  return { state: { ...state, waitingFor: undefined }, effects: [{ type: 'stopWaiting' }] };
}

/** The step with these effects before its own. */
function after(effects: readonly SignInEffect[], step: SignInStep): SignInStep {
  return { state: step.state, effects: [...effects, ...step.effects] };
}
