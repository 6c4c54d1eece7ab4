import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { Publisher } from '../../../site/publish/publisher.ts';
import type { Revision } from '../../../site/view/revision.ts';
import { loadRenderer } from '../../../site/render/load.ts';
import { startSiteWatcher, type Log, type SiteWatcher } from '../../../site/publish/watcher.ts';
import { snapshot } from '../../support/build-site.ts';

let output: string;
let published: string[];
let logged: string[];
/** Milliseconds that publishing takes longer. */
let slow: number;
let watcher: SiteWatcher;

const log: Log = {
  info: (_, message) => logged.push(message),
  warn: (_, message) => logged.push(message),
  error: (_, message) => logged.push(message),
};

beforeEach(async () => {
  output = await mkdtemp(join(tmpdir(), 'ptgbot-watcher-'));
  [published, logged, slow] = [[], [], 0];
  const publisher = await Publisher.open(output);
  const noting: Pick<Publisher, 'publish'> = {
    publish: async (snapshot, site) => {
      if (slow) await sleep(slow);
      const done = await publisher.publish(snapshot, site);
      published.push(snapshot.commit);
      return done;
    },
  };
  const renderer = await loadRenderer(inject('renderer'));
  watcher = startSiteWatcher({ renderer, publisher: noting, log, retryAfter: 20 });
});
afterEach(async () => {
  await watcher.close();
  await rm(output, { recursive: true, force: true });
});

/** Looks at once: a moment later it may be the next one. */
const shown = () => {
  const path = join(output, 'revision.json');
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as Revision).commit;
};

test('publishes a snapshot and tells when it is there', async () => {
  const one = snapshot({ tracks: { nova: { now: { topic: 'cells' } } } });
  await watcher.publish(one);
  expect(shown()).toBe(one.commit);
  expect(await readFile(join(output, 'ptg.html'), 'utf8')).toContain('cells');
  expect(logged).toEqual(['published']);
});

test('skips what is outdated before its turn comes, and still answers everybody', async () => {
  const [first, second, third, last] = [snapshot({}), snapshot({}), snapshot({}), snapshot({})];
  const seen: unknown[] = [];
  await Promise.all(
    [first, second, third, last].map(async (one) => {
      await watcher.publish(one);
      seen.push(shown());
    }),
  );
  expect(published).toEqual([first.commit, last.commit]);
  expect(seen).toEqual([first.commit, last.commit, last.commit, last.commit]);
});

test('says that publishing failed, and tries again by itself', async () => {
  const one = snapshot({});
  // Where contents are put aside stands a file, until the publisher clears it away.
  await writeFile(join(output, '.ptgbot-aside'), '');
  await expect(watcher.publish(one)).rejects.toThrow("The site can't be written");
  expect(logged).toEqual(['the site could not be published']);
  await expect.poll(shown).toBe(one.commit);
});

test('does not go back to one that failed when a newer one is published', async () => {
  const [first, second] = [snapshot({}), snapshot({})];
  await writeFile(join(output, '.ptgbot-aside'), '');
  const failing = watcher.publish(first);
  const newer = watcher.publish(second);
  await expect(failing).rejects.toThrow("The site can't be written");
  await newer;
  await sleep(60);
  expect(published).toEqual([second.commit]);
});

test('leaves most of the time to others where the site changes all the time', async () => {
  slow = 50;
  let last = snapshot({});
  for (const end = performance.now() + 1000; performance.now() < end; await sleep(2)) {
    last = snapshot({});
    void watcher.publish(last);
  }
  // One in 100 ms or more; without a rest there were 20.
  expect(published.length).toBeLessThan(15);
  await watcher.publish(last);
  expect(published.at(-1)).toBe(last.commit);
});

test('does not keep a change waiting as long as a big site before it took', async () => {
  slow = 600;
  await watcher.publish(snapshot({}));
  slow = 0;
  const begin = performance.now();
  await watcher.publish(snapshot({}));
  expect(performance.now() - begin).toBeLessThan(600);
});

test('publishes nothing after it was closed', async () => {
  const one = snapshot({});
  const pending = watcher.publish(one);
  await watcher.close();
  await pending;
  await watcher.publish(snapshot({}));
  expect(published).toEqual([one.commit]);
});
