import { describe, expect, test } from 'vitest';
import { createOutbox } from '../../bot/irc/outbox.ts';
import { fullBucket, take } from '../../bot/irc/token-bucket.ts';

const usual = { burst: 5, intervalSeconds: 2 };
const never = { burst: 2, intervalSeconds: 3600 };
const unlimited = { burst: 1, intervalSeconds: 0 };

describe('the token bucket', () => {
  test('lets a burst through, then nothing', () => {
    const first = take(fullBucket(usual, 0), usual, 8, 0);
    expect(first).toMatchObject({ taken: 5, nextIn: 2000 });
    expect(take(first.bucket, usual, 3, 1999)).toMatchObject({ taken: 0, nextIn: 1 });
  });

  test('gives one token each interval', () => {
    const empty = { tokens: 0, at: 0 };
    expect(take(empty, usual, 9, 2000).taken).toBe(1);
    expect(take(empty, usual, 9, 7000)).toMatchObject({ taken: 3, nextIn: 1000 });
  });

  test('saves up no more than a burst', () => {
    expect(take({ tokens: 0, at: 0 }, usual, 99, 1e9).taken).toBe(5);
  });

  test('gives the same tokens however often it is asked', () => {
    let bucket = { tokens: 0, at: 0 };
    let taken = 0;
    for (let now = 0; now <= 20_000; now += 7) {
      const turn = take(bucket, usual, 1, now);
      bucket = turn.bucket;
      taken += turn.taken;
    }
    expect(taken).toBe(9);
  });

  test('a clock that goes back gives and takes nothing', () => {
    expect(take({ tokens: 1, at: 5000 }, usual, 2, 1000).taken).toBe(1);
  });

  test('an interval of 0 is no limit', () => {
    expect(take(fullBucket(unlimited, 0), unlimited, 1000, 0).taken).toBe(1000);
  });
});

describe('the outbox', () => {
  test('sends at once while the rate allows, and keeps the rest', () => {
    const sent: number[] = [];
    const outbox = createOutbox<number>(never, (line) => sent.push(line));
    for (let line = 1; line <= 5; line++) outbox.add(line);
    expect(sent).toEqual([1, 2]);
    expect(outbox.waiting).toBe(3);
    outbox.close();
  });

  test('sends what waits in order as tokens come', async () => {
    const sent: number[] = [];
    const done = Promise.withResolvers<void>();
    const outbox = createOutbox<number>({ burst: 2, intervalSeconds: 0.002 }, (line) => {
      sent.push(line);
      if (line === 9) done.resolve();
    });
    for (let line = 1; line <= 9; line++) outbox.add(line);
    await done.promise;
    expect(sent).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a flood drops the oldest line that waits and never grows beyond the capacity', () => {
    const dropped: number[] = [];
    const outbox = createOutbox<number>(never, () => {}, {
      capacity: 3,
      onDropped: (line) => dropped.push(line),
    });
    for (let line = 1; line <= 8; line++) outbox.add(line);
    expect(dropped).toEqual([3, 4, 5]);
    expect(outbox.waiting).toBe(3);
    outbox.close();
  });

  test('without a limit nothing ever waits', () => {
    const sent: number[] = [];
    const outbox = createOutbox<number>(unlimited, (line) => sent.push(line), { capacity: 1 });
    for (let line = 0; line < 1000; line++) outbox.add(line);
    expect(sent).toHaveLength(1000);
  });

  test('once closed it forgets what waits and takes nothing more', () => {
    const sent: number[] = [];
    const outbox = createOutbox<number>(never, (line) => sent.push(line));
    for (let line = 1; line <= 5; line++) outbox.add(line);
    outbox.close();
    outbox.add(6);
    expect(outbox.waiting).toBe(0);
    expect(sent).toEqual([1, 2]);
  });
});
