/** Notifications of the browser about the tracks that a reader marked. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/browser.ts';
import { snapshot } from '../support/build-site.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';
import { gathering } from '../support/site-event.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** Edge meets at 15:15 on Wednesday, an hour after pages are opened. */
function event(topics: Record<string, string> = {}) {
  const event = gathering();
  const rooms = event.rooms as Record<string, { slots: Record<string, string> }>;
  for (const { slots } of Object.values(rooms))
    for (const [slot, track] of Object.entries(slots)) if (track === 'edge') slots[slot] = '';
  Object.assign(rooms.vail!.slots, { WedP1: '', WedP2: 'edge' });
  for (const [track, topic] of Object.entries(topics))
    Object.assign(event.tracks[track] as object, {
      now: { topic, since: '2018-09-12T20:09:00Z', by: 'ada' },
    });
  return snapshot(event);
}
beforeEach(() => site.publish(event()));

/**
 * A reader of edge and cinder; `told` is what the browser would show, of all their tabs. Browsers without
 * windows show nothing, and allow nothing.
 */
async function reader({ answers = ['granted'], hasWorker = false } = {}) {
  const tab = await site.newPage({ stars: ['edge', 'cinder'] });
  const told: string[] = [];
  await tab.context.exposeFunction('noteTold', (text: string) => void told.push(text));
  await tab.context.exposeFunction('answer', () => answers.shift());
  await tab.context.addInitScript((hasWorker) => {
    const { noteTold, answer } = globalThis as unknown as {
      noteTold: (text: string) => void;
      answer: () => Promise<string>;
    };
    class Recorder extends EventTarget {
      static get permission() {
        return localStorage.getItem('permission') ?? 'default';
      }
      static async requestPermission() {
        if (this.permission !== 'granted') localStorage.setItem('permission', await answer());
        return this.permission;
      }
      constructor(title: string, options?: NotificationOptions) {
        super();
        noteTold(`${title}: ${options?.body}`);
        Object.assign(globalThis, { shown: this });
      }
      close() {
        noteTold('closed');
      }
    }
    Object.assign(globalThis, { Notification: Recorder });
    if (!hasWorker) Object.defineProperty(navigator, 'serviceWorker', { value: undefined });
    ServiceWorkerRegistration.prototype.showNotification = (title, options) => {
      noteTold(`worker: ${title}: ${options?.body}: ${options?.tag}`);
      return Promise.resolve();
    };
  }, hasWorker);
  await tab.page.goto('./');
  await tab.page.locator('#live:not([hidden])').waitFor({ state: 'attached' });
  return { ...tab, told };
}

const notifyMe = (page: Page) => page.getByRole('button', { name: 'Notify me' });
const stop = (page: Page) => page.getByRole('button', { name: 'Stop notifying me' });
const openPanel = (page: Page) => page.getByRole('button', { name: 'Share mine' }).click();

async function turnOn(page: Page) {
  await openPanel(page);
  await notifyMe(page).click();
  await stop(page).waitFor();
  await page.keyboard.press('Escape');
}

/** As if another tab lay above it. */
async function hide(page: Page, hidden = true) {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

const topicOf = (page: Page, track: string) => page.locator(`#now-${track} .topic`).innerText();

describe('notifications', () => {
  test('are asked for upon a click only; where they are blocked, it says what to do', async () => {
    const answers = ['denied', 'default', 'granted'];
    const { page, requests, complaints, leave } = await reader({ answers });
    const said = page.locator('.notify [role="status"]');
    await openPanel(page);
    expect(await axeFindings(page)).toEqual([]);
    expect(answers).toHaveLength(3);
    await notifyMe(page).click();
    await expect
      .poll(() => said.innerText())
      .toBe(
        'Your browser blocks notifications from this site: allow them in its settings for this site, then choose “Notify me” again.',
      );
    await notifyMe(page).click();
    await expect.poll(() => said.innerText()).toBe('');
    expect(requests.filter((path) => path.includes('/notifications'))).toEqual([]);
    await notifyMe(page).click();
    await stop(page).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.reload();
    await page.locator('#live:not([hidden])').waitFor({ state: 'attached' });
    expect(answers).toEqual([]);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('tell what tracks of the reader announce, once, and nothing that was there', async () => {
    const { page, told, complaints, leave } = await reader();
    await turnOn(page);
    await site.publish(event({ nova: 'quotas' }));
    await expect.poll(() => topicOf(page, 'nova')).toBe('quotas');
    expect(told).toEqual([]);
    await site.publish(event({ edge: 'latency' }));
    await expect
      .poll(() => told)
      .toEqual(['edge now: latency\nthe big sofa near the bar, Level 2']);
    await page.evaluate(() =>
      (globalThis as unknown as { shown: EventTarget }).shown.dispatchEvent(new Event('click')),
    );
    await expect.poll(() => told.at(-1)).toBe('closed');
    told.length = 0;
    await site.publish(event());
    await expect.poll(() => topicOf(page, 'edge')).toContain('Retrospective');
    await site.publish(event({ edge: 'latency' }));
    await expect.poll(() => topicOf(page, 'edge')).toBe('latency');
    await page.reload();
    await page.locator('#live:not([hidden])').waitFor({ state: 'attached' });
    await site.publish(event({ edge: 'latency', cinder: 'drivers' }));
    await expect.poll(() => told).toEqual(['cinder now: drivers\nPlatte River']);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('tell ten minutes before a track of the reader meets', async () => {
    const { page, told, complaints, leave } = await reader();
    await turnOn(page);
    await page.clock.fastForward('54:00');
    expect(told).toEqual([]);
    await page.clock.fastForward('01:05');
    await expect.poll(() => told).toEqual(['edge begins at 15:15: Vail']);
    await page.reload();
    await page.locator('#live:not([hidden])').waitFor({ state: 'attached' });
    await page.clock.fastForward('02:00');
    expect(told).toHaveLength(1);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('come from one of several tabs, also from one that nobody sees', async () => {
    const { page, context, told, complaints, leave } = await reader();
    await turnOn(page);
    const other = await context.newPage();
    await other.clock.install({ time: new Date('2018-09-12T20:10:00Z') });
    await other.goto('./');
    await other.locator('#live:not([hidden])').waitFor({ state: 'attached' });
    await hide(page);
    await hide(other);
    await site.publish(event({ edge: 'latency' }));
    await expect.poll(() => told).toHaveLength(1);
    // Only the one that tells keeps current.
    expect(await topicOf(other, 'edge')).toContain('Retrospective');
    await page.close();
    await expect.poll(() => topicOf(other, 'edge')).toBe('latency');
    expect(told).toHaveLength(1);
    await site.publish(event({ edge: 'latency', cinder: 'drivers' }));
    await expect.poll(() => told.slice(1)).toEqual(['cinder now: drivers\nPlatte River']);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('can be turned off', async () => {
    const { page, told, complaints, leave } = await reader();
    await turnOn(page);
    await openPanel(page);
    await stop(page).click();
    await notifyMe(page).waitFor();
    await page.keyboard.press('Escape');
    await site.publish(event({ edge: 'latency' }));
    await expect.poll(() => topicOf(page, 'edge')).toBe('latency');
    await turnOn(page);
    await page.clock.runFor(6000);
    expect(told).toEqual([]);
    await hide(page);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('are shown by the service worker, and a click on one leads to the page', async () => {
    const { page, context, told, complaints, leave } = await reader({ hasWorker: true });
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    await turnOn(page);
    await site.publish(event({ edge: 'latency' }));
    await expect
      .poll(() => told)
      .toEqual([
        'worker: edge now: latency\nthe big sofa near the bar, Level 2: ptgbot now edge 2018-09-12T20:09:00Z',
      ]);
    const [worker] = context.serviceWorkers();
    const focused = await worker!.evaluate(() => {
      const scope = globalThis as unknown as {
        WindowClient: { prototype: { focus(this: { url: string }): Promise<unknown> } };
        dispatchEvent(event: Event): void;
      };
      return new Promise((resolve) => {
        // Only a real click may do that.
        scope.WindowClient.prototype.focus = function () {
          resolve(this.url);
          return Promise.resolve();
        };
        const notification = { close: () => undefined };
        const click = Object.assign(new Event('notificationclick'), {
          notification,
          waitUntil: () => undefined,
        });
        scope.dispatchEvent(click);
      });
    });
    expect(focused).toBe(page.url());
    expect(complaints).toEqual([]);
    await leave();
  });
});
