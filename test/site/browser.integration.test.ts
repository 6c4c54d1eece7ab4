import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/browser.ts';
import {
  duringTheEvent,
  onePageOfEachKind,
  openSite,
  type OpenSite,
} from '../support/open-site.ts';
import { snapshot } from '../support/build-site.ts';
import { discussed, gathered, gathering } from '../support/site-event.ts';

/** As browsers report it; their types don't. */
type LayoutShift = PerformanceEntry & { readonly value: number };

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

describe('the page in a browser', () => {
  test('scrolls a day of many slots by itself, the names of the rooms staying in view', async () => {
    const slots = [...'ABCDEFGHIJKL'].map((name) => ({ name, start: '09:00', end: '10:00' }));
    const days = [{ name: 'Monday', date: '2018-09-12', slots }];
    await site.publish(
      snapshot({ event: { days }, rooms: { aspen: { name: 'Aspen', slots: { A: '' } } } }),
    );
    const { page, leave } = await site.visit({ viewport: { width: 1100, height: 700 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
    const room = page.getByRole('columnheader', { name: 'Aspen' });
    const before = await room.boundingBox();
    await page.locator('.sheet').evaluate((sheet) => (sheet.scrollLeft = 300));
    expect(await room.boundingBox()).toEqual(before);
    expect(await axeFindings(page)).toEqual([]);
    await leave();
  });

  test.each([
    ['wide', 1440],
    ['narrow', 390],
  ])('is a table of slots and rooms to screen readers, %s', async (_, width) => {
    await site.publish(snapshot(gathering()));
    const { page, leave } = await site.visit({ viewport: { width, height: 900 } });
    const table = page.getByRole('table', { name: /Wednesday/ });
    await expect.poll(() => table.getByRole('row').count()).toBe(5);
    expect(await table.getByRole('columnheader').count()).toBe(23);
    expect(await table.getByRole('rowheader').count()).toBe(4);
    await leave();
  });

  test('puts rooms in rows and slots in columns where it is wide, and lists them where it is narrow', async () => {
    await site.publish(snapshot(gathering()));
    const boxes = async (width: number) => {
      const { page, leave } = await site.visit({
        path: '#day-wednesday',
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
      await leave();
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

  test('comes with five things besides itself at most, all of them from its own site', async () => {
    await site.publish(snapshot(gathering()));
    const { requests, complaints, leave } = await site.visit();
    // The page itself once more where it was published while it came.
    expect(new Set(requests).size, requests.join()).toBeLessThanOrEqual(6);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('shows everything without JavaScript', async () => {
    await site.publish(snapshot(gathering()));
    const { page, leave } = await site.visit({ javaScriptEnabled: false });
    for (const day of ['monday', 'friday'])
      expect(await page.locator(`#day-${day} table`).isVisible()).toBe(true);
    expect(await page.getByText('multi-attach with #cinder').isVisible()).toBe(true);
    await leave();
  });
});

describe('while a page loads', () => {
  test.each([
    ['at the event', duringTheEvent, 390, 840, 'America/Denver'],
    ['far away', duringTheEvent, 390, 840, 'Asia/Kolkata'],
    ['when some are late', '2018-09-12T21:10:00Z', 390, 840, 'America/Denver'],
    ['when some are late, on a wide screen', '2018-09-12T21:10:00Z', 1280, 800, 'America/Denver'],
    ['on a wide screen', duringTheEvent, 1280, 800, 'America/Denver'],
    ['after the event', '2018-10-12T20:10:00Z', 1280, 800, 'Asia/Kolkata'],
  ])('nothing jumps, %s', async (_, at, width, height, timezoneId) => {
    await site.publish(snapshot(gathering(), [], gathered, discussed()));
    const { page, leave } = await site.newPage({ at, viewport: { width, height }, timezoneId });
    // Late, so that the browser shows what there is without them.
    await page.route(/\.js$/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await route.continue();
    });
    await page.addInitScript(() => {
      const shifts = Object.assign(window, { shifts: [] as number[] }).shifts;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as LayoutShift).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    for (const path of ['tracks/nova/', 'rooms/aspen/', ...onePageOfEachKind(site.pages())]) {
      await page.goto(`/${path}`);
      await page.locator('html.adapted').waitFor();
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      const shift = await page.evaluate(() =>
        (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
      );
      // Of what can be seen, times the way that it goes; more than 0.1 is what people notice.
      expect({ path, jumps: shift > 0.03 && shift }).toEqual({ path, jumps: false });
    }
    await leave();
  });

  test('everything is shown after a while when its scripts do not come', async () => {
    await site.publish(snapshot(gathering()));
    const { page, leave } = await site.newPage();
    await page.route(/\.js$/, (route) => route.abort());
    await page.goto('/');
    await page.locator('#day-friday table').waitFor();
    await leave();
  });
});

describe('the page of a track in a browser', () => {
  const topics = (page: Page) => page.locator('.log .said').allInnerTexts();

  test('shows everything without JavaScript, the newest first', async () => {
    await site.publish(snapshot(gathering(), [], gathered, discussed()));
    const { page, leave } = await site.visit({ javaScriptEnabled: false, path: 'tracks/nova/' });
    expect(await page.locator('.topic').innerText()).toBe('multi-attach with #cinder');
    expect((await topics(page)).slice(0, 2)).toEqual([
      'multi-attach with #cinder',
      expect.stringContaining('and #cinder'),
    ]);
    await page.getByText('3 here').click();
    expect(await page.getByText('efried', { exact: true }).first().isVisible()).toBe(true);
    await leave();
  });

  test('is where badges and mentions lead, and former names', async () => {
    await site.publish(snapshot(gathering(), [], gathered, discussed()));
    const { page, complaints, leave } = await site.visit();
    await page.locator('#now-nova').getByRole('link', { name: '#cinder' }).click();
    expect(new URL(page.url()).pathname).toBe('/tracks/cinder/');
    await page.locator('.next').getByRole('link', { name: '#nova' }).click();
    expect(new URL(page.url()).pathname).toBe('/tracks/nova/');
    expect(complaints).toEqual([]);
    await page.goto('/tracks/compute/');
    await page.waitForURL('**/tracks/nova/');
    await leave();
  });

  test('adds to its log what is said, and marks it', async () => {
    const plain = gathering();
    await site.publish(snapshot(plain, [], gathered, discussed()));
    const { page, leave } = await site.visit({ path: 'tracks/nova/' });
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
    await site.publish(snapshot({ ...plain, tracks }, [], gathered, new Map([['nova', log]])));
    await expect.poll(() => page.locator('.topic').innerText()).toBe('cells, again');
    expect((await topics(page))[0]).toBe('cells, again');
    expect(await topics(page)).toHaveLength(before + 1);
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { marked: string[] }).marked))
      .toContain('cells, again');
    await leave();
  });
});
