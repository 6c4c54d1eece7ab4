/** An open page follows what is said: by the push stream, and on any static host by asking. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type OpenSite } from '../support/open-site.ts';
import { snapshot } from '../support/build-site.ts';
import { gathering } from '../support/site-event.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const presence = [
  { nick: 'ada', track: 'nova', since: '2018-09-12T20:00:00Z' },
  { nick: 'grace', track: 'nova', since: '2018-09-12T20:00:00Z' },
];

/** The event, with something else said about nova. */
function withNova(change: object, here = presence) {
  const plain = gathering();
  const nova = { ...(plain.tracks.nova as object), ...change };
  return snapshot({ ...plain, tracks: { ...plain.tracks, nova } }, [], here);
}

const topic = (page: Page) => page.locator('#now-nova .topic').innerText();

describe.each([
  ['the built-in server', 'built-in' as const, 0],
  ['a static host', 'static' as const, 11_000],
])('a page from %s', (_, host, patience) => {
  const visit = async (options: Parameters<OpenSite['visit']>[0] = {}) => {
    const visit = await site.visit({ host, ...options });
    /** Publishes, and waits until the page had its chance to notice. */
    const publish = async (change: object, here = presence) => {
      await site.publish(withNova(change, here));
      if (patience > 0) await visit.page.clock.runFor(patience);
    };
    return { ...visit, publish };
  };

  test('shows a new topic without being loaded anew, and marks what changed for a while', async () => {
    await site.publish(withNova({}));
    const { page, publish, complaints, leave } = await visit();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await publish({ now: { topic: 'cells, again' }, color: '#112233' });
    await expect.poll(() => topic(page)).toBe('cells, again');
    expect(await page.locator('.changed').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'now-nova',
    ]);
    const color = () =>
      page.locator('#now-nova .badge').evaluate((badge) => getComputedStyle(badge).backgroundColor);
    expect(await color()).toBe('rgb(17, 34, 51)');
    await page.clock.runFor(3000);
    expect(await page.locator('.changed').count()).toBe(0);
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('stays as it is when the connection goes while it takes over something new', async () => {
    await site.publish(withNova({}));
    // It would have kept what is missing here.
    const { page, leave } = await site.newPage({ host, serviceWorkers: 'block' });
    let tries = 0;
    await page.route(/\/replace\.[^/]*\.js$/, (route) =>
      (tries += 1) === 1 ? route.abort() : route.continue(),
    );
    await page.goto('/');
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await site.publish(withNova({ now: { topic: 'cells, again' } }));
    await expect
      .poll(async () => {
        await page.clock.runFor(5000);
        return topic(page);
      })
      .toBe('cells, again');
    expect(tries).toBeGreaterThan(1);
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
    await leave();
  });

  test('keeps scroll, focus, selected text, open names, chosen day and zone, and the words of the filter', async () => {
    await site.publish(withNova({}));
    const { page, publish, complaints, leave } = await visit({
      viewport: { width: 1440, height: 600 },
    });
    await page.locator('#now-nova .here summary').click();
    await page.getByRole('link', { name: 'Friday' }).click();
    await page.getByRole('radio', { name: 'UTC' }).check();
    await page.getByRole('searchbox').fill('n');
    await page.evaluate(() => {
      scrollTo(0, 300);
      getSelection()?.selectAllChildren(document.querySelector('#now-edge .topic')!);
    });
    const selected = await page.evaluate(() => getSelection()?.toString());
    expect(selected).toContain('Retrospective');
    await page.getByRole('link', { name: 'Friday' }).focus();
    const before = await page.evaluate(() => scrollY);

    await publish({ now: { topic: 'now the next one' } });
    await expect.poll(() => topic(page)).toBe('now the next one');
    expect(await page.evaluate(() => scrollY)).toBe(before);
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(selected);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Friday');
    expect(await page.getByText('grace').isVisible()).toBe(true);
    expect(await page.locator('.day:visible .name').allInnerTexts()).toEqual(['Friday']);
    expect(await page.locator('#now-edge time').innerText()).toBe('19:40');
    expect(await page.getByRole('searchbox').inputValue()).toBe('n');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('tells screen readers new topics politely, and nothing else', async () => {
    await site.publish(withNova({}));
    const { page, publish, leave } = await visit();
    const news = page.locator('#news');
    expect(await news.getAttribute('role')).toBe('status');
    expect(await news.innerText()).toBe('');
    await publish({ next: ['something later'] });
    await expect.poll(() => page.getByText('something later').count()).toBe(1);
    expect(await news.innerText()).toBe('');
    await publish({ next: ['something later'] }, [...presence, { ...presence[0]!, nick: 'bob' }]);
    await expect.poll(() => page.locator('#now-nova').getByText('3 here').count()).toBe(1);
    expect(await news.innerText()).toBe('');
    await publish({ now: { topic: 'placement' } });
    await expect.poll(() => news.innerText()).toBe('nova now: placement, Ballroom A.');
    await leave();
  });

  test('tells them the new topic of a track on its own page, too', async () => {
    await site.publish(withNova({}));
    const { page, publish, leave } = await visit({ path: 'tracks/nova/' });
    await publish({ now: { topic: 'placement' } });
    await expect.poll(() => page.locator('#news').innerText()).toBe('nova now: placement.');
    await leave();
  });

  test('says that a track is gone, and is live all the same', async () => {
    await site.publish(withNova({}));
    const { page, leave } = await visit({ path: 'tracks/watcher/' });
    const plain = gathering();
    delete plain.tracks.watcher;
    await site.publish(snapshot(plain));
    if (patience > 0) await page.clock.runFor(patience);
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/no such page/);
    // The page's clock runs faster than the network: step by step both come along.
    for (let time = 0; time < 60_000; time += 6000) {
      await page.clock.runFor(6000);
      await page.waitForTimeout(100);
    }
    await expect.poll(() => page.locator('#live').innerText()).toMatch(/^live/);
    await leave();
  });

  test('goes to the new name of a track that is renamed', async () => {
    await site.publish(withNova({}));
    const { page, leave } = await visit({ path: 'tracks/watcher/' });
    const plain = gathering();
    const { watcher, ...tracks } = plain.tracks;
    const observer = { ...(watcher as object), formerly: ['watcher'] };
    await site.publish(snapshot({ ...plain, tracks: { ...tracks, observer } }));
    if (patience > 0) await page.clock.runFor(patience);
    await expect.poll(() => new URL(page.url()).pathname).toBe('/tracks/observer/');
    await leave();
  });

  test('follows the event to another time zone', async () => {
    await site.publish(withNova({}));
    const { page, leave } = await visit();
    const plain = gathering();
    await site.publish(
      snapshot({ ...plain, event: { ...plain.event, timezone: 'Europe/Lisbon' } }),
    );
    if (patience > 0) await page.clock.runFor(patience);
    await expect.poll(() => page.locator('.zones').innerText()).toContain('WEST');
    expect(await page.locator('#day-wednesday tbody th time').first().innerText()).toBe('09:00');
    await leave();
  });

  test('says how old it is when the connection is gone, and that it is live again', async () => {
    await site.publish(withNova({}));
    const { page, context, leave } = await visit();
    const state = page.locator('#live');
    expect(await state.innerText()).toBe('live 14:10 MDT');
    await context.setOffline(true);
    // The page's clock runs faster than the network: only step by step do both come along.
    const later = async () => {
      await page.clock.runFor(20_000);
      return state.innerText();
    };
    await expect.poll(later).toMatch(/^no connection · \d+ min old, as of 14:\d\d MDT$/);
    await context.setOffline(false);
    await expect.poll(later).toMatch(/^live 1\d:\d\d MDT$/);
    await leave();
  });

  test('asks for nothing while nobody looks, and is current when somebody does again', async () => {
    await site.publish(withNova({}));
    const { page, requests, publish, leave } = await visit();
    const look = (hidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await look(true);
    await page.clock.runFor(1000);
    const asked = requests.length;
    await publish({ now: { topic: 'unseen' } });
    await page.clock.runFor(60_000);
    expect(requests.slice(asked)).toEqual([]);
    await look(false);
    await expect.poll(() => topic(page)).toBe('unseen');
    await leave();
  });
});
