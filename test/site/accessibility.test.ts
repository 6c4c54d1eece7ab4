/** Every kind of page, in a browser: axe, no width of its own, no complaint, also without scripts. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openPublisher } from '../../site/publish.ts';
import { loadRenderer } from '../../site/renderer/load.ts';
import { planSite } from '../../site/renderer/render.ts';
import { startServer, type SiteServer } from '../../site/server/server.ts';
import { snapshot } from './build.ts';
import { gathering } from './gathering.ts';

let browser: Browser;
let folder: string;
const events = {
  'a large event': { server: undefined as SiteServer | undefined, pages: [] as string[] },
  'an event without anything': {
    server: undefined as SiteServer | undefined,
    pages: [] as string[],
  },
};

/** One page of each kind: those of one folder are made by one template. */
function oneOfEach(files: Iterable<string>): string[] {
  const kinds = new Map<string, string>();
  for (const file of files)
    if (file.endsWith('.html')) kinds.set(file.replace(/^(\w+)\/[^/]+\//, '$1/*/'), file);
  return [...kinds.values()].map((file) => file.replace(/(^|\/)index\.html$/, '$1'));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptgbot-accessibility-'));
  const renderer = await loadRenderer(inject('renderer'));
  const problem = {
    path: 'tracks/nova.yaml',
    line: 4,
    message: 'expected a colour',
    author: 'gibi',
  };
  const presence = [{ nick: 'ada', track: 'nova', since: '2018-09-12T20:07:00Z' }];
  for (const [name, content] of [
    ['a large event', snapshot(gathering(), [problem], presence)],
    ['an event without anything', snapshot({})],
  ] as const) {
    const directory = join(folder, String(content.commit));
    const options = { site: 'https://ptg.example.org', base: '/' };
    const plan = await planSite(renderer, content, options);
    const { problems } = await (await openPublisher(directory)).publish(content, plan);
    expect(problems).toEqual([]);
    events[name].server = await startServer({ directory, listen: '127.0.0.1:0' });
    events[name].pages = oneOfEach(plan.files.map(({ paths }) => paths[0]));
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
});
afterAll(async () => {
  await browser?.close();
  for (const { server } of Object.values(events)) await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
type Axe = { run(options: RunOptions): Promise<AxeResults> };

async function faults(page: Page) {
  await page.evaluate(await readFile(axe, 'utf8'));
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]);
}

describe.each(['a large event', 'an event without anything'] as const)(
  'every page of %s',
  (event) => {
    it('is one of several kinds', () => {
      expect(events[event].pages).toEqual(
        expect.arrayContaining(['', 'etherpads.html', 'links.html', 'help.html', '404.html']),
      );
    });

    describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
      it.each([320, 1280])(
        'has no fault that axe knows of, and fits, %i pixels wide',
        async (width) => {
          const { server, pages } = events[event];
          const context = await browser.newContext({
            colorScheme,
            viewport: { width, height: 800 },
          });
          await context.clock.install({ time: new Date('2018-09-12T20:10:00Z') });
          for (const path of pages) {
            const page = await context.newPage();
            const complaints: string[] = [];
            page.on('console', (message) => complaints.push(message.text()));
            page.on('pageerror', (error) => complaints.push(error.message));
            await page.goto(server!.url + path);
            await page.locator('#live:not([hidden])').waitFor();
            const size = await page.evaluate(
              () => document.documentElement.scrollWidth <= innerWidth,
            );
            expect({ path, faults: await faults(page), complaints, fits: size }).toEqual({
              path,
              faults: [],
              complaints: [],
              fits: true,
            });
            await page.close();
          }
          await context.close();
        },
      );
    });
  },
);

it('every page has one main heading and says something without scripts', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const { server, pages } of Object.values(events))
    for (const path of pages) {
      await page.goto(server!.url + path);
      expect(await page.locator('h1:visible').count(), path).toBe(1);
      expect((await page.locator('main').innerText()).length, path).toBeGreaterThan(40);
    }
  await context.close();
});
