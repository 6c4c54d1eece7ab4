/** How soon readers see what is said: from the built-in server, from any other host, and among many. */
import { mkdirSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { IrcPerson } from '../test/support/irc-client.ts';
import { startIrcServer } from '../test/support/irc-server.ts';
import { Service } from '../test/support/service.ts';
import { startStaticHost } from '../test/support/static-host.ts';
import { median, ms, percentile, report, timings } from './measure.ts';
import { waitForFile } from './wait-for-file.ts';
import { launchBrowser } from '../test/support/browser.ts';

const channel = '#ptg';
const listeners = 1000;

/** Says a new topic of a track; gives the text, which is like no other. */
type Say = () => string;

export async function benchReaders(folder: string, repository: string): Promise<void> {
  const irc = await startIrcServer();
  const output = join(folder, 'readers-www');
  mkdirSync(output, { recursive: true });
  const ada = await IrcPerson.connect(irc.port, 'ada');
  await ada.join(channel);
  const config = {
    irc: { server: '127.0.0.1', port: irc.port, tls: false, channel },
    data: { repository },
    site: { output, listen: '127.0.0.1:0' },
  };
  const service = new Service(folder, config, 'start');
  const host = await startStaticHost(output);
  const browser = await launchBrowser();
  try {
    await ada.waitFor(/ptgbot.* JOIN /);
    const line = await service.waitFor(service.log, /the page is at/);
    const url = /http:[^" ]+/.exec(line)?.[0] ?? '';
    let count = 0;
    const track = await firstTrack(browser, url);
    const say = () => {
      count += 1;
      const topic = `said-${count}-`;
      ada.say(channel, `#${track} now ${topic}`);
      return topic;
    };
    const alone = await seen(browser, url, say, { pages: 1, lines: 100, pause: 200 });
    report('IRC line → visible in an open browser, p50', ms(median(alone)));
    const p95 = percentile(alone, 0.95);
    report('IRC line → visible in an open browser, p95', ms(p95), '≤ 300 ms', p95 <= 300);
    const polled = await seen(browser, host.url, say, { pages: 8, lines: 8, pause: 1300 });
    const slow = percentile(polled, 0.95);
    report('… from a plain static host, p95', ms(slow), '≤ 10500 ms', slow <= 10_500);
    await crowd(url, join(output, 'index.html'), say);
  } finally {
    await browser.close();
    await host.close();
    await service.kill();
    await irc.stop();
  }
}

async function firstTrack(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  await page.goto(url);
  const track = await page.locator('[data-track]').first().getAttribute('data-track');
  await page.close();
  return track ?? '';
}

/** Milliseconds from each line until each of some pages, opened one after the other, shows it. */
async function seen(
  browser: Browser,
  url: string,
  say: Say,
  { pages: count, lines, pause }: { pages: number; lines: number; pause: number },
): Promise<number[]> {
  const arrived = new Map<string, PromiseWithResolvers<number>>();
  const pages = [];
  for (let index = 0; index < count; index += 1) {
    const page = await browser.newPage();
    await page.exposeFunction('shows', (text: string) =>
      arrived.get(`${index} ${text}`)?.resolve(performance.now()),
    );
    await page.goto(url);
    await page.evaluate(() => {
      const known = new Set<string>();
      new MutationObserver(() => {
        const board = document.querySelector('.now')?.textContent ?? '';
        for (const [text] of board.matchAll(/said-\d+-/g)) {
          if (known.has(text)) continue;
          known.add(text);
          void (globalThis as unknown as { shows(text: string): void }).shows(text);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    pages.push(page);
    if (count > 1) await setTimeout(10_000 / count);
  }
  await setTimeout(1000);
  const times: number[] = [];
  for (let run = 0; run < lines; run += 1) {
    const begin = performance.now();
    const topic = say();
    const waits = pages.map((_, index) => {
      const wait = Promise.withResolvers<number>();
      arrived.set(`${index} ${topic}`, wait);
      return wait.promise;
    });
    for (const end of await Promise.all(waits)) times.push(end - begin);
    await setTimeout(pause);
  }
  for (const page of pages) await page.close();
  return times;
}

const shown = (page: string, topic: string) =>
  timings(1, () => waitForFile(page, (text) => text.includes(topic)));

/** Many readers on the push stream: how soon the last of them is told, and what that costs. */
async function crowd(url: string, onDisk: string, say: Say): Promise<void> {
  const commands = async () => {
    const times: number[] = [];
    for (let run = 0; run < 50; run += 1) {
      times.push(...(await shown(onDisk, say())));
      await setTimeout(100);
    }
    return median(times);
  };
  const alone = await commands();
  let told = 0;
  let all = Promise.withResolvers<number>();
  const streams: IncomingMessage[] = [];
  for (let index = 0; index < listeners; index += 1)
    streams.push(
      await new Promise<IncomingMessage>((resolve, reject) =>
        get(`${url}revision.json`, { headers: { Accept: 'text/event-stream' } }, resolve).on(
          'error',
          reject,
        ),
      ),
    );
  await setTimeout(1000);
  for (const stream of streams)
    stream
      .on('error', () => undefined)
      .on('data', (data: Buffer) => {
        if (!data.includes('data: ')) return;
        told += 1;
        if (told === listeners) all.resolve(performance.now());
      });
  // What each was told when it came.
  await setTimeout(1000);
  const times: number[] = [];
  for (let run = 0; run < 20; run += 1) {
    told = 0;
    all = Promise.withResolvers();
    const begin = performance.now();
    say();
    times.push((await all.promise) - begin);
    await setTimeout(200);
  }
  const slowest = Math.max(...times);
  report(
    `IRC line → the last of ${listeners} listeners is told`,
    ms(slowest),
    '≤ 1000 ms',
    slowest <= 1000,
  );
  const among = await commands();
  report(
    'IRC line → page on disk with and without listeners, ratio',
    (among / alone).toFixed(2),
    '≤ 1.5',
    among / alone <= 1.5,
  );
  for (const stream of streams) stream.destroy();
}
