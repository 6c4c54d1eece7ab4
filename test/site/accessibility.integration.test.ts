/** Every kind of page, in a browser: axe, no width of its own, no complaint, also without scripts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/browser.ts';
import { variousChanges } from '../support/changes.ts';
import {
  kindOf,
  kindsOfPages,
  onePageOfEachKind,
  openSite,
  type OpenSite,
} from '../support/open-site.ts';
import { snapshot } from '../support/build-site.ts';
import { discussed, gathered, gathering } from '../support/site-event.ts';
import { withPlan } from '../support/written-event.ts';

const sites = new Map<string, OpenSite>();
const site = (name: string) => sites.get(name)!;

beforeAll(async () => {
  const problem = { path: 'tracks/nova.yaml', line: 4, message: 'expected more', author: 'gibi' };
  const contents = {
    'a large event': withPlan(
      snapshot(gathering(), [problem], gathered, discussed(), variousChanges()),
    ),
    'an event without anything': snapshot({}),
  };
  for (const [name, content] of Object.entries(contents)) sites.set(name, await openSite(content));
});
afterAll(async () => {
  for (const one of sites.values()) await one.close();
});

/** One page of each kind, and those of a track that says something and of one that is silent. */
function paths(name: string): readonly string[] {
  const pages = site(name).pages();
  const tracks = ['tracks/nova/', 'tracks/qa/'].filter((path) => pages.includes(path));
  return [...new Set([...onePageOfEachKind(pages), ...tracks])];
}

test('a page of every kind is among them', () => {
  const { pages } = site('a large event');
  expect(onePageOfEachKind(pages()).map(kindOf).toSorted()).toEqual(kindsOfPages);
});

describe.each(['a large event', 'an event without anything'])('every page of %s', (name) => {
  test('has no fault that axe knows of, and fits: narrow and wide, in light and dark', async () => {
    const { page, complaints, leave } = await site(name).newPage();
    for (const path of paths(name)) {
      await page.goto(`/${path}`);
      await page.locator('#live:not([hidden])').waitFor({ state: 'attached' });
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const found = { path, width, colorScheme, faults: await axeFindings(page), fits };
          expect(found).toEqual({ path, width, colorScheme, faults: [], fits: true });
        }
      }
      expect({ path, complaints }).toEqual({ path, complaints: [] });
    }
    await leave();
  }, 180_000);

  test('has one main heading and says something without scripts', async () => {
    const { page, leave } = await site(name).newPage({ javaScriptEnabled: false });
    for (const path of paths(name)) {
      await page.goto(`/${path}`);
      expect(await page.locator('h1:visible').count(), path).toBe(1);
      expect((await page.locator('main').innerText()).length, path).toBeGreaterThan(40);
    }
    await leave();
  });
});
