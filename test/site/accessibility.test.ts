/** Every kind of page, in a browser: axe, no width of its own, no complaint, also without scripts. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { snapshot } from './build.ts';
import { gathering } from './gathering.ts';
import { launchBrowser } from '../support/browser.ts';
import { serveSite, type ServedSite } from './served.ts';

let browser: Browser;
const sites = new Map<string, ServedSite>();
const site = (name: string) => sites.get(name)!;

beforeAll(async () => {
  const problem = { path: 'tracks/nova.yaml', line: 4, message: 'expected more', author: 'gibi' };
  const presence = [{ nick: 'ada', track: 'nova', since: '2018-09-12T20:07:00Z' }];
  const contents = {
    'a large event': snapshot(gathering(), [problem], presence),
    'an event without anything': snapshot({}),
  };
  for (const [name, content] of Object.entries(contents))
    sites.set(name, await serveSite(inject('renderer'), content));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const one of sites.values()) await one.close();
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

describe.each(['a large event', 'an event without anything'])('every page of %s', (name) => {
  it('is one of several kinds', () => {
    expect(site(name).kinds).toEqual(
      expect.arrayContaining(['', 'etherpads.html', 'signage.html', 'help.html', '404.html']),
    );
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([320, 1280])(
      'has no fault that axe knows of, and fits, %i pixels wide',
      async (width) => {
        const { url, kinds } = site(name);
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
        await context.clock.install({ time: new Date('2018-09-12T20:10:00Z') });
        for (const path of kinds) {
          const page = await context.newPage();
          const complaints: string[] = [];
          page.on('console', (message) => complaints.push(message.text()));
          page.on('pageerror', (error) => complaints.push(error.message));
          await page.goto(url + path);
          await page.locator('#live:not([hidden])').waitFor({ state: 'attached' });
          const fits = await page.evaluate(
            () => document.documentElement.scrollWidth <= innerWidth,
          );
          const found = { path, faults: await faults(page), complaints, fits };
          expect(found).toEqual({ path, faults: [], complaints: [], fits: true });
          await page.close();
        }
        await context.close();
      },
      180_000,
    );
  });
});

it('every page has one main heading and says something without scripts', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const { url, kinds } of sites.values())
    for (const path of kinds) {
      await page.goto(url + path);
      expect(await page.locator('h1:visible').count(), path).toBe(1);
      expect((await page.locator('main').innerText()).length, path).toBeGreaterThan(40);
    }
  await context.close();
});
