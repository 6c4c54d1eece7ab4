import { expect, test } from 'vitest';
import { inArrivalOrder } from '../../../../bot/irc/incoming/in-order.ts';

test('what needs no waiting is handed on at once', () => {
  const got: number[] = [];
  const add = inArrivalOrder<number>((thing) => got.push(thing));
  add(1);
  add(2);
  expect(got).toEqual([1, 2]);
});

test('what comes after something that waits stays behind it, whichever is ready first', async () => {
  const got: number[] = [];
  const add = inArrivalOrder<number>((thing) => got.push(thing));
  const [first, second] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  add(first.promise);
  add(2);
  add(second.promise);
  add(4);
  second.resolve(3);
  await second.promise;
  expect(got).toEqual([]);
  first.resolve(1);
  await expect.poll(() => got).toEqual([1, 2, 3, 4]);
  add(5);
  expect(got).toEqual([1, 2, 3, 4, 5]);
});
