import { describe, expect, test } from 'vitest';
import {
  lifeCycleStep,
  type LifeCycleEffect,
  type LifeCycleEvent,
  type LifeCycleState,
} from '../../../../bot/irc/connection/life-cycle.ts';

const timing = { reconnect: { firstSeconds: 1, capSeconds: 60 }, stableSeconds: 60 };

const disconnected: LifeCycleState = { phase: 'disconnected' };
const connecting: LifeCycleState = { phase: 'connecting', attempt: 3 };
const registered: LifeCycleState = { phase: 'registered', attempt: 3, since: 100_000 };
const upgrading: LifeCycleState = { phase: 'upgrading', attempt: 3 };
const waiting: LifeCycleState = { phase: 'waiting', attempt: 4 };
const stopping: LifeCycleState = { phase: 'stopping' };
const stopped: LifeCycleState = { phase: 'stopped' };

const start: LifeCycleEvent = { type: 'start' };
const accepted: LifeCycleEvent = { type: 'registered', now: 100_000 };
const tlsRequired: LifeCycleEvent = { type: 'tlsRequired' };
const closedAt = (now: number): LifeCycleEvent => ({
  type: 'closed',
  reason: 'it fell silent',
  now,
  random: 0,
});
const retryDue: LifeCycleEvent = { type: 'retryDue' };
const stop: LifeCycleEvent = { type: 'stop', farewell: 'bye' };
const stopTimeout: LifeCycleEvent = { type: 'stopTimeout' };

const connect: LifeCycleEffect = { type: 'connect' };
const destroy: LifeCycleEffect = { type: 'destroy' };
const quit: LifeCycleEffect = { type: 'quit', farewell: 'bye' };
const cancelRetry: LifeCycleEffect = { type: 'cancelRetry' };
const finish: LifeCycleEffect = { type: 'finish' };
const retryIn = (seconds: number): LifeCycleEffect => ({
  type: 'retryIn',
  seconds,
  reason: 'it fell silent',
});

// prettier-ignore
const transitions: [title: string, LifeCycleState, LifeCycleEvent, LifeCycleState, LifeCycleEffect[]][] = [
  ['a start connects', disconnected, start, { phase: 'connecting', attempt: 0 }, [connect]],
  ['the server accepts us', connecting, accepted, registered, []],
  ['the server wants TLS at once', connecting, tlsRequired, upgrading, [destroy]],
  ['the server wants TLS later', registered, tlsRequired, upgrading, [destroy]],
  ['what ends for TLS goes on without a wait', upgrading, closedAt(200_000), connecting, [connect]],
  ['a failure waits longer than the one before', connecting, closedAt(200_000), waiting, [retryIn(4)]],
  ['a short connection waits as if it had failed', registered, closedAt(160_000), waiting, [retryIn(4)]],
  ['a long connection begins with the first wait', registered, closedAt(160_001), { phase: 'waiting', attempt: 1 }, [retryIn(0.5)]],
  ['the wait is over', waiting, retryDue, { phase: 'connecting', attempt: 4 }, [connect]],
  ['a stop says good-bye while we connect', connecting, stop, stopping, [quit]],
  ['a stop says good-bye when we are connected', registered, stop, stopping, [quit]],
  ['a stop says good-bye before TLS', upgrading, stop, stopping, [quit]],
  ['a stop ends a wait', waiting, stop, stopped, [cancelRetry, finish]],
  ['a stop before the start', disconnected, stop, stopped, [finish]],
  ['the server hangs up after the good-bye', stopping, closedAt(200_000), stopped, [finish]],
  ['the server does not hang up', stopping, stopTimeout, stopped, [destroy, finish]],
];

describe('the life of a chat', () => {
  test.each(transitions)('%s', (_, state, event, next, effects) => {
    expect(lifeCycleStep(state, event, timing)).toEqual({ state: next, effects });
  });

  test('what is not in the table changes nothing', () => {
    const listed = new Set(transitions.map(([, { phase }, { type }]) => `${phase} ${type}`));
    const states = [disconnected, connecting, registered, upgrading, waiting, stopping, stopped];
    const events = [start, accepted, tlsRequired, closedAt(200_000), retryDue, stop, stopTimeout];
    for (const state of states)
      for (const event of events)
        if (!listed.has(`${state.phase} ${event.type}`))
          expect(lifeCycleStep(state, event, timing)).toEqual({ state, effects: [] });
  });
});
