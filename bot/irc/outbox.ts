import { fullBucket, take, type Rate } from './token-bucket.ts';

export interface Outbox<Line> {
  /** Sends the line when its turn comes; with a full queue the oldest waiting line is given up. */
  add(line: Line): void;
  /** Lines that wait. */
  readonly waiting: number;
  /** Forgets what waits, and takes nothing more. */
  close(): void;
}

/**
 * Sends lines in the order given, no faster than the rate allows.
 *
 * @param send is called inside `add` while the rate allows it, else from a timer
 * @param capacity how many lines may wait
 */
export function createOutbox<Line>(
  rate: Rate,
  send: (line: Line) => void,
  { capacity = 200, onDropped }: { capacity?: number; onDropped?: (line: Line) => void } = {},
): Outbox<Line> {
  const queue: Line[] = [];
  let bucket = fullBucket(rate, performance.now());
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const flush = () => {
    timer = undefined;
    const turn = take(bucket, rate, queue.length, performance.now());
    bucket = turn.bucket;
    for (const line of queue.splice(0, turn.taken)) send(line);
    if (queue.length > 0 && !closed) timer ??= setTimeout(flush, turn.nextIn);
  };

  return {
    add(line) {
      if (closed) return;
      queue.push(line);
      if (timer === undefined) flush();
      if (queue.length > capacity) {
        const dropped = queue.shift();
        if (dropped !== undefined) onDropped?.(dropped);
      }
    },
    get waiting() {
      return queue.length;
    },
    close() {
      closed = true;
      queue.length = 0;
      clearTimeout(timer);
    },
  };
}
