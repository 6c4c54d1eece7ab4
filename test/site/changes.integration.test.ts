/** The page of changes in a browser: filtered by the address, further back, copied; and its feed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshot } from '../support/build-site.ts';
import { axeFindings } from '../support/browser.ts';
import { commitNumber, newestOf } from '../support/changes.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';
import { gathering } from '../support/site-event.ts';

const hostile = {
  author: '<script>alert(1)</script>\u0002 & "gibi"',
  sentences: ['nova now: \u000304red\u0000 ]]> &lt; <b>bold</b> \ud800 \ufffe 🎉', 'zwei'],
  subject: '\u001b[31m',
};
const special = {
  20: { rooms: ['aspen'], tracks: [], author: 'Zoë' },
  299: hostile,
};

let site: OpenSite;
beforeAll(async () => {
  const options = { site: 'https://ptg.example.org/' };
  site = await openSite(snapshot(gathering(), [], [], new Map(), newestOf(130, special)), options);
  await site.publish(snapshot(gathering(), [], [], new Map(), newestOf(230, special)));
  await site.publish(snapshot(gathering(), [], [], new Map(), newestOf(300, special)));
});
afterAll(() => site?.close());

describe('the page of changes', () => {
  test('leaves what the address asks for, and looks further back until there is something', async () => {
    const { page, complaints, leave } = await site.visit({ path: 'changes/?room=aspen' });
    const shown = page.locator('.change:visible');
    await expect.poll(() => page.locator('#none').innerText()).toMatch(/Look further back/);
    expect(await shown.count()).toBe(0);
    expect(await page.locator('#only').innerText()).toBe('Only changes of aspen. Show all');
    await page.getByRole('button', { name: 'Look further back' }).click();
    await expect.poll(() => shown.count()).toBe(1);
    expect(await shown.innerText()).toContain('topic 20');
    expect(await page.locator('#further').isVisible()).toBe(false);
    expect(new URL(page.url()).search).toBe('?room=aspen');
    expect(await axeFindings(page)).toEqual([]);
    // What was fetched stays when a newer page comes.
    await site.publish(
      snapshot(
        gathering(),
        [],
        [],
        new Map(),
        newestOf(301, { ...special, 301: { rooms: ['aspen'] } }),
      ),
    );
    await expect.poll(() => shown.count()).toBe(2);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('finds people by their name, in any case, and tracks by several', async () => {
    const { page, leave } = await site.visit({ path: 'changes/?by=GIBI&track=nova&track=cinder' });
    const texts = await page.locator('.change:visible .detail').allInnerTexts();
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts) expect(text).toMatch(/^gibi\s.*(nova|cinder)/s);
    await leave();
  });

  test('goes further back without a filter as well, each day once', async () => {
    const { page, leave } = await site.visit({ path: 'changes/' });
    const shown = page.locator('.change:visible');
    const before = await shown.count();
    await page.getByRole('button', { name: 'Look further back' }).click();
    await expect.poll(() => shown.count()).toBe(before + 100);
    await page.getByRole('button', { name: 'Look further back' }).click();
    await expect.poll(() => shown.count()).toBe(before + 200);
    const dates = await page
      .locator('#changes > section')
      .evaluateAll((days) => days.map((day) => (day as HTMLElement).dataset.date));
    expect(dates).toEqual([...new Set(dates)].toSorted().toReversed());
    await leave();
  });

  test('is whole and leads on without scripts, whatever the address asks for', async () => {
    const { page, leave } = await site.visit({
      path: 'changes/?room=aspen',
      javaScriptEnabled: false,
    });
    expect(await page.locator('.change:visible').count()).toBeGreaterThanOrEqual(100);
    await page.getByRole('link', { name: 'Older changes' }).click();
    expect(await page.locator('h1').innerText()).toBe('Changes, page 2');
    await page.getByRole('link', { name: 'Older changes' }).click();
    expect(await page.locator('h1').innerText()).toBe('Changes, page 1');
    await page.getByRole('link', { name: 'Newest changes' }).click();
    expect(await page.locator('h1').innerText()).toBe('Changes');
    await leave();
  });

  test('copies how to take a change back', async () => {
    const { page, context, leave } = await site.visit({ path: `changes/${commitNumber(250)}/` });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy ~revert' }).click();
    await expect.poll(() => page.locator('#message').innerText()).toBe('Copied: ~revert 00000fa');
    await leave();
  });

  test('is found from everywhere, and that of a track and a room from theirs', async () => {
    const { page, leave } = await site.visit({ path: 'tracks/nova/' });
    expect(await page.locator('.foot a').getAttribute('href')).toBe('/changes/');
    await page.getByRole('link', { name: 'All changes to this track' }).click();
    await expect.poll(() => page.locator('#only').innerText()).toContain('nova, compute');
    await page.goto('/rooms/aspen/');
    await page.getByRole('link', { name: 'All changes to this room' }).click();
    await expect.poll(() => page.locator('#only').innerText()).toContain('aspen');
    await leave();
  });
});

test('the feeds are well-formed Atom, whatever people say and are called', async () => {
  const { page, leave } = await site.visit();
  for (const path of ['changes/feed.atom', 'tracks/nova/feed.atom', 'tracks/qa/feed.atom']) {
    const text = readFileSync(join(site.folder, path), 'utf8');
    const feed = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'application/xml');
      const all = (name: string, within: Element | Document = parsed) =>
        [...within.getElementsByTagNameNS('http://www.w3.org/2005/Atom', name)].map(
          (element) => element.textContent,
        );
      const hrefs = [...parsed.getElementsByTagName('link')].map((link) =>
        link.getAttribute('href'),
      );
      const children = [...parsed.documentElement.children].map(({ localName }) => localName);
      return {
        error: parsed.querySelector('parsererror')?.textContent,
        root: parsed.documentElement.localName,
        children,
        ids: all('id'),
        updated: all('updated'),
        authors: all('name'),
        titles: all('title'),
        contents: all('content'),
        entries: [...parsed.getElementsByTagName('entry')].map((entry) =>
          ['id', 'title', 'updated', 'published', 'name', 'content'].map(
            (name) => all(name, entry).length,
          ),
        ),
        hrefs,
      };
    }, text);
    expect(feed.error).toBeUndefined();
    expect(feed.root).toBe('feed');
    for (const name of ['id', 'title', 'updated']) expect(feed.children).toContain(name);
    expect(new Set(feed.ids).size).toBe(feed.ids.length);
    for (const id of feed.ids) expect(id).toMatch(/^tag:ptgbot\.invalid,2026:[\w.:%-]+$/);
    for (const counts of feed.entries) expect(counts).toEqual([1, 1, 1, 1, 1, 1]);
    const [own, ...updated] = feed.updated.map((time) => Date.parse(time));
    expect(updated).toEqual(updated.toSorted((a, b) => b - a));
    expect(own).toBe(updated[0] ?? 0);
    for (const href of feed.hrefs) expect(href).toMatch(/^https:\/\/ptg\.example\.org\//);
    if (path !== 'changes/feed.atom') continue;
    expect(feed.entries).toHaveLength(50);
    expect(feed.authors).toContain('<script>alert(1)</script> & "gibi"');
    expect(feed.contents).toContain('nova now: 04red ]]> &lt; <b>bold</b> \ufffd  🎉\nzwei');
  }
  await leave();
});
