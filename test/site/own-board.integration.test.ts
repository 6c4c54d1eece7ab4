/** A board of some tracks only, which the address asks for. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../support/browser.ts';
import { snapshot } from '../support/build-site.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';
import { gathering } from '../support/site-event.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
  await site.publish(snapshot(gathering()));
});
afterAll(() => site?.close());

const ids = (page: Page, kind: string) =>
  page.locator(`${kind}[id]:visible`).evaluateAll((all) => all.map(({ id }) => id));

test('has only these, can be made that of the reader, and leads back to all', async () => {
  const { page, complaints, leave } = await site.visit({ path: '?tracks=Cinder,edge' });
  const own = page.locator('#own');
  await expect
    .poll(() => own.innerText())
    .toMatch(/^Only cinder, edge\s+show all\s+★ make these mine$/);
  const shown = ['now-cinder', 'now-edge', 'next-cinder'];
  expect(await ids(page, '.entry')).toEqual(shown);
  expect(await page.locator('.day:visible thead th:visible .room').allInnerTexts()).toEqual([
    'Ballroom A',
    'Ballroom B',
  ]);
  expect(await axeFindings(page)).toEqual([]);

  const event = gathering();
  Object.assign(event.tracks.ironic as object, {
    now: { topic: 'something else', since: '2018-09-12T20:11:00Z', by: 'ada' },
  });
  Object.assign(event.tracks.edge as object, { next: ['lunch'] });
  await site.publish(snapshot(event));
  await expect.poll(() => ids(page, '.entry')).toEqual([...shown, 'next-edge']);
  expect(await own.innerText()).toContain('Only cinder, edge');

  await page.getByRole('button', { name: '★ make these mine' }).click();
  await expect.poll(() => own.innerText()).toMatch(/^Only cinder, edge\s+show all$/);
  await page.getByRole('link', { name: 'show all' }).click();
  await page.locator('#live:not([hidden])').waitFor();
  expect(await own.isVisible()).toBe(false);
  await page.getByRole('button', { name: '★ mine' }).first().click();
  expect((await ids(page, '.entry')).toSorted()).toEqual([...shown, 'next-edge'].toSorted());
  expect(complaints).toEqual([]);
  await site.publish(snapshot(gathering()));
  await leave();
});

test('counts before what is remembered; ★ mine turns it into that of the reader', async () => {
  const { page, leave } = await site.visit();
  await page.locator('#now-edge').getByRole('button', { name: 'edge is one of my tracks' }).click();
  await page.getByRole('button', { name: '★ mine' }).first().click();
  await page.goto('/?tracks=cinder');
  await expect.poll(() => ids(page, '.entry')).toEqual(['now-cinder', 'next-cinder']);
  await page.setViewportSize({ width: 390, height: 700 });
  expect(await page.locator('.meeting-now').isVisible()).toBe(false);
  expect(await ids(page, '.entry')).toEqual(['now-cinder', 'next-cinder']);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('button', { name: '★ mine' }).first().click();
  expect(await ids(page, '.entry')).toEqual(['now-edge']);
  expect(new URL(page.url()).search).toBe('?mine');
  await leave();
});

test('follows a track that gets another name, in an address as in what is remembered', async () => {
  const { page, complaints, leave } = await site.visit();
  const star = (track: string) =>
    page.getByRole('button', { name: `${track} is one of my tracks` }).first();
  await star('cinder').click();
  await star('edge').click();
  const event = gathering();
  const { cinder, ...tracks } = event.tracks;
  Object.assign(event, {
    tracks: { ...tracks, 'block-storage': { ...cinder!, formerly: ['cinder'] } },
  });
  await site.publish(snapshot(event));
  await expect.poll(() => star('block-storage').getAttribute('aria-pressed')).toBe('true');
  await page.getByRole('button', { name: '★ mine' }).first().click();
  const shown = ['now-block-storage', 'now-edge', 'next-block-storage'];
  expect((await ids(page, '.entry')).toSorted()).toEqual(shown.toSorted());

  await page.goto('/?tracks=cinder,EDGE,compute');
  const own = page.locator('#own');
  await expect.poll(() => own.innerText()).toContain('Only block-storage, edge, nova');
  expect((await ids(page, '.entry')).toSorted()).toEqual(['now-nova', ...shown].toSorted());
  await page.getByRole('button', { name: '★ make these mine' }).click();
  await page.goto('/tracks/nova/');
  expect(await star('nova').getAttribute('aria-pressed')).toBe('true');
  await star('nova').click();
  expect(await star('nova').getAttribute('aria-pressed')).toBe('false');
  expect(complaints).toEqual([]);
  await site.publish(snapshot(gathering()));
  await leave();
});

test('names nothing but text, whatever somebody writes there', async () => {
  const { page, complaints, leave } = await site.visit({ path: '?tracks=<b>x</b>,"' });
  await expect.poll(() => page.locator('#own').innerText()).toContain('Only <b>x</b>, "');
  expect(await page.locator('#nothing').innerText()).toBe('Nothing matches.');
  expect(complaints).toEqual([]);
  await leave();
});

test('can stand in a page of others, also under a former name', async () => {
  const { page, complaints, leave } = await site.visit({
    path: 'now.html?embed&tracks=edge,compute',
    viewport: { width: 360, height: 600 },
  });
  const own = page.locator('#own');
  await expect.poll(() => own.innerText()).toMatch(/^Only edge, nova\s+show all$/);
  expect(await ids(page, '.entry')).toEqual(['now-nova', 'now-edge']);
  expect(await page.locator('.nothing').textContent()).toBe('');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('link', { name: 'show all' }).click();
  await expect.poll(() => ids(page, '.entry')).toHaveLength(4);
  expect(new URL(page.url()).search).toBe('?embed');
  await page.goto('/now.html?embed&tracks=ironic');
  await expect.poll(() => page.locator('.nothing').innerText()).toBe('Nothing announced yet.');
  expect(complaints).toEqual([]);
  await leave();
});

test('can hang on a wall', async () => {
  const { page, complaints, leave } = await site.visit({
    path: 'signage.html?tracks=cinder,edge',
    viewport: { width: 390, height: 3000 },
  });
  await expect
    .poll(() => page.locator('#own').innerText())
    .toMatch(/^Only cinder, edge\s+show all$/);
  expect(await ids(page, '.sign-entry')).toEqual(['now-cinder', 'now-edge', 'next-cinder']);
  expect(await page.locator('.day:visible thead th:visible .room').allInnerTexts()).toEqual([
    'Ballroom A',
    'Ballroom B',
  ]);
  expect(complaints).toEqual([]);
  await leave();
});
