import { describe, expect, test } from 'vitest';
import {
  signInStart,
  signInStep,
  type SignInEvent,
  type SignInMethods,
  type SignInState,
} from '../../../../bot/irc/registration/sign-in-state.ts';

const none: SignInMethods = {
  nick: 'ptgbot',
  sasl: false,
  certificate: false,
  nickserv: undefined,
};
const sasl = { ...none, sasl: true };
const certificate = { ...none, certificate: true };
const nickserv = { ...none, nickserv: 'NickServ' };
const saslAndNickserv = { ...sasl, nickserv: 'NickServ' };

const on = (changes: Partial<SignInState> = {}): SignInState => ({
  ...signInStart,
  isRegistered: true,
  ...changes,
});
const asked = on({ nickserv: 'asked', waitingFor: 'nickserv' });
const signedIn = on({ isSignedIn: true, isSettled: true });
const saslUnderWay: SignInState = { ...signInStart, waitingFor: 'sasl' };

const registered: SignInEvent = { type: 'registered', hasNick: true };
const acknowledged: SignInEvent = { type: 'saslAcknowledged', isNegotiating: false };
const notOffered: SignInEvent = { type: 'saslFailed', reason: 'missing', isOffered: false };
const wrongPassword: SignInEvent = { type: 'saslFailed', reason: 'wrong', isOffered: true };
const loggedIn: SignInEvent = { type: 'loggedIn', account: 'bot' };
const timeout: SignInEvent = { type: 'timeout' };
const retry: SignInEvent = { type: 'retry', hasNick: true };
const refusal: SignInEvent = { type: 'notice', text: 'Password incorrect.' };

const away = 'SASL did not let us in: the server does not offer it';
const silent = 'SASL did not let us in: services do not answer';
const refused = 'NickServ did not let us in; it said: Password incorrect.';
const unknown = 'services do not know our certificate; see docs/irc-networks.md';

type Row = [
  title: string,
  methods: SignInMethods,
  state: SignInState,
  event: SignInEvent,
  changes: Partial<SignInState>,
  effects: string,
];

// prettier-ignore
const transitions: Row[] = [
  // The server accepts the connection.
  ['nothing to sign in with', none, signInStart, registered, { isSettled: true }, 'settle'],
  ['SASL was done before', sasl, { ...signInStart, isSignedIn: true }, registered, { isSettled: true }, 'settle'],
  ['SASL had failed before', sasl, { ...signInStart, failure: 'x' }, registered, { isSettled: true }, 'settle'],
  ['SASL was never offered', sasl, signInStart, registered, { isSettled: true, failure: away }, `reportFailure(${away}) settle`],
  ['a certificate may do by itself', certificate, signInStart, registered, { waitingFor: 'certificate' }, 'wait'],
  ['a password and our nick', nickserv, signInStart, registered, { nickserv: 'asked', waitingFor: 'nickserv' }, 'identify wait'],
  ['a password, another nick', nickserv, signInStart, { type: 'registered', hasNick: false }, { waitingFor: 'nick' }, 'wait'],
  ['a password after SASL failed', saslAndNickserv, { ...signInStart, failure: 'x' }, registered, { nickserv: 'asked', waitingFor: 'nickserv' }, 'identify wait'],
  // SASL.
  ['SASL begins while we connect', sasl, signInStart, { type: 'saslAcknowledged', isNegotiating: true }, { waitingFor: 'sasl' }, 'wait'],
  ['SASL is back later', sasl, on({ failure: 'x', isSettled: true }), acknowledged, { waitingFor: 'sasl' }, 'authenticate wait'],
  ['SASL is back when we are signed in', sasl, signedIn, acknowledged, {}, ''],
  ['SASL refuses us', sasl, saslUnderWay, wrongPassword, { waitingFor: undefined, failure: 'SASL did not let us in: wrong' }, 'stopWaiting reportFailure(SASL did not let us in: wrong)'],
  ['SASL refuses us, but there is NickServ', saslAndNickserv, saslUnderWay, wrongPassword, { waitingFor: undefined, failure: 'SASL did not let us in: wrong' }, 'stopWaiting'],
  ['SASL is not offered for a password', sasl, signInStart, notOffered, { isSaslAway: true, failure: away }, `reportFailure(${away})`],
  ['SASL is not offered for a certificate', certificate, signInStart, notOffered, { isSaslAway: true }, ''],
  ['SASL refuses us after it was away', sasl, on({ isSaslAway: true, isSettled: true }), wrongPassword, { isSaslAway: false, failure: 'SASL did not let us in: wrong' }, 'reportFailure(SASL did not let us in: wrong)'],
  ['SASL does not end while we connect', sasl, saslUnderWay, timeout, { waitingFor: undefined, isSaslAway: true, failure: silent }, `reportFailure(${silent}) endCapabilities`],
  ['SASL does not end while we connect, but there is NickServ', saslAndNickserv, saslUnderWay, timeout, { waitingFor: undefined, isSaslAway: true, failure: silent }, 'endCapabilities'],
  ['SASL does not end later', sasl, on({ waitingFor: 'sasl', isSettled: true }), timeout, { waitingFor: undefined, isSaslAway: true, failure: silent }, `reportFailure(${silent})`],
  // Services know us.
  ['signed in while we connect', sasl, saslUnderWay, loggedIn, { waitingFor: undefined, isSignedIn: true }, 'reportSuccess(bot) stopWaiting'],
  ['signed in later', nickserv, { ...asked, failure: 'x' }, loggedIn, { waitingFor: undefined, isSignedIn: true, isSettled: true, failure: undefined }, 'reportSuccess(bot) stopWaiting settle'],
  ['signed in after the outcome was told', nickserv, on({ isSettled: true }), loggedIn, { isSignedIn: true }, 'reportSuccess(bot)'],
  ['signed in twice', nickserv, signedIn, loggedIn, {}, ''],
  ['signed out', nickserv, signedIn, { type: 'loggedOut' }, { isSignedIn: false }, ''],
  // NickServ.
  ['NickServ refuses', nickserv, asked, refusal, { nickserv: 'refused', notice: 'Password incorrect.', waitingFor: undefined, isSettled: true, failure: refused }, `reportFailure(${refused}) stopWaiting settle`],
  ['NickServ says something else', nickserv, asked, { type: 'notice', text: 'Hello' }, { notice: 'Hello' }, ''],
  ['NickServ speaks unasked', nickserv, on(), refusal, {}, ''],
  ['NickServ speaks after it refused', nickserv, on({ nickserv: 'refused' }), refusal, {}, ''],
  ['NickServ speaks when we are signed in', nickserv, { ...signedIn, nickserv: 'asked' }, refusal, {}, ''],
  ['NickServ does not answer', nickserv, asked, timeout, { waitingFor: undefined, isSettled: true, failure: 'NickServ does not answer' }, 'reportFailure(NickServ does not answer) settle'],
  ['NickServ only said hello', nickserv, { ...asked, notice: 'Hello' }, timeout, { waitingFor: undefined, isSettled: true, failure: 'NickServ did not let us in; it said: Hello' }, 'reportFailure(NickServ did not let us in; it said: Hello) settle'],
  ['another keeps our nick', nickserv, on({ waitingFor: 'nick' }), timeout, { waitingFor: undefined, isSettled: true, failure: 'another has our nick ptgbot' }, 'reportFailure(another has our nick ptgbot) settle'],
  ['the certificate is not known', certificate, on({ waitingFor: 'certificate' }), timeout, { waitingFor: undefined, isSettled: true, failure: unknown }, `reportFailure(${unknown}) settle`],
  ['our nick comes back', nickserv, on({ waitingFor: 'nick' }), { type: 'nickRegained' }, { nickserv: 'asked', waitingFor: 'nickserv' }, 'identify wait'],
  ['our nick comes back after a refusal', nickserv, on({ nickserv: 'refused' }), { type: 'nickRegained' }, {}, ''],
  ['our nick comes back, without a password', sasl, on(), { type: 'nickRegained' }, {}, ''],
  // Trying again.
  ['again with NickServ', nickserv, on({ nickserv: 'asked', notice: 'Hello', failure: 'x', isSettled: true }), retry, { notice: '', waitingFor: 'nickserv' }, 'identify wait'],
  ['again with SASL', sasl, on({ isSaslAway: true, isSettled: true }), retry, {}, 'listCapabilities'],
  ['again with both', saslAndNickserv, on({ isSaslAway: true }), retry, { nickserv: 'asked', waitingFor: 'nickserv' }, 'listCapabilities identify wait'],
  ['not while something is under way', saslAndNickserv, { ...asked, isSaslAway: true }, retry, {}, ''],
  ['not before we are connected', saslAndNickserv, { ...signInStart, isSaslAway: true }, retry, {}, ''],
  ['not when we are signed in', saslAndNickserv, { ...signedIn, isSaslAway: true }, retry, {}, ''],
  ['not after a refusal', nickserv, on({ nickserv: 'refused' }), retry, {}, ''],
];

describe('signing in', () => {
  test.each(transitions)('%s', (_, methods, state, event, changes, effects) => {
    const step = signInStep(methods, state, event);
    expect(step.state).toEqual({
      ...state,
      ...(event.type === 'registered' && { isRegistered: true }),
      ...changes,
    });
    const told = step.effects.map((effect) => {
      if (effect.type === 'reportFailure') return `${effect.type}(${effect.why})`;
      return effect.type === 'reportSuccess' ? `${effect.type}(${effect.account})` : effect.type;
    });
    expect(told.join(' ')).toBe(effects);
  });
});
