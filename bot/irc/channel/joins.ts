/**
 * channel/ is our place in channels: joining, invitations, topics. It never knows who else is there.
 * This file: when to ask the server to let us in.
 */

import { backoffSeconds, type Backoff } from '../connection/backoff.ts';

interface Attempts {
  count: number;
  joinedAt: number;
  timer?: NodeJS.Timeout | undefined;
}

/** After so long in a channel, earlier failures don't count. */
const stableMilliseconds = 600_000;

/**
 * Gets us into channels and back into them: asks again, ever more slowly, until the server says
 * that we are in. So it does not matter why a join failed, or whether an answer came at all.
 */
export class Joins {
  readonly #sendJoin: (channel: string) => void;
  readonly #backoff: Backoff;
  readonly #attempts = new Map<string, Attempts>();
  #stopped = false;

  /** @param sendJoin sends JOIN once */
  constructor(sendJoin: (channel: string) => void, backoff: Backoff) {
    this.#sendJoin = sendJoin;
    this.#backoff = backoff;
  }

  /** Until `stop` we want to be in this channel. */
  join(channel: string): void {
    this.#ask(channel, this.#of(channel));
  }

  /** We are in. */
  joined(channel: string): void {
    const attempts = this.#of(channel);
    clearTimeout(attempts.timer);
    attempts.joinedAt = performance.now();
  }

  /** We were thrown out. */
  left(channel: string): void {
    const attempts = this.#of(channel);
    if (performance.now() - attempts.joinedAt > stableMilliseconds) attempts.count = 0;
    this.#askLater(channel, attempts);
  }

  stop(): void {
    this.#stopped = true;
    for (const { timer } of this.#attempts.values()) clearTimeout(timer);
    this.#attempts.clear();
  }

  #of(channel: string): Attempts {
    const attempts = this.#attempts.get(channel) ?? { count: 0, joinedAt: performance.now() };
    this.#attempts.set(channel, attempts);
    return attempts;
  }

  #ask(channel: string, attempts: Attempts): void {
    this.#askLater(channel, attempts);
    this.#sendJoin(channel);
  }

  #askLater(channel: string, attempts: Attempts): void {
    const seconds = backoffSeconds(attempts.count++, Math.random(), this.#backoff);
    clearTimeout(attempts.timer);
    if (this.#stopped) return;
    attempts.timer = setTimeout(() => this.#ask(channel, attempts), seconds * 1000);
  }
}
