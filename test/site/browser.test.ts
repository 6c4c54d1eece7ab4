import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openPublisher } from '../../site/publish.ts';
import { loadRenderer } from '../../site/renderer/load.ts';
import { planSite, type SiteContent } from '../../site/renderer/render.ts';
import { startServer, type SiteServer } from '../../site/server/server.ts';
import { snapshot } from './build.ts';
import { discussed, gathered, gathering } from './gathering.ts';
import { launchBrowser } from '../support/browser.ts';

let browser: Browser;
let folder: string;
let server: SiteServer;
let publish: (content: SiteContent) => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptgbot-browser-'));
  const renderer = await loadRenderer(inject('renderer'));
  const publisher = await openPublisher(folder);
  publish = async (snapshot) => {
    const { problems } = await publisher.publish(snapshot, await planSite(renderer, snapshot));
    expect(problems).toEqual([]);
    await server?.tell();
  };
  await publish(snapshot({}));
  server = await startServer({ directory: folder, listen: '127.0.0.1:0' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a page, by default the main one, at a moment of the event; `complaints` are what the browser had to say. */
async function open(options: BrowserContextOptions = {}, path = '') {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) complaints.push(`request: ${request.url()}`);
  });
  await page.clock.install({ time: new Date('2018-09-12T20:10:00Z') });
  await page.goto(server.url + path);
  if (options.javaScriptEnabled !== false) await page.locator('#live:not([hidden])').waitFor();
  return { page, complaints, close: () => context.close() };
}

describe('the page in a browser', () => {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  const faults = async (page: Page) => {
    await page.evaluate(await readFile(axe, 'utf8'));
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    return violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]);
  };
  const problem = {
    path: 'tracks/nova.yaml',
    line: 4,
    message: 'expected a colour',
    author: 'gibi',
  };

  it.each([
    ['wide and light', { viewport: { width: 1440, height: 900 } }],
    ['wide and dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const }],
    ['narrow and light', { viewport: { width: 320, height: 700 } }],
    ['narrow and dark', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' as const }],
  ])('has no fault that axe knows of, %s', async (_, options) => {
    await publish(snapshot(gathering(), [problem], gathered, discussed()));
    for (const path of ['', 'tracks/nova/', 'tracks/qa/']) {
      const { page, complaints, close } = await open(options, path);
      expect(await faults(page), path).toEqual([]);
      const fits = () => document.documentElement.scrollWidth <= innerWidth;
      expect(await page.evaluate(fits), path).toBe(true);
      expect(complaints, path).toEqual([]);
      await close();
    }
  });

  it('scrolls a day of many slots by itself, the names of the rooms staying in view', async () => {
    const slots = [...'ABCDEFGHIJKL'].map((name) => ({ name, start: '09:00', end: '10:00' }));
    const days = [{ name: 'Monday', date: '2018-09-12', slots }];
    await publish(snapshot({ event: { days }, rooms: { aspen: { name: 'Aspen' } } }));
    const { page, close } = await open({ viewport: { width: 900, height: 700 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
    const room = page.getByRole('columnheader', { name: 'Aspen' });
    const before = await room.boundingBox();
    await page.locator('.sheet').evaluate((sheet) => (sheet.scrollLeft = 300));
    expect(await room.boundingBox()).toEqual(before);
    expect(await faults(page)).toEqual([]);
    await close();
  });

  it.each([
    ['wide', 1440],
    ['narrow', 390],
  ])('is a table of slots and rooms to screen readers, %s', async (_, width) => {
    await publish(snapshot(gathering()));
    const { page, close } = await open({ viewport: { width, height: 900 } });
    const table = page.getByRole('table', { name: /Wednesday/ });
    await expect.poll(() => table.getByRole('row').count()).toBe(5);
    expect(await table.getByRole('columnheader').count()).toBe(23);
    expect(await table.getByRole('rowheader').count()).toBe(4);
    await close();
  });

  it('puts rooms in rows and slots in columns where it is wide, and lists them where it is narrow', async () => {
    await publish(snapshot(gathering()));
    const boxes = async (width: number) => {
      const { page, close } = await open({
        javaScriptEnabled: false,
        viewport: { width, height: 900 },
      });
      const cell = (row: number, column: number) =>
        page
          .locator(`#day-wednesday tbody tr:nth-child(${row}) > :nth-child(${column})`)
          .boundingBox();
      const [firstSlot, secondSlot, nextRoom] = [
        await cell(1, 3),
        await cell(2, 3),
        await cell(1, 4),
      ];
      await close();
      return { firstSlot, secondSlot, nextRoom };
    };
    const wide = await boxes(1200);
    expect(wide.firstSlot?.y).toBe(wide.secondSlot?.y);
    expect(wide.firstSlot?.x).toBeLessThan(wide.secondSlot?.x ?? 0);
    expect(wide.nextRoom?.y).toBeGreaterThan(wide.firstSlot?.y ?? 0);
    const narrow = await boxes(390);
    expect(narrow.firstSlot?.x).toBe(narrow.secondSlot?.x);
    expect(narrow.nextRoom?.y).toBeGreaterThan(narrow.firstSlot?.y ?? 0);
    expect(narrow.secondSlot?.y).toBeGreaterThan(narrow.nextRoom?.y ?? 0);
  });

  it('shows everything without JavaScript', async () => {
    await publish(snapshot(gathering()));
    const { page, close } = await open({ javaScriptEnabled: false });
    for (const day of ['monday', 'friday'])
      expect(await page.locator(`#day-${day} table`).isVisible()).toBe(true);
    expect(await page.getByText('multi-attach with #cinder').isVisible()).toBe(true);
    await close();
  });
});

describe('the page of a track in a browser', () => {
  const topics = (page: Page) => page.locator('.log .said').allInnerTexts();

  it('shows everything without JavaScript, the newest first', async () => {
    await publish(snapshot(gathering(), [], gathered, discussed()));
    const { page, close } = await open({ javaScriptEnabled: false }, 'tracks/nova/');
    expect(await page.locator('.topic').innerText()).toBe('multi-attach with #cinder');
    expect((await topics(page)).slice(0, 2)).toEqual([
      'multi-attach with #cinder',
      expect.stringContaining('and #cinder'),
    ]);
    await page.getByText('3 here').click();
    expect(await page.getByText('efried', { exact: true }).first().isVisible()).toBe(true);
    await close();
  });

  it('is where badges and mentions lead, and former names', async () => {
    await publish(snapshot(gathering(), [], gathered, discussed()));
    const { page, complaints, close } = await open();
    await page.locator('#now-nova').getByRole('link', { name: '#cinder' }).click();
    expect(new URL(page.url()).pathname).toBe('/tracks/cinder/');
    await page.locator('.next').getByRole('link', { name: '#nova' }).click();
    expect(new URL(page.url()).pathname).toBe('/tracks/nova/');
    expect(complaints).toEqual([]);
    await page.goto(`${server.url}tracks/compute/`);
    await page.waitForURL('**/tracks/nova/');
    await close();
  });

  it('adds to its log what is said, and marks it', async () => {
    const plain = gathering();
    await publish(snapshot(plain, [], gathered, discussed()));
    const { page, close } = await open({}, 'tracks/nova/');
    const before = (await topics(page)).length;
    // A mark is there for two seconds only.
    await page.evaluate(() => {
      const marked: string[] = Object.assign(window, { marked: [] as string[] }).marked;
      new MutationObserver((changes) => {
        for (const { target } of changes)
          if (target instanceof Element && target.matches('.log .changed'))
            marked.push(target.querySelector('.said')?.textContent?.trim() ?? '');
      }).observe(document.body, { subtree: true, attributeFilter: ['class'] });
    });
    const now = { topic: 'cells, again', since: '2018-09-12T20:10:00Z', by: 'gibi' };
    const nova = { ...(plain.tracks.nova as object), now };
    const log = [...discussed().get('nova')!, { ...now, commit: '' }];
    const tracks = { ...plain.tracks, nova };
    await publish(snapshot({ ...plain, tracks }, [], gathered, new Map([['nova', log]])));
    await expect.poll(() => page.locator('.topic').innerText()).toBe('cells, again');
    expect((await topics(page))[0]).toBe('cells, again');
    expect(await topics(page)).toHaveLength(before + 1);
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { marked: string[] }).marked))
      .toContain('cells, again');
    await close();
  });
});
