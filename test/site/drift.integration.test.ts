/** Pages say who does not keep to its times, as the clock of their reader goes on. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../support/browser.ts';
import { snapshot, type PlainSchedule } from '../support/build-site.ts';
import { morningEvent } from '../support/morning-event.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';

/** nova meets in Aspen until 12:30, cinder in Vail until 10:45, keystone in Kelso until 10:45. */
const event = (tracks: Record<string, unknown> = {}): PlainSchedule => ({
  event: morningEvent,
  rooms: {
    aspen: { name: 'Aspen', slots: { MonA1: 'nova', MonA2: 'nova' } },
    vail: { name: 'Vail', slots: { MonA1: 'cinder', MonA2: '' } },
    kelso: { name: 'Kelso', slots: { MonA1: 'keystone' } },
  },
  tracks: { nova: {}, cinder: {}, keystone: {}, ...tracks },
});

const at = (time: string) => `2018-09-10T${time}:00-06:00`;
const said = (topic: string, time: string, room: string) => ({
  now: { topic, since: new Date(at(time)).toISOString().replace('.000', '') },
  room,
});
const both = {
  nova: said('cells', '09:10', 'aspen'),
  cinder: said('volume types', '09:05', 'vail'),
};

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** What is told, each with whose entry it is in. */
const told = (page: Page) =>
  page
    .locator('.drift:not(:empty)')
    .evaluateAll((all) =>
      all.map((one) =>
        [one.closest<HTMLElement>('[data-track]')?.dataset.track, one.textContent].join(': '),
      ),
    );

async function toldAt(path: string, time: string) {
  const { page, leave } = await site.visit({ path, at: at(time) });
  const found = await told(page);
  await leave();
  return found;
}

test('the main page says it as the clock goes on, and so does a newer page', async () => {
  await site.publish(snapshot(event(both)));
  const { page, complaints, leave } = await site.visit({ at: at('09:12') });
  expect(await told(page)).toEqual([]);
  await page.clock.runFor(4 * 60_000);
  await expect.poll(() => told(page)).toEqual(['keystone: not started yet']);
  expect(await page.locator('.meeting-now .until').innerText()).toBe('until 10:45 not started yet');
  await page.clock.fastForward(54 * 60_000);
  await expect
    .poll(() => told(page))
    .toEqual([
      'nova: last word 60 min ago',
      'cinder: last word 65 min ago',
      'keystone: not started yet',
    ]);
  await site.publish(snapshot(event({ ...both, nova: said('quotas', '10:08', 'aspen') })));
  await expect
    .poll(() => told(page))
    .toEqual(['cinder: last word 65 min ago', 'keystone: not started yet']);
  await page.clock.fastForward(55 * 60_000);
  await expect.poll(() => told(page)).toEqual(['cinder: running 20 min over']);
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await leave();
});

test('a room says it of who meets there, at its door too', async () => {
  await site.publish(snapshot(event(both)));
  expect(await toldAt('rooms/vail/', '11:05')).toEqual(['cinder: running 20 min over']);
  expect(await toldAt('rooms/kelso/', '09:20')).toEqual(['keystone: not started yet']);
  expect(await toldAt('signage.html?room=vail', '11:05')).toContain('cinder: running 20 min over');
});

test.each([
  ['keystone', '09:20', 'Not started yet: booked in Kelso since 09:00.'],
  ['nova', '11:05', 'Last word 115 min ago.'],
  ['cinder', '11:05', 'Running 20 min over.'],
])('the page of %s says at %s: %s', async (track, time, sentence) => {
  await site.publish(snapshot(event(both)));
  expect(await toldAt(`tracks/${track}/`, time)).toEqual([`${track}: ${sentence}`]);
});

test('times are in the zone that the reader chose', async () => {
  await site.publish(snapshot(event(both)));
  expect(await toldAt('tracks/keystone/?zone=UTC', '09:20')).toEqual([
    'keystone: Not started yet: booked in Kelso since 15:00.',
  ]);
});

test('what was said on an earlier day is not about today', async () => {
  const now = { topic: 'cells', since: '2018-09-09T15:10:00Z' };
  await site.publish(snapshot(event({ nova: { now } })));
  expect(await toldAt('tracks/nova/', '09:20')).toEqual([
    'nova: Not started yet: booked in Aspen since 09:00.',
  ]);
  expect((await toldAt('', '09:20')).filter((one) => one.startsWith('nova'))).toEqual([
    'nova: not started yet',
  ]);
});

test.each([320, 390, 1280])('what it adds moves nothing sideways, %i px', async (width) => {
  await site.publish(snapshot(event(both)));
  const { page, leave } = await site.visit({ at: at('11:05'), viewport: { width, height: 800 } });
  await expect.poll(() => told(page)).toHaveLength(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await leave();
});

test('on a wide screen an entry is as high without it', async () => {
  await site.publish(snapshot(event(both)));
  const { page, leave } = await site.visit({ at: at('11:05') });
  const height = () => page.locator('#now-cinder').evaluate((entry) => entry.clientHeight);
  await expect.poll(() => told(page)).toHaveLength(2);
  const before = await height();
  await page.locator('#now-cinder .drift').evaluate((drift) => drift.replaceChildren());
  expect(await height()).toBe(before);
  await leave();
});
