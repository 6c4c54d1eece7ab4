import { expect, onTestFinished, test, vi } from 'vitest';
import { Maintenance, quietBeforePacking } from '../../../schedule-data/git/maintenance.ts';

test.each([
  [1, Infinity],
  [99, Infinity],
  [100, 60_000],
  [499, 60_000],
  [500, 2000],
  [999, 2000],
  [1000, 0],
  [50_000, 0],
])('after %i commits it is packed when nothing was committed for %s ms', (commits, quiet) => {
  expect(quietBeforePacking(commits)).toBe(quiet);
});

test('it is packed in the first quiet moment, and on a busy day without one, once at a time', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let began = 0;
  let end = Promise.withResolvers<void>();
  const errors: unknown[] = [];
  const maintenance = new Maintenance(
    () => {
      began++;
      return end.promise;
    },
    (error) => errors.push(error),
  );
  const commit = async (count: number) => {
    for (let made = 0; made < count; made++) {
      maintenance.changed();
      await vi.advanceTimersByTimeAsync(1);
    }
  };
  // What was there before the start may be much: one commit is enough.
  await commit(1);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(began).toBe(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(began).toBe(1);
  await commit(3000);
  expect(began).toBe(1);
  end.resolve();
  end = Promise.withResolvers();
  await vi.advanceTimersByTimeAsync(1);
  expect(began).toBe(2);
  end.reject(new Error('the disk is full'));
  end = Promise.withResolvers();
  await commit(999);
  expect([began, errors]).toEqual([2, [new Error('the disk is full')]]);
  await commit(1);
  expect(began).toBe(3);
  end.resolve();
  await commit(600);
  maintenance.close();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(began).toBe(3);
});
