/**
 * outgoing/ is what waits to be said, on any network: whose turn it is, and how fast. It never knows
 * how a network sends it. This file: the outbox that an adapter uses.
 */

import { OutboxQueue, type Line, type Message, type QueueOptions } from './message-queue.ts';
import { fullBucket, spent, tokensAt, waitFor, type Rate } from '../rate-limit/token-bucket.ts';

export interface Outbox {
  /** Says an answer as soon as its turn comes. */
  reply(message: Message): void;
  /** Says what nobody waits for, when there is time; what is older than five minutes is dropped. */
  notice(message: Message): void;
  /** Sends something that counts as a line now, if nothing waits and the rate allows it; else never. */
  sendIfIdle(send: () => void): void;
  /** How many messages wait. */
  readonly waiting: number;
  /** Forgets what waits, and takes nothing more. */
  close(): void;
}

/** Lines that notices leave to replies, which shall go at once even while there is much news. */
const reserved = 2;

/** Sends what is to be said, no faster than the rate allows; at once while it does. */
export function createOutbox(
  rate: Rate,
  send: (line: Line) => void,
  options: QueueOptions,
): Outbox {
  const queue = new OutboxQueue(options);
  let bucket = fullBucket(rate, performance.now());
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const flush = () => {
    timer = undefined;
    const reserve = Math.min(reserved, rate.burst - 1);
    for (;;) {
      const now = performance.now();
      const tokens = tokensAt(bucket, rate, now);
      const line = tokens < 1 ? undefined : queue.next(now, tokens >= reserve + 1);
      if (!line) break;
      bucket = spent(bucket, rate, now);
      send(line);
    }
    if (closed || queue.waiting === 0) return;
    const wanted = queue.waitingReplies > 0 ? 1 : reserve + 1;
    timer = setTimeout(flush, waitFor(wanted, bucket, rate, performance.now()));
  };
  const added = () => {
    clearTimeout(timer);
    flush();
  };

  return {
    reply(message) {
      if (closed) return;
      queue.reply(message);
      added();
    },
    notice(message) {
      if (closed) return;
      queue.notice(message, performance.now());
      added();
    },
    sendIfIdle(send) {
      if (closed || queue.waiting > 0) return;
      const now = performance.now();
      if (tokensAt(bucket, rate, now) < 1) return;
      bucket = spent(bucket, rate, now);
      send();
    },
    get waiting() {
      return queue.waiting;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      queue.clear();
    },
  };
}
