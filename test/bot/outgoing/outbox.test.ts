import { describe, expect, test } from 'vitest';
import { OutboxQueue } from '../../../bot/outgoing/message-queue.ts';
import { createOutbox } from '../../../bot/outgoing/outbox.ts';
import { fullBucket, spent, tokensAt, waitFor } from '../../../bot/rate-limit/token-bucket.ts';

const usual = { burst: 5, intervalSeconds: 2 };
const never = { burst: 3, intervalSeconds: 3600 };
const unlimited = { burst: 1, intervalSeconds: 0 };
const minutes = 60_000;

describe('the token bucket', () => {
  const empty = { tokens: 0, at: 0 };

  test('lets a burst through, then nothing', () => {
    let bucket = fullBucket(usual, 0);
    for (let line = 0; line < 5; line++) bucket = spent(bucket, usual, 0);
    expect(Math.floor(tokensAt(bucket, usual, 1999))).toBe(0);
    expect(waitFor(1, bucket, usual, 0)).toBe(2000);
  });

  test.each([
    [2000, 1],
    [7000, 3],
    [1e9, 5],
  ])('after %i ms without a line it has %i tokens', (now, tokens) => {
    expect(Math.floor(tokensAt(empty, usual, now))).toBe(tokens);
  });

  test('gives the same tokens however often it is asked', () => {
    let bucket = empty;
    let lines = 0;
    for (let now = 0; now <= 20_000; now += 7) {
      if (tokensAt(bucket, usual, now) < 1) continue;
      bucket = spent(bucket, usual, now);
      lines++;
    }
    expect(lines).toBe(9);
  });

  test('a clock that goes back gives and takes nothing', () => {
    expect(Math.floor(tokensAt({ tokens: 1, at: 5000 }, usual, 1000))).toBe(1);
  });

  test('an interval of 0 is no limit', () => {
    expect(tokensAt(spent(empty, unlimited, 0), unlimited, 0)).toBe(Infinity);
  });
});

/** All lines that come out of a queue, as `target> text`. */
function drained(queue: OutboxQueue, now = 0): string[] {
  const lines = [];
  for (let line; (line = queue.next(now, true));) lines.push(`${line.target}> ${line.text}`);
  return lines;
}

const queueOf = (limit = 400) => new OutboxQueue({ limit: () => limit, tooFast: 'too fast' });

describe('what waits to be said', () => {
  test('replies overtake notices', () => {
    const queue = queueOf();
    queue.notice({ target: 'ann', text: 'news' }, 0);
    queue.reply({ target: '#ptg', to: 'bob', text: 'done' });
    expect(drained(queue)).toEqual(['#ptg> bob: done', 'ann> news']);
  });

  test('replies to one target share a line, each with the nick of whom it answers', () => {
    const queue = queueOf();
    queue.reply({ target: '#ptg', to: 'ann', text: 'one' });
    queue.reply({ target: '#ptg', to: 'ann', text: 'two' });
    queue.reply({ target: '#ptg', to: 'bob', text: 'three' });
    queue.reply({ target: 'bob', to: 'bob', text: 'in private' });
    expect(drained(queue)).toEqual(['#ptg> ann: one · two · bob: three', 'bob> in private']);
  });

  test('a line holds as many as fit into its bytes, in their order', () => {
    const queue = queueOf(20);
    for (const text of ['eleven byte', 'żółw', 'gęś', 'a']) queue.reply({ target: 'ann', text });
    expect(drained(queue)).toEqual(['ann> eleven byte', 'ann> żółw · gęś', 'ann> a']);
  });

  test('a long reply is split between words, and every piece says whom it answers', () => {
    const queue = queueOf(16);
    queue.reply({ target: '#ptg', to: 'ann', text: 'a reply of many words' });
    expect(drained(queue)).toEqual(['#ptg> ann: a reply of', '#ptg> ann: many words']);
  });

  test('people take turns: nobody waits for somebody with much to be told', () => {
    const queue = queueOf(12);
    for (const text of ['1', '2', '3'])
      queue.reply({ target: '#ptg', to: 'ann', text: `long-${text}` });
    queue.reply({ target: '#ptg', to: 'bob', text: 'short' });
    expect(drained(queue)).toEqual([
      '#ptg> ann: long-1',
      '#ptg> bob: short',
      '#ptg> ann: long-2',
      '#ptg> ann: long-3',
    ]);
  });

  test('somebody who is too fast is told once; the answers beyond ten are left out', () => {
    const queue = queueOf(5000);
    for (let i = 1; i <= 200; i++) queue.reply({ target: '#ptg', to: 'ann', text: `r${i}` });
    queue.reply({ target: '#ptg', to: 'bob', text: 'b' });
    expect(drained(queue)).toEqual([
      '#ptg> ann: r1 · r2 · r3 · r4 · r5 · r6 · r7 · r8 · r9 · r10 · too fast · bob: b',
    ]);
    queue.reply({ target: '#ptg', to: 'ann', text: 'later' });
    expect(drained(queue)).toEqual(['#ptg> ann: later']);
  });

  test('notices older than five minutes are dropped', () => {
    const queue = queueOf();
    queue.notice({ target: 'ann', text: 'old' }, 0);
    queue.notice({ target: 'ann', text: 'new' }, 1);
    expect(drained(queue, 5 * minutes)).toEqual(['ann> new']);
  });

  test('however much is said, it takes a bounded memory', () => {
    const queue = queueOf();
    for (let i = 0; i < 20_000; i++) {
      queue.reply({ target: '#ptg', to: `nick${i}`, text: 'x' });
      queue.notice({ target: `nick${i}`, text: 'x' }, 0);
    }
    expect(queue.waiting).toBeLessThan(10_000);
  });
});

describe('the outbox', () => {
  const options = { limit: () => 400, tooFast: 'too fast' };
  const recording = (rate: typeof usual) => {
    const sent: string[] = [];
    const outbox = createOutbox(
      rate,
      ({ target, text }) => sent.push(`${target}> ${text}`),
      options,
    );
    return { sent, outbox };
  };

  test('sends at once while the rate allows, and merges the rest', async () => {
    const { sent, outbox } = recording({ burst: 2, intervalSeconds: 0.05 });
    for (const text of ['1', '2', '3', '4']) outbox.reply({ target: 'ann', text });
    expect(sent).toEqual(['ann> 1', 'ann> 2']);
    await expect.poll(() => sent).toEqual(['ann> 1', 'ann> 2', 'ann> 3 · 4']);
    outbox.close();
  });

  test('keeps two lines for replies, however many notices there are', () => {
    const { sent, outbox } = recording(never);
    for (const target of ['ann', 'bob', 'cat']) outbox.notice({ target, text: 'news' });
    expect(sent).toEqual(['ann> news']);
    outbox.reply({ target: '#ptg', text: 'done' });
    expect(sent).toEqual(['ann> news', '#ptg> done']);
    outbox.close();
  });

  test('notices go out when there is time again', async () => {
    const { sent, outbox } = recording({ burst: 3, intervalSeconds: 0.01 });
    for (const target of ['ann', 'bob', 'cat']) outbox.notice({ target, text: 'news' });
    await expect.poll(() => sent.length).toBe(3);
    outbox.close();
  });

  test('without a limit everything goes at once', () => {
    const { sent, outbox } = recording(unlimited);
    for (let i = 0; i < 1000; i++) outbox.reply({ target: 'ann', text: `${i}` });
    expect(sent).toHaveLength(1000);
    outbox.close();
  });

  test('what can be done without is done only when nothing waits', () => {
    const { sent, outbox } = recording(never);
    let done = 0;
    const act = () => done++;
    for (let i = 0; i < 5; i++) outbox.sendIfIdle(act);
    outbox.reply({ target: 'ann', text: 'x' });
    expect([done, sent]).toEqual([3, []]);
    outbox.close();
  });

  test('says nothing more once it is closed', () => {
    const { sent, outbox } = recording(never);
    outbox.close();
    outbox.reply({ target: 'ann', text: 'x' });
    outbox.notice({ target: 'ann', text: 'x' });
    outbox.sendIfIdle(() => sent.push('x'));
    expect(sent).toEqual([]);
  });
});
