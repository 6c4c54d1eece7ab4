/** What readers choose to see, and what the page does with it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type OpenSite } from '../support/open-site.ts';
import { snapshot } from '../support/build-site.ts';
import { gathering } from '../support/site-event.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
  await site.publish(snapshot(gathering()));
});
afterAll(() => site?.close());

describe('times', () => {
  test('are in the zone of the event, of the reader or UTC, as chosen, also the next time', async () => {
    const { page, complaints, leave } = await site.visit({ timezoneId: 'Asia/Tokyo' });
    const since = page.locator('#now-nova time');
    const slot = page.locator('#day-wednesday tbody tr:nth-child(3) .time');
    const zone = page.locator('#day-wednesday .zone');
    const texts = () =>
      Promise.all([since, slot, zone, page.locator('#live')].map((one) => one.innerText()));
    expect(await texts()).toEqual(['14:05', '13:30\n–\n15:15', 'MDT', 'live 14:10 MDT']);
    await page.getByRole('radio', { name: /mine/ }).check();
    expect(await texts()).toEqual(['05:05', '04:30\n–\n06:15', 'GMT+9', 'live 05:10 GMT+9']);
    await page.getByRole('radio', { name: 'UTC' }).check();
    expect((await texts())[0]).toBe('20:05');
    await page.reload();
    await page.locator('#live:not([hidden])').waitFor();
    expect((await texts())[0]).toBe('20:05');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('name the day where it is another than that of the reader', async () => {
    const { page, leave } = await site.visit({ at: '2018-09-13T20:10:00Z' });
    expect(await page.locator('#now-nova .since').innerText()).toMatch(/^yesterday\s+14:05$/);
    await leave();
  });

  test('are named with the zone of the event without JavaScript', async () => {
    const { page, leave } = await site.visit({
      javaScriptEnabled: false,
      timezoneId: 'Asia/Tokyo',
    });
    expect(await page.locator('#now-nova .since').innerText()).toMatch(/^Wed\s+14:05$/);
    expect(await page.locator('.now .zone').innerText()).toBe('MDT');
    expect(await page.getByText('Times are local to the event, America/Denver.').isVisible()).toBe(
      true,
    );
    for (const control of ['.zones', '.tools', '.star', '.copy'])
      expect(await page.locator(`${control}:visible`).count(), control).toBe(0);
    await leave();
  });
});

describe('the schedule', () => {
  test.each([
    ['on its first day before the event', '2018-09-01T12:00:00Z', 'Monday', 'MonA1'],
    ['today in a gap between slots, at the next one', '2018-09-12T19:00:00Z', 'Wednesday', 'WedP1'],
    ['today, at the slot that is on', '2018-09-12T20:10:00Z', 'Wednesday', 'WedP1'],
    ['on its last day after the event', '2018-09-20T12:00:00Z', 'Friday', 'FriP2'],
  ])('opens %s, and jumps there', async (_, at, day, slot) => {
    const { page, leave } = await site.visit({ at, viewport: { width: 390, height: 700 } });
    const days = () => page.locator('.day:visible .name').allInnerTexts();
    expect(await days()).toEqual([day]);
    await page.getByRole('link', { name: 'Tuesday' }).click();
    expect(await days()).toEqual(['Tuesday']);
    await page.getByRole('button', { name: 'Jump to now' }).click();
    expect(await days()).toEqual([day]);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(slot);
    const head = page.locator('tr:not(.folded) th', { hasText: slot });
    await expect
      .poll(async () => Math.abs(((await head.boundingBox())?.y ?? 9999) - 350))
      .toBeLessThan(350);
    await leave();
  });

  test('goes on with the clock, also when nobody says anything', async () => {
    const { page, leave } = await site.visit({ viewport: { width: 390, height: 700 } });
    const opened = () =>
      page
        .locator('.day:visible tr:is(.current, :not(.folded)) .slot')
        .evaluateAll((all) => all.map((slot) => slot.textContent));
    await expect.poll(opened).toEqual(['WedP1']);
    await page.clock.fastForward('02:00:00');
    await expect.poll(opened).toEqual(['WedP2']);
    await page.clock.fastForward('18:00:00');
    await expect.poll(opened).toEqual(['ThuA1']);
    expect(await page.locator('#now-nova .since').innerText()).toMatch(/^yesterday\s+14:05/);
    await leave();
  });

  test('opens as usual when the address ends in what names nothing', async () => {
    const { page, complaints, leave } = await site.visit({ path: '#100%' });
    expect(await page.locator('.day:visible').count()).toBe(1);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('shows on a phone the rooms of the slot that comes next, and of others on demand', async () => {
    const viewport = { width: 390, height: 700 };
    // Between two slots: while one is on, the board tells who meets where.
    const { page, leave } = await site.visit({ viewport, at: '2018-09-12T19:00:00Z' });
    const rooms = (slot: number) =>
      page.locator(`#day-wednesday tbody tr:nth-child(${slot}) td:visible`).count();
    expect(await rooms(3)).toBeGreaterThan(10);
    expect(await rooms(4)).toBe(0);
    await page.getByRole('button', { name: 'Rooms in WedP2' }).press('Enter');
    expect(await rooms(4)).toBeGreaterThan(10);
    await leave();
  });
});

test('a command can be copied without TLS, too', async () => {
  const { page, leave } = await site.visit();
  // As a browser finds it on a page that came by plain http from another machine.
  await page.evaluate(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
  await page.getByRole('button', { name: /Copy #yourtrack now/ }).click();
  expect(await page.getByText('Copied: #yourtrack now').isVisible()).toBe(true);
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('Control+V');
  expect(await page.getByRole('searchbox').inputValue()).toBe('#yourtrack now what you discuss');
  await leave();
});

describe('what is shown', () => {
  const entries = '.entry:visible';
  const rooms = '#day-wednesday thead th:visible .room';

  test('can be narrowed to words, in topics, tracks and rooms', async () => {
    const { page, leave } = await site.visit();
    await page.getByRole('searchbox').fill('CINDER');
    const shown = await page.locator(entries).evaluateAll((all) => all.map(({ id }) => id));
    expect(shown).toEqual(['now-nova', 'now-cinder', 'next-cinder']);
    expect(await page.locator(rooms).allInnerTexts()).toEqual(['Ballroom A']);
    await page.getByRole('searchbox').fill('nowhere to be found');
    expect(await page.locator('#nothing').innerText()).toBe('Nothing matches.');
    await page.getByRole('searchbox').fill('tungsten');
    expect(await page.locator('#nothing').innerText()).toBe(
      "Nothing matches in this day's schedule; try Monday, Thursday, Friday.",
    );
    await page.getByRole('searchbox').fill('');
    expect(await page.locator(rooms).count()).toBe(23);
    await leave();
  });

  test('is all there where nothing can be chosen: at the door of a room', async () => {
    const { page, leave } = await site.visit();
    await page.getByRole('searchbox').fill('cinder');
    await page.goto('/rooms/vail/');
    expect(await page.getByText('Ask us anything').isVisible()).toBe(true);
    await leave();
  });

  test('is remembered for all tabs, whichever changes it', async () => {
    const { page, context, leave } = await site.visit();
    const other = await context.newPage();
    await other.goto('/tracks/cinder/');
    const star = (of: typeof page, name: string) =>
      of.getByRole('button', { name: `${name} is one of my tracks` }).first();
    await star(page, 'nova').click();
    await star(other, 'cinder').click();
    await expect.poll(() => star(page, 'cinder').getAttribute('aria-pressed')).toBe('true');
    await page.reload();
    for (const name of ['nova', 'cinder'])
      await expect.poll(() => star(page, name).getAttribute('aria-pressed')).toBe('true');
    await leave();
  });

  test("can be narrowed to the reader's own tracks, which are remembered", async () => {
    const { page, leave } = await site.visit();
    await page.getByRole('button', { name: '★ mine' }).click();
    expect(await page.locator('#nothing').innerText()).toContain(
      'You have not marked any tracks yet',
    );
    await page.getByRole('button', { name: '★ mine' }).click();
    await page
      .locator('#now-edge')
      .getByRole('button', { name: 'edge is one of my tracks' })
      .click();
    await page.getByRole('button', { name: '★ mine' }).click();
    for (const _ of ['at once', 'after loading']) {
      const shown = await page.locator(entries).evaluateAll((all) => all.map(({ id }) => id));
      expect(shown).toEqual(['now-edge']);
      expect(await page.locator(rooms).allInnerTexts()).toEqual(['Ballroom B']);
      await page.reload();
      await page.locator('#live:not([hidden])').waitFor();
    }
    await leave();
  });

  test('can be narrowed to free slots; a code copies the command that takes it', async () => {
    const { page, complaints, leave } = await site.visit({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole('button', { name: /Copy #yourtrack book/ }).click();
    expect(await clipboard()).toBe('#yourtrack book aspen-WedP1');
    expect(await page.getByText('Copied: #yourtrack book aspen-WedP1').isVisible()).toBe(true);

    expect(await page.getByRole('button', { name: 'aspen-WedP1', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Free slots' }).click();
    expect(await page.locator('#day-wednesday .booked > :visible').count()).toBe(0);
    await page
      .locator('#now-nova')
      .getByRole('button', { name: /my tracks/ })
      .click();
    await page.getByRole('button', { name: 'aspen-WedP1', exact: true }).press('Enter');
    await expect.poll(clipboard).toBe('#nova book aspen-WedP1');
    expect(complaints).toEqual([]);
    await leave();
  });
});
