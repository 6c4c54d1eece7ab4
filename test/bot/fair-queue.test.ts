import { expect, test } from 'vitest';
import { FairQueue } from '../../bot/fair-queue.ts';

/** Runs tasks of people, `person + number`, and gives the order in which they were done. */
async function order(...tasks: string[]): Promise<string[]> {
  const done: string[] = [];
  const turns = new FairQueue();
  for (const task of tasks)
    turns.add(task[0]!, async () => {
      await Promise.resolve();
      done.push(task);
    });
  await turns.done();
  return done;
}

test('what one person asks for is done in the order asked', async () => {
  expect(await order('a1', 'a2', 'a3')).toEqual(['a1', 'a2', 'a3']);
});

test('people take turns: somebody with one wish does not wait for somebody with many', async () => {
  // The first begins before the others are heard.
  expect(await order('a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2')).toEqual([
    'a1',
    'a2',
    'b1',
    'c1',
    'a3',
    'b2',
    'a4',
  ]);
});

test('what has to be alone waits for all before it, and all after it wait', async () => {
  const turns = new FairQueue();
  const [running, seen]: [Set<string>, string[]] = [new Set(), []];
  const add = (name: string, isAlone: boolean) =>
    turns.add(
      'a',
      async () => {
        running.add(name);
        seen.push([...running].join('+'));
        await new Promise(setImmediate);
        running.delete(name);
      },
      { isAlone },
    );
  for (const name of ['1', '2', '3']) add(name, false);
  add('alone', true);
  for (const name of ['4', '5']) add(name, false);
  await turns.done();
  expect(seen).toEqual(['1', '1+2', '1+2+3', 'alone', '4', '4+5']);
  expect(running.size).toBe(0);
});

test('not too much is in work together', async () => {
  const turns = new FairQueue();
  let [running, most] = [0, 0];
  for (let i = 0; i < 200; i++)
    turns.add(
      `person ${i % 3}`,
      async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
      },
      { isAlone: false },
    );
  await turns.done();
  expect(most).toBe(32);
});

test('two things that have to be alone are never done at once', async () => {
  let running = 0;
  const turns = new FairQueue();
  for (let i = 0; i < 20; i++)
    turns.add(`person ${i % 3}`, async () => {
      expect(++running).toBe(1);
      await new Promise(setImmediate);
      running--;
    });
  await turns.done();
});

test('nothing is left lying, at whatever moment it is asked for', async () => {
  for (let delay = 0; delay < 20; delay++) {
    const turns = new FairQueue();
    const done: string[] = [];
    turns.add('a', () => Promise.resolve(void done.push('first')));
    for (let tick = 0; tick < delay; tick++) await Promise.resolve();
    turns.add('a', () => Promise.resolve(void done.push('second')));
    await new Promise(setImmediate);
    expect([delay, ...done]).toEqual([delay, 'first', 'second']);
  }
});

test('it goes on after everything was done', async () => {
  const turns = new FairQueue();
  const done: number[] = [];
  for (let i = 0; i < 2; i++) {
    turns.add('a', () => Promise.resolve(void done.push(i)));
    await turns.done();
  }
  expect(done).toEqual([0, 1]);
});
