/** Looking for something: it stands in the address, and lasts as long as that. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../support/browser.ts';
import { snapshot } from '../support/build-site.ts';
import { newestOf } from '../support/changes.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';
import { gathering } from '../support/site-event.ts';

let site: OpenSite;
const content = (event = gathering()) =>
  snapshot(event, [], [], new Map(), newestOf(40, { 7: { author: 'Zoë', rooms: ['aspen'] } }));
beforeAll(async () => {
  site = await openSite();
  await site.publish(content());
});
afterAll(() => site?.close());

const entries = (page: Page) =>
  page.locator('.entry[id]:visible').evaluateAll((all) => all.map(({ id }) => id));
const rooms = (page: Page) => page.locator('.day:visible thead th:visible .room').allInnerTexts();
const query = (page: Page) => new URL(page.url()).search;

test('an address shows to anybody what somebody looked for, and nothing of it is left tomorrow', async () => {
  const { page, context, complaints, leave } = await site.visit({ path: '#day-thursday' });
  await page.getByRole('searchbox').pressSequentially('cinder');
  await page.getByRole('button', { name: 'Free slots' }).click();
  expect(page.url()).toMatch(/\/\?q=cinder&free#day-thursday$/);
  const length = await page.evaluate(() => history.length);

  await page.getByRole('button', { name: 'Free slots' }).click();
  expect(query(page)).toBe('?q=cinder');
  const seen = await entries(page);
  expect(seen).toEqual(['now-nova', 'now-cinder', 'next-cinder']);
  expect(await page.evaluate(() => history.length)).toBe(length);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect.poll(() => entries(other)).toEqual(seen);
  expect(await other.getByRole('searchbox').inputValue()).toBe('cinder');
  expect(await other.locator('.day:visible .name').innerText()).toBe('Thursday');
  await other.goto('/');
  await expect.poll(async () => (await entries(other)).length).toBeGreaterThan(4);
  expect(complaints).toEqual([]);
  await leave();
});

test.each([
  ['the name of a track', 'first-contact', ['now-first-contact']],
  ['a topic', 'retrospective cycle', ['now-edge']],
  ['a room', 'vail', ['now-first-contact']],
])('words find %s', async (_, words, ids) => {
  const { page, leave } = await site.visit({ path: `?q=${encodeURIComponent(words)}` });
  expect(await entries(page)).toEqual(ids);
  await leave();
});

test('words find a day, and what is in it', async () => {
  const { page, leave } = await site.visit({ path: '?q=thursday+vail' });
  expect(await page.locator('#nothing').innerText()).toBe(
    "Nothing matches in this day's schedule; try Thursday.",
  );
  await page.getByRole('link', { name: 'Thursday' }).click();
  expect(await rooms(page)).toEqual(['Vail']);
  expect(page.url()).toContain('?q=thursday+vail#day-thursday');
  await leave();
});

test('"On now" leaves the rooms in which something is on; with "Free slots", those that are free', async () => {
  const { page, leave } = await site.visit();
  const all = await rooms(page);
  await page.getByRole('button', { name: 'On now' }).click();
  expect(query(page)).toBe('?now');
  const booked = await rooms(page);
  expect(booked).toEqual(
    await page
      .locator('.current > .booked')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.room)),
  );
  await page.getByRole('button', { name: 'Free slots' }).click();
  const free = await rooms(page);
  expect([...booked, ...free].toSorted()).toEqual([...new Set([...booked, ...free])].toSorted());
  expect(booked.length).toBeGreaterThan(3);
  expect(free.length).toBeGreaterThan(3);
  expect(all).toEqual(expect.arrayContaining([...booked, ...free]));
  expect(await axeFindings(page)).toEqual([]);
  await leave();
});

test('/ goes to the field, Escape empties it, and both leave other fields alone', async () => {
  const { page, leave } = await site.visit();
  const field = page.getByRole('searchbox');
  await page.keyboard.press('Control+/');
  expect(await field.evaluate((one) => one === document.activeElement)).toBe(false);
  await page.keyboard.press('/');
  expect(await field.inputValue()).toBe('');
  await page.keyboard.type('no/va');
  expect(await field.inputValue()).toBe('no/va');
  await page.keyboard.press('Escape');
  expect([await field.inputValue(), query(page)]).toEqual(['', '']);
  await page.locator('.zones [value="other"]').check({ force: true });
  await page.getByLabel('Time zone', { exact: true }).pressSequentially('Asia/K');
  expect(await page.getByLabel('Time zone', { exact: true }).inputValue()).toBe('Asia/K');
  await leave();
});

test('screen readers hear what is found when the reader stops typing', async () => {
  const { page, leave } = await site.visit();
  await page.getByRole('searchbox').pressSequentially('cinder');
  await expect.poll(() => page.locator('#news').textContent()).toBe('3 topics, 1 room');
  await leave();
});

test('it outlasts what is said meanwhile, and goes with the steps back and forth', async () => {
  const { page, leave } = await site.visit({ path: '?q=cinder' });
  await page.getByRole('link', { name: 'Schedule', exact: true }).first().press('Enter');
  await page.getByRole('searchbox').fill('edge');
  expect(await entries(page)).toEqual(['now-edge']);
  const event = gathering();
  Object.assign(event.tracks.ironic as object, {
    now: { topic: 'at the edge', since: '2018-09-12T20:11:00Z', by: 'ada' },
  });
  await site.publish(content(event));
  await expect.poll(() => entries(page)).toEqual(['now-ironic', 'now-edge']);
  await page.goBack();
  await expect.poll(() => entries(page)).toEqual(['now-nova', 'now-cinder', 'next-cinder']);
  expect(await page.getByRole('searchbox').inputValue()).toBe('cinder');
  await page.goForward();
  await expect.poll(() => entries(page)).toEqual(['now-ironic', 'now-edge']);
  await site.publish(content());
  await leave();
});

test('changes are found by the same field, beside what else the address asks for', async () => {
  const { page, complaints, leave } = await site.visit({ path: 'changes/' });
  const shown = page.locator('.change:visible');
  const all = await shown.count();
  await page.keyboard.press('/');
  await page.keyboard.type('zoe');
  await expect.poll(() => shown.count()).toBe(1);
  expect(await shown.innerText()).toContain('topic 7');
  expect(query(page)).toBe('?q=zoe');
  await expect.poll(() => page.locator('#news').textContent()).toBe('1 change');
  await page.reload();
  await expect.poll(() => shown.count()).toBe(1);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  expect(await shown.count()).toBe(all);
  await page.getByRole('searchbox').fill('nowhere to be found');
  expect(await page.locator('#none').innerText()).toBe('No change matches.');
  expect(complaints).toEqual([]);
  await leave();
});
