/** Where two tracks of a reader's meet at the same time, the schedule says so. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/browser.ts';
import { snapshot } from '../support/build-site.ts';
import { layoutFaults } from '../support/boxes.ts';
import { openSite, type OpenSite, type PageOptions } from '../support/open-site.ts';
import { gathering } from '../support/site-event.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
  await site.publish(snapshot(gathering()));
});
afterAll(() => site?.close());

const lines = (page: Page) => page.locator('.overlaps li:visible');
const star = (page: Page, track: string) =>
  page.locator(`#now-${track}`).getByRole('button', { name: `${track} is one of my tracks` });

/** Nova and cinder in two rooms on Wednesday afternoon, and on Thursday in the same one. */
function event() {
  const event = gathering();
  const rooms = event.rooms as Record<string, { slots: Record<string, string> }>;
  for (const { slots } of Object.values(rooms))
    for (const [slot, track] of Object.entries(slots))
      if (track === 'nova' || track === 'cinder') slots[slot] = '';
  Object.assign(rooms.aspen!.slots, { WedP1: 'nova', WedP2: 'nova', WedA1: 'nova' });
  Object.assign(rooms['ballroom-a']!.slots, { WedP2: 'cinder', WedA1: 'cinder', ThuA1: 'cinder' });
  return event;
}

async function visitWith(stars: readonly string[], options: PageOptions = {}) {
  const tab = await site.visit({ stars, ...options });
  await tab.page.locator('html.adapted').waitFor({ state: 'attached' });
  return tab;
}

describe('two tracks of a reader that meet at once', () => {
  test('are named above the day and in both cells, as long as it is not over', async () => {
    await site.publish(snapshot(event()));
    const { page, complaints, leave } = await visitWith(['nova', 'cinder']);
    expect(await lines(page).allInnerTexts()).toEqual([
      '★ nova and ★ cinder overlap: Wed 15:15–17:00, Aspen and Ballroom A',
    ]);
    expect(
      await page
        .locator('td:has(.overlap):visible')
        .evaluateAll((all) => all.map(({ dataset }) => `${dataset.track} in ${dataset.room}`)),
    ).toEqual(['nova in Aspen', 'cinder in Ballroom A']);
    expect(await page.locator('.overlap').allInnerTexts()).toEqual([
      'overlaps cinder',
      'overlaps nova',
    ]);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('radio', { name: 'UTC' }).check();
    await expect.poll(() => lines(page).innerText()).toContain('Wed 21:15–23:00');
    await page.getByRole('link', { name: 'Thursday' }).click();
    expect(await lines(page).count()).toBe(0);
    await page.clock.setFixedTime('2018-09-12T23:00:00Z');
    await page.clock.runFor(6000);
    await page.getByRole('link', { name: 'Wednesday' }).click();
    expect(await lines(page).count()).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('are said when the second one is marked, and nothing moves below the pointer', async () => {
    const { page, requests, complaints, leave } = await visitWith(['nova']);
    const asked = () => requests.filter((path) => path.includes('/overlaps')).length;
    expect(asked()).toBe(0);
    const before = await star(page, 'cinder').boundingBox();
    await star(page, 'cinder').click();
    await lines(page).waitFor();
    expect(asked()).toBe(1);
    expect(await star(page, 'cinder').boundingBox()).toEqual(before);
    await star(page, 'cinder').click();
    expect(await page.locator('.overlaps, .overlap').count()).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('follow what is booked', async () => {
    const { page, complaints, leave } = await visitWith(['nova', 'cinder']);
    const moved = event();
    const rooms = moved.rooms as Record<string, { slots: Record<string, string> }>;
    Object.assign(rooms['ballroom-a']!.slots, { WedP1: 'cinder' });
    await site.publish(snapshot(moved));
    await expect.poll(() => lines(page).innerText()).toContain('Wed 13:30–17:00');
    delete rooms['ballroom-a']!.slots.WedP1;
    delete rooms['ballroom-a']!.slots.WedP2;
    await site.publish(snapshot(moved));
    await expect.poll(() => page.locator('.overlaps, .overlap').count()).toBe(0);
    expect(complaints).toEqual([]);
    await site.publish(snapshot(event()));
    await leave();
  });

  test.each([320, 390, 700, 1280])('can be read at %d px', async (width) => {
    const { page, leave } = await visitWith(['nova', 'cinder'], {
      viewport: { width, height: 800 },
      colorScheme: width < 700 ? 'dark' : 'light',
    });
    expect(await lines(page).count()).toBe(1);
    expect(await layoutFaults(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await leave();
  });
});
