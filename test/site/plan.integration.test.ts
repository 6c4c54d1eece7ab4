/** The plan of the venue, in a real browser: rooms are marked and linked, and nothing of it runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPlan } from '../../schedule-data/format/plan.ts';
import type { SiteContent } from '../../site/content/site-content.ts';
import { axeFindings } from '../support/browser.ts';
import { snapshot } from '../support/build-site.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';

const rooms = {
  aspen: { name: 'Aspen' },
  größe: { name: '"><img src=x onerror=alert(1)>' },
  vail: { name: 'Vail', description: 'In the other house' },
};

function planned(plan: string, bytes?: Uint8Array): SiteContent {
  const read = bytes && readPlan(bytes);
  if (read?.ok === false) throw new Error(read.message);
  const content = snapshot({ event: { plan }, rooms, tracks: {} });
  return read ? { ...content, plan: read.value } : content;
}

const drawing = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">
  <defs>
    <linearGradient id="content"><stop stop-color="#fff"/></linearGradient>
    <g id="vail"><rect width="5" height="5"/></g>
  </defs>
  <g id="Aspen" style="fill:#cde"><rect width="100" height="100" fill="url(#content)"/><rect id="desk" width="9" height="9"/>
    <text x="10" y="50" font-size="4" fill="#000">Aspen &lt;img src=x onerror=alert(2)&gt;</text></g>
  <rect id="größe" x="150" width="100" height="100" fill="#edc"/>
  <title>&lt;/title&gt;&lt;script&gt;alert(3)&lt;/script&gt;</title>
  <desc><![CDATA[</desc><script>alert(4)</script>]]></desc>
  <use href="#desk" x="280"/>
</svg>`);

let site: OpenSite;
beforeAll(async () => void (site = await openSite()));
afterAll(() => site?.close());

const inMenu = async (path: string) => {
  const { page, leave } = await site.visit({ path });
  const link = page.locator('nav.pages').getByRole('link', { name: 'Plan' });
  const href = (await link.count()) ? await link.getAttribute('href') : undefined;
  const onPlan = page.locator('.room-facts .on-plan');
  const room = (await onPlan.count()) ? await onPlan.getAttribute('href') : undefined;
  await leave();
  return { href, room };
};

describe('a drawing', () => {
  beforeAll(() => site.publish(planned('plan.svg', drawing)));

  test('shows each room whose name it bears as a link, and lists the others', async () => {
    const { page, complaints, leave } = await site.visit({ path: 'plan/' });
    const marks = page.locator('.drawing a.room');
    expect(await marks.evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'room-aspen',
      'room-größe',
    ]);
    expect(await page.locator('.plan-rooms li').count()).toBe(3);
    expect(await page.locator('.plan-rooms .on-plan').count()).toBe(2);
    expect(await page.locator('script:not([src]), .paper img, .paper script').count()).toBe(0);
    await page.getByRole('group', { name: 'Plan of the venue' }).waitFor();
    await page
      .locator('.paper')
      .getByRole('link', { name: /^Aspen/ })
      .click();
    await page.waitForURL(/\/rooms\/aspen\/$/);
    await page.getByRole('link', { name: 'On the plan' }).click();
    await page.waitForURL(/\/plan\/#room-aspen$/);
    const widths = await marks
      .locator('rect')
      .evaluateAll((all) => all.map((rect) => getComputedStyle(rect).strokeWidth));
    expect(widths).toEqual(['6px', '6px', '1px']);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('is led to from everywhere, and from rooms to where they are', async () => {
    expect(await inMenu('rooms/gr%C3%B6%C3%9Fe/')).toEqual({
      href: '/plan/',
      room: '/plan/#room-gr%C3%B6%C3%9Fe',
    });
    expect(await inMenu('rooms/vail/')).toEqual({ href: '/plan/', room: '/plan/' });
  });

  test('keeps its ids to itself, and what refers to them', async () => {
    const { page, leave } = await site.visit({ path: 'plan/', javaScriptEnabled: false });
    const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('plan-content');
    const rect = page.locator('#plan-Aspen > rect').first();
    expect(await rect.getAttribute('fill')).toBe('url(#plan-content)');
    expect(await page.locator('.drawing use').getAttribute('href')).toBe('#plan-desk');
    await leave();
  });

  test('has no fault that axe knows of, and fits', async () => {
    const { page, leave } = await site.visit({ path: 'plan/#room-aspen' });
    for (const width of [320, 1280, 3840])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
        expect([width, colorScheme, fits, await axeFindings(page)]).toEqual([
          width,
          colorScheme,
          true,
          [],
        ]);
      }
    await leave();
  });
});

test('a picture is served as what it is, under the policy of the pages', async () => {
  const png = readFileSync(join(import.meta.dirname, '../../site/public/preview.png'));
  await site.publish(planned('plan.png', png));
  const { page, complaints, leave } = await site.visit({ path: 'plan/' });
  const image = page.getByRole('img', { name: 'Plan of the venue' });
  expect(await image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
  const answer = await page.request.get((await image.getAttribute('src'))!);
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringMatching(/^default-src 'none'/) as string,
    'cache-control': expect.stringContaining('immutable') as string,
  });
  expect(await page.locator('.plan-rooms li').count()).toBe(3);
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await leave();
});

test('a plan that cannot be shown is said so, and the rooms are there', async () => {
  await site.publish(planned('plan.svg'));
  const { page, leave } = await site.visit({ path: 'plan/' });
  expect(await page.locator('.empty').innerText()).toContain('cannot be shown');
  expect(await page.locator('.plan-rooms li').count()).toBe(3);
  await leave();
});

test('a plan elsewhere is linked, and has no page here', async () => {
  const address = 'https://example.org/map?a=1&b="';
  expect(() => planned(address)).toThrow();
  await site.publish(planned('https://example.org/map?a=1&b=2'));
  expect(await inMenu('rooms/vail/')).toEqual({
    href: 'https://example.org/map?a=1&b=2',
    room: 'https://example.org/map?a=1&b=2',
  });
  expect(site.pages()).not.toContain('plan/');
});

test('without a plan nothing speaks of one', async () => {
  await site.publish(snapshot({ rooms }));
  expect(await inMenu('rooms/vail/')).toEqual({ href: undefined, room: undefined });
  expect(site.pages()).not.toContain('plan/');
});
