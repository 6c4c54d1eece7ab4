/** What readers do with the tracks that they marked. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/browser.ts';
import { snapshot } from '../support/build-site.ts';
import { openSite, type OpenSite, type PageOptions } from '../support/open-site.ts';
import { gathering } from '../support/site-event.ts';
import { qrCode } from '../../site/view/qr-code.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
  await site.publish(snapshot(gathering()));
});
afterAll(() => site?.close());

/** A page of a reader who marked these tracks before. */
const visitWith = (stars: readonly string[], options: PageOptions = {}) =>
  site.visit({ stars, ...options });

const button = (page: Page) => page.getByRole('button', { name: 'Share mine' });
const panel = (page: Page) => page.getByRole('dialog', { name: 'My tracks' });

describe('"Share mine"', () => {
  test('says what to do when no track is marked', async () => {
    const { page, complaints, leave } = await site.visit({ viewport: { width: 320, height: 600 } });
    // On a phone the button is there while only these tracks are shown.
    await page.getByRole('button', { name: '★ mine' }).click();
    await button(page).click();
    await expect
      .poll(() => panel(page).innerText())
      .toContain('You have not marked any tracks yet: mark some with ☆.');
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await panel(page).count()).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('gives an address, its code, a sign and a calendar; for the keyboard, too', async () => {
    const { page, requests, complaints, leave } = await visitWith(['edge', 'cinder'], {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const scripts = () => requests.filter((path) => path.endsWith('.js'));
    const before = scripts().length;
    await button(page).focus();
    await page.keyboard.press('Enter');
    await panel(page).waitFor();
    expect(scripts().length).toBeGreaterThan(before);
    const address = new URL('/?tracks=edge,cinder', page.url()).href;
    expect(await panel(page).locator('code').innerText()).toBe(address);
    expect(await panel(page).locator('.qr path').getAttribute('d')).toBe(qrCode(address).path);
    expect(
      await panel(page).getByRole('link', { name: 'cinder', exact: true }).getAttribute('href'),
    ).toBe(new URL('/tracks/cinder/', page.url()).href);
    expect(await panel(page).getByRole('link', { name: 'A sign' }).getAttribute('href')).toBe(
      new URL('/signage.html?tracks=edge,cinder', page.url()).href,
    );
    const calendar = new URL('/ptg.ics?tracks=edge,cinder', page.url());
    await expect
      .poll(() => panel(page).getByRole('link', { name: 'Subscribe to' }).getAttribute('href'))
      .toBe(`webcal://${calendar.host}/ptg.ics?tracks=edge,cinder`);
    await panel(page).getByRole('button', { name: 'Copy the address of my tracks' }).press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(address);
    await expect.poll(() => panel(page).locator('.message').innerText()).toBe(`Copied: ${address}`);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('share-mine');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('follows what is marked, and stays open while the page becomes a newer one', async () => {
    const { page, complaints, leave } = await visitWith(['edge', 'cinder']);
    await button(page).click();
    const star = panel(page).getByRole('button', { name: 'cinder is one of my tracks' });
    await star.click();
    await expect.poll(() => panel(page).locator('code').innerText()).toMatch(/\?tracks=edge$/);
    expect(await star.getAttribute('aria-pressed')).toBe('false');
    const event = gathering();
    Object.assign(event.tracks.edge as object, { next: ['lunch'] });
    await site.publish(snapshot(event));
    await page.locator('#next-edge').waitFor({ state: 'attached' });
    expect(await panel(page).isVisible()).toBe(true);
    await star.click();
    await expect
      .poll(() => panel(page).locator('code').innerText())
      .toMatch(/\?tracks=edge,cinder$/);
    await page.mouse.click(2, 2);
    expect(await panel(page).count()).toBe(0);
    expect(complaints).toEqual([]);
    await site.publish(snapshot(gathering()));
    await leave();
  });

  test('offers the calendar of each track where the host has files only', async () => {
    const { page, complaints, leave } = await visitWith(['edge', 'cinder'], { host: 'static' });
    await button(page).click();
    const links = panel(page).getByRole('link', { name: 'Subscribe to' });
    await expect.poll(() => links.count()).toBe(2);
    const { host } = new URL(page.url());
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(
      ['edge', 'cinder'].map((track) => `webcal://${host}/${track}.ics`),
    );
    expect(complaints).toEqual([]);
    await leave();
  });

  test.each(['light', 'dark'] as const)('can be read at any width, %s', async (colorScheme) => {
    const stars = ['edge', 'cinder', 'publiccloud-wg', 'first-contact', 'scientific-sig', 'nova'];
    const { page, leave } = await visitWith(stars, { colorScheme, host: 'static' });
    await button(page).click();
    await panel(page).locator('.calendars a').first().waitFor();
    for (const width of [320, 390, 1280, 3840]) {
      await page.setViewportSize({ width, height: 700 });
      expect(
        await page.evaluate(() => {
          const panel = document.querySelector('#mine')!;
          return panel.scrollWidth - panel.clientWidth;
        }),
        String(width),
      ).toBe(0);
      expect(await axeFindings(page), String(width)).toEqual([]);
    }
    await leave();
  });
});
