/** Pages are there without a connection as they were seen last, and never so while there is one. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type OpenSite } from '../support/open-site.ts';
import { snapshot } from '../support/build-site.ts';
import { gathering } from '../support/site-event.ts';

const minute = 60_000;

/** The event, with something else said about nova. */
function withTopic(topic: string) {
  const plain = gathering();
  const nova = { ...(plain.tracks.nova as object), now: { topic } };
  return snapshot({ ...plain, tracks: { ...plain.tracks, nova } });
}

const topic = (page: Page) => page.locator('.now .topic', { hasText: 'cells' }).innerText();
const live = (page: Page) => page.locator('#live').innerText();
const heading = (page: Page) => page.locator('h1').innerText();
const offline = /^no connection · (\d+) min old, as of \d\d:\d\d M[DS]T$/;
const isWatched = () => navigator.serviceWorker.controller?.state === 'activated';

describe.each([
  ['the built-in server', 'built-in', '/'],
  ['a static host, below a path', 'static', '/events/stein'],
] as const)('pages of %s', (_, host, base) => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite(withTopic('cells'), { base });
  });
  afterEach(() => site.bringBack());
  afterAll(() => site?.close());

  /** A reader whose clock is that of the worker, and who has been on a page. */
  async function visit(path = '') {
    const tab = await site.visit({ host, path, at: new Date().toISOString() });
    await tab.page.waitForFunction(isWatched);
    return tab;
  }

  /** Lets time pass until the page noticed; its clock runs faster than the network. */
  const follows = async (page: Page, seen: () => Promise<string>, expected: string | RegExp) => {
    const later = async () => {
      await page.clock.runFor(15_000);
      return seen();
    };
    await expect.poll(later, { timeout: 20_000 }).toMatch(expected);
  };

  test('are there without a connection, say how old they are, and are live with the next one', async () => {
    await site.publish(withTopic('cells'));
    const { page, leave } = await visit();
    await site.takeAway();
    await page.clock.fastForward(12.5 * minute);
    await page.reload();
    expect(await topic(page)).toBe('cells');
    expect(await live(page)).toMatch(offline);
    expect(offline.exec(await live(page))?.[1]).toBe('12');
    await page.clock.runFor(2 * minute);
    expect(offline.exec(await live(page))?.[1]).toBe('14');
    // With all that they need.
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).maxWidth)).not.toBe(
      'none',
    );

    await site.bringBack();
    await site.publish(withTopic('cells, again'));
    await follows(page, () => topic(page), /^cells, again$/);
    await follows(page, () => live(page), /^live/);
    await leave();
  });

  test('are as old as what was known last, not as the last time that they came', async () => {
    await site.publish(withTopic('cells'));
    const { page, leave } = await visit('tracks/nova/');
    await page.clock.fastForward(60 * minute);
    await follows(page, () => live(page), /^live/);
    await site.takeAway();
    await page.clock.fastForward(5 * minute);
    await follows(page, () => live(page), offline);
    const since = (await live(page)).replace(/.*, /, '');
    await page.reload();
    expect((await live(page)).replace(/.*, /, '')).toBe(since);
    await leave();
  });

  test('are those that were open, and those of the navigation; another becomes one with the next connection', async () => {
    const { page, leave } = await visit('tracks/nova/');
    await page.goto('./rooms/aspen/?from=elsewhere');
    await site.takeAway();
    for (const [path, title] of [
      ['', /^Denver/],
      ['tracks/nova/#log', /nova/],
      ['rooms/aspen/', /Aspen/],
      ['etherpads.html', /Etherpads/],
      ['help.html', /Help/],
    ] as const) {
      await page.goto(`./${path}`);
      expect(await heading(page)).toMatch(title);
      await page.locator('html.adapted').waitFor();
    }
    await page.goto('./tracks/cinder/');
    expect(await heading(page)).toBe('No connection');
    expect(await page.getByRole('link', { name: 'the schedule' }).getAttribute('href')).toBe(
      `${base.replace(/\/$/, '')}/`,
    );
    await site.bringBack();
    await follows(page, () => heading(page), /cinder/);
    await leave();
  });

  test.each<[string, RequestListener]>([
    ['nothing comes', () => undefined],
    ['a proxy says that it is down', (_, response) => void response.writeHead(502).end('down')],
  ])('are as they were seen last where %s', async (_, answer) => {
    await site.publish(withTopic('cells'));
    const { page, leave } = await visit();
    await site.replaceBy(answer);
    await page.clock.fastForward(3 * minute);
    await page.reload();
    expect(await topic(page)).toBe('cells');
    expect(await live(page)).toMatch(offline);
    await leave();
  });

  test('are never old with a connection', async () => {
    const { page, complaints, leave } = await visit();
    for (const now of ['cells v2', 'cells']) {
      await site.publish(withTopic(now));
      await page.goto('./links.html');
      await page.goBack();
      expect(await topic(page)).toBe(now);
      await site.publish(withTopic(`${now}!`));
      await page.reload();
      expect(await topic(page)).toBe(`${now}!`);
      expect(await page.locator('html').getAttribute('data-as-of')).toBeNull();
    }
    await site.takeAway();
    await page.reload();
    await site.bringBack();
    await site.publish(withTopic('cells, last'));
    await page.reload();
    expect(await topic(page)).toBe('cells, last');
    expect(complaints.filter((text) => !/ERR_|404/.test(text))).toEqual([]);
    await leave();
  });

  test('are those of a new version with the first load, and so without a connection', async () => {
    await site.publish(withTopic('cells'));
    const { page, leave } = await visit();
    const file = (path: string) => join(site.folder, path);
    const script = readdirSync(file('assets')).find(
      (name) => readFileSync(file('index.html'), 'utf8').includes(name) && name.endsWith('.js'),
    )!;
    const old = readFileSync(file(`assets/${script}`), 'utf8');
    writeFileSync(
      file('assets/site.Version2.js'),
      `${old};document.documentElement.dataset.version="2"`,
    );
    const html = readFileSync(file('index.html'), 'utf8');
    writeFileSync(file('index.html'), html.replace(script, 'site.Version2.js'));
    rmSync(file(`assets/${script}`));

    await page.reload();
    await page.locator('html[data-version="2"]').waitFor();
    await site.takeAway();
    await page.reload();
    await page.locator('html[data-version="2"].adapted').waitFor();
    writeFileSync(file(`assets/${script}`), old);
    writeFileSync(file('index.html'), html);
    await leave();
  });

  test('leave what is live and what is data to the site', async () => {
    const { page, leave } = await visit();
    await page.goto('./?track=nova#now');
    await page.goto('./ptg.json');
    await page.goto('./schedule.txt');
    await page.goto('./no/such/page');
    await page.goto('./help.html');
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain(`${base.replace(/\/$/, '')}/help.html`);
    expect(kept.filter((path) => !/(\/|\.html|\/assets\/[^/]+)$/.test(path))).toEqual([]);
    await leave();
  });

  test('make room for those of a newer worker, and go with it as the docs say', async () => {
    const { page, leave } = await visit();
    const worker = join(site.folder, 'sw.js');
    const script = readFileSync(worker, 'utf8');
    const cacheNames = () => page.evaluate(() => caches.keys());
    const names = await cacheNames();
    await page.evaluate(
      (ours) => Promise.all(ours.map((name) => caches.open(name))),
      [names[0]!.replace(/\d+$/, '0'), 'ptgbot /events/other/ pages 1'],
    );
    writeFileSync(worker, `${script}// newer`);
    await page.reload();
    await expect
      .poll(async () => (await cacheNames()).toSorted())
      .toEqual([...names, 'ptgbot /events/other/ pages 1'].toSorted());

    const docs = readFileSync(new URL('../../docs/running.md', import.meta.url), 'utf8');
    writeFileSync(worker, /```js\n(.*?)```/s.exec(docs)![1]!);
    await page.reload();
    await expect.poll(cacheNames).toEqual(['ptgbot /events/other/ pages 1']);
    const registrations = () =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    await expect.poll(registrations).toBe(0);
    writeFileSync(worker, script);
    await leave();
  });

  test('keep nothing where they are framed by others', async () => {
    const { page, leave } = await site.visit({ host, path: 'now.html' });
    await page.waitForLoadState();
    expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations())).toEqual([]);
    await leave();
  });

  test('can be installed', async () => {
    await site.publish(snapshot({ event: { name: 'Oslo <Gathering>' } }));
    const { page, context, leave } = await visit();
    const devtools = await context.newCDPSession(page);
    expect(await devtools.send('Page.getInstallabilityErrors')).toEqual({
      installabilityErrors: [],
    });
    const { errors, manifest } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(manifest).toMatchObject({ name: 'Oslo <Gathering>', scope: page.url() });
    await leave();
  });
});
