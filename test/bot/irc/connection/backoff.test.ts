import { expect, test } from 'vitest';
import { backoffSeconds } from '../../../../bot/irc/connection/backoff.ts';

const backoff = { firstSeconds: 1, capSeconds: 60 };

test('waits double from try to try up to the cap', () => {
  const waits = Array.from({ length: 9 }, (_, attempt) => backoffSeconds(attempt, 1, backoff));
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('chance takes away at most half of the wait', () => {
  expect(backoffSeconds(3, 0, backoff)).toBe(4);
  expect(backoffSeconds(3, 0.5, backoff)).toBe(6);
});

test('the millionth try waits no longer than the cap', () => {
  expect(backoffSeconds(1_000_000, 1, backoff)).toBe(60);
});
