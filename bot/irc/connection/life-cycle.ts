/**
 * connection/ carries lines between us and a server, and decides when and how to connect. It never
 * knows what the lines say to people. This file: the connections of a chat from start to stop.
 */

import { backoffSeconds, type Backoff } from './backoff.ts';

/** Where we are in the life of a chat, whose connections come and go. */
export type LifeCycleState =
  /** Not begun. */
  | { readonly phase: 'disconnected' }
  /** Until the server accepts us (numeric 001). @param attempt failures in a row before this one */
  | { readonly phase: 'connecting'; readonly attempt: number }
  /** @param since milliseconds since 1970 */
  | { readonly phase: 'registered'; readonly attempt: number; readonly since: number }
  /** The connection ends so that the next one is made with TLS. */
  | { readonly phase: 'upgrading'; readonly attempt: number }
  | { readonly phase: 'waiting'; readonly attempt: number }
  /** QUIT is sent. */
  | { readonly phase: 'stopping' }
  | { readonly phase: 'stopped' };

/** All times are milliseconds since 1970. */
export type LifeCycleEvent =
  | { readonly type: 'start' }
  | { readonly type: 'registered'; readonly now: number }
  /** The server wants TLS (IRCv3 strict transport security). */
  | { readonly type: 'tlsRequired' }
  /** @param random at least 0 and below 1, as from `Math.random()` */
  | {
      readonly type: 'closed';
      readonly reason: string;
      readonly now: number;
      readonly random: number;
    }
  | { readonly type: 'retryDue' }
  | { readonly type: 'stop'; readonly farewell: string }
  /** The server doesn't close the connection after QUIT. */
  | { readonly type: 'stopTimeout' };

export type LifeCycleEffect =
  | { readonly type: 'connect' }
  /** Closes the connection without QUIT. */
  | { readonly type: 'destroy' }
  /** Says good-bye, and waits for a while that the server closes the connection. */
  | { readonly type: 'quit'; readonly farewell: string }
  | { readonly type: 'retryIn'; readonly seconds: number; readonly reason: string }
  | { readonly type: 'cancelRetry' }
  /** It has ended for good. */
  | { readonly type: 'finish' };

export interface LifeCycleStep {
  readonly state: LifeCycleState;
  readonly effects: readonly LifeCycleEffect[];
}

export interface LifeCycleTiming {
  readonly reconnect: Backoff;
  /** A connection that lasted so long begins anew with the first wait. */
  readonly stableSeconds: number;
}

/** What an event means for the connection, and what is to be done; elsewhere it means nothing. */
export function lifeCycleStep(
  state: LifeCycleState,
  event: LifeCycleEvent,
  timing: LifeCycleTiming,
): LifeCycleStep {
  const nothing = { state, effects: [] };
  switch (event.type) {
    case 'start':
      return state.phase === 'disconnected' ? connect(0) : nothing;
    case 'registered':
      if (state.phase !== 'connecting') return nothing;
      return { state: { ...state, phase: 'registered', since: event.now }, effects: [] };
    case 'tlsRequired':
      if (state.phase !== 'connecting' && state.phase !== 'registered') return nothing;
      return {
        state: { phase: 'upgrading', attempt: state.attempt },
        effects: [{ type: 'destroy' }],
      };
    case 'closed':
      return closed(state, event, timing);
    case 'retryDue':
      return state.phase === 'waiting' ? connect(state.attempt) : nothing;
    case 'stop':
      return stop(state, event.farewell);
    case 'stopTimeout':
      if (state.phase !== 'stopping') return nothing;
      return { state: { phase: 'stopped' }, effects: [{ type: 'destroy' }, { type: 'finish' }] };
  }
}

function connect(attempt: number): LifeCycleStep {
  return { state: { phase: 'connecting', attempt }, effects: [{ type: 'connect' }] };
}

function closed(
  state: LifeCycleState,
  { reason, now, random }: Extract<LifeCycleEvent, { type: 'closed' }>,
  { reconnect, stableSeconds }: LifeCycleTiming,
): LifeCycleStep {
  switch (state.phase) {
    case 'upgrading':
      return connect(state.attempt);
    case 'connecting':
    case 'registered': {
      const wasStable = state.phase === 'registered' && now - state.since > stableSeconds * 1000;
      const attempt = wasStable ? 0 : state.attempt;
      const seconds = backoffSeconds(attempt, random, reconnect);
      return {
        state: { phase: 'waiting', attempt: attempt + 1 },
        effects: [{ type: 'retryIn', seconds, reason }],
      };
    }
    case 'stopping':
      return { state: { phase: 'stopped' }, effects: [{ type: 'finish' }] };
    case 'disconnected':
    case 'waiting':
    case 'stopped':
      return { state, effects: [] };
  }
}

function stop(state: LifeCycleState, farewell: string): LifeCycleStep {
  switch (state.phase) {
    case 'connecting':
    case 'registered':
    case 'upgrading':
      return { state: { phase: 'stopping' }, effects: [{ type: 'quit', farewell }] };
    case 'waiting':
      return {
        state: { phase: 'stopped' },
        effects: [{ type: 'cancelRetry' }, { type: 'finish' }],
      };
    case 'disconnected':
      return { state: { phase: 'stopped' }, effects: [{ type: 'finish' }] };
    case 'stopping':
    case 'stopped':
      return { state, effects: [] };
  }
}
