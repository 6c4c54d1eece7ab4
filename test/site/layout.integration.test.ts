/** Boxes of pages as a real browser lays them out: at any width, in any zone, all of it can be read. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshot, type PlainSchedule } from '../support/build-site.ts';
import { layoutFaults } from '../support/boxes.ts';
import { commitNumber } from '../support/changes.ts';
import {
  kindOf,
  kindsOfPages,
  onePageOfEachKind,
  openSite,
  type OpenSite,
} from '../support/open-site.ts';
import { discussed, gathered, gathering } from '../support/site-event.ts';
import { writtenEvent } from '../support/written-event.ts';

const widths = [320, 360, 390, 700, 768, 820, 959, 1100, 1280, 1920, 3840];
const zones = ['America/Denver', 'Asia/Kolkata', 'Pacific/Chatham'];

const time = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Days of 1, 3, 5, 6, 7, 8 and 12 slots, the last of which is after midnight, with names of all kinds. */
function unevenEvent(): PlainSchedule {
  const counts = [1, 3, 5, 6, 7, 8, 12];
  const days = counts.map((count, day) => ({
    name: `Day ${day + 1}`,
    date: `2018-09-${10 + day}`,
    slots: Array.from({ length: count }, (_, index) => {
      const start = 1440 + 105 - (count - 1 - index) * 115;
      return { name: `D${day + 1}S${index + 1}`, start: time(start), end: time(start + 105) };
    }),
  }));
  const slots = days.flatMap((day) => day.slots.map(({ name }) => name));
  const tracks = ['nova', 'publiccloud-wg', 'oslo.messaging', 'internationalization'];
  const booked = (room: number) =>
    Object.fromEntries(
      slots.map((name, index) => [
        name,
        (index + room) % 5 === 0 ? '' : tracks[Math.floor(index / 2 + room) % tracks.length],
      ]),
    );
  const rooms = {
    'room-of-the-long-name-in-the-annex-beyond-the-river': {
      name: 'Breakfast Room (Right-side) - Croke Park Hotel - 2',
      url: 'https://meet.example.org/breakfast',
      equipment: [{ icon: 'facetime-video', label: 'Video projection' }],
      slots: booked(0),
    },
    aspen: { name: 'Aspen', description: '10 person table', slots: booked(1) },
    vail: { name: 'Donaudampfschifffahrtsgesellschaft', slots: booked(2) },
  };
  const now = { topic: 'A'.repeat(80), since: '2018-09-12T20:00:00Z' };
  return {
    event: { days },
    rooms,
    tracks: {
      nova: { now, url: 'https://wiki.example.org/nova' },
      'publiccloud-wg': {},
      'oslo.messaging': {},
      internationalization: { name: 'Internationalization and Localisation' },
    },
  };
}

const sites = new Map<string, OpenSite>();
beforeAll(async () => {
  const contents = {
    'a large event': snapshot(gathering(), [], gathered, discussed()),
    'an event of uneven days': snapshot(unevenEvent()),
    'an event of long words': writtenEvent(),
  };
  for (const [name, content] of Object.entries(contents)) sites.set(name, await openSite(content));
});
afterAll(async () => {
  for (const one of sites.values()) await one.close();
});

test('what is looked for is found, and what is meant to be so is not', async () => {
  const { page, leave } = await sites.get('a large event')!.newPage();
  const faultsOf = async (html: string) => {
    await page.setContent(`<style>${styles}</style>${html}`);
    return layoutFaults(page);
  };
  const styles = `
    p { margin: 0; width: 60px; white-space: nowrap }
    .cut { overflow: hidden } .dots { overflow: hidden; text-overflow: ellipsis }
    .scroll { overflow: auto; width: 60px } .aside { position: absolute; clip-path: inset(50%) }
    .over { position: absolute; top: 8px }
    .thin { width: 3em; white-space: normal }`;
  const long = 'more than has room here';
  expect(await faultsOf(`<p>fits</p>`)).toEqual([]);
  expect(await faultsOf(`<p>${long}</p>`)).toEqual([`cut off: p ${long}`]);
  expect(await faultsOf(`<div><p class="cut">${long}</p></div>`)).toEqual([
    `cut off: p.cut ${long}`,
  ]);
  expect(await faultsOf(`<p class="dots">${long}</p><p class="aside">${long}</p>`)).toEqual([]);
  expect(await faultsOf(`<div class="scroll"><span>${long.repeat(9)}</span></div>`)).toEqual([]);
  expect(await faultsOf(`<p>one</p><p class="over">two</p>`)).toEqual([
    'printed over each other: one and two',
  ]);
  expect(await faultsOf(`<p class="thin">one more and more</p>`)).toEqual([
    'squeezed: p.thin one more and more',
  ]);
  expect(await faultsOf(`<div style="width: 3000px">wide</div>`)).toEqual([
    `scrolls sideways: 3008 of 1280`,
  ]);
  await leave();
});

/** What is wrong with a page at a width, also with what is folded, and with what takes turns on a sign. */
async function faultsAt(page: Page, width: number): Promise<readonly string[]> {
  await page.setViewportSize({ width, height: 800 });
  await page.evaluate(() => {
    for (const row of document.querySelectorAll('.folded')) row.classList.remove('folded');
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  const faults = await layoutFaults(page);
  const turning = page.locator('#turning button:visible');
  if ((await turning.count()) === 0) return faults;
  for (
    let turn = Number((await turning.innerText()).match(/\d+ of (\d+)/)?.[1]);
    turn > 1;
    turn -= 1
  ) {
    await page.keyboard.press('ArrowRight');
    faults.push(...(await layoutFaults(page)));
  }
  return faults;
}

async function expectNoFaults(page: Page, path: string, widths: readonly number[]): Promise<void> {
  await page.goto(`/${path}`);
  await page.locator('html.adapted').waitFor();
  for (const width of widths)
    expect({ path, width, faults: await faultsAt(page, width) }).toEqual({
      path,
      width,
      faults: [],
    });
}

describe.each([
  ['a large event', ['#schedule', 'tracks/nova/', 'rooms/ballroom-a/']],
  ['an event of uneven days', ['#schedule', 'tracks/nova/', 'rooms/aspen/']],
])('pages of %s', (name, paths) => {
  test.each(zones)('never scroll sideways, cut or overprint, %s', async (timezoneId) => {
    const { page, leave } = await sites.get(name)!.visit({ timezoneId });
    if (timezoneId !== 'America/Denver') await page.getByRole('radio', { name: /mine/ }).check();
    for (const path of paths) await expectNoFaults(page, path, widths);
    await leave();
  });
});

describe('the main page on a phone of 360 pixels', () => {
  const danger = { level: 'danger', message: 'Fire drill at 11:00, please use the north stairs' };
  const plain = gathering();
  const talking = Object.keys(plain.tracks).slice(0, 18);
  const tracks = Object.fromEntries(
    Object.entries(plain.tracks).map(([slug, track]) => [
      slug,
      talking.includes(slug)
        ? {
            ...(track as object),
            now: { topic: `What ${slug} has left to do`, since: '2018-09-12T19:50:00Z', by: 'ada' },
            room: 'vail',
          }
        : track,
    ]),
  );
  const content = { ...plain, tracks, announcements: [danger, ...plain.announcements] };
  let site: OpenSite;
  beforeAll(async () => void (site = await openSite(snapshot(content))));
  afterAll(() => site.close());

  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true } as const;
  const heights = (page: Page) =>
    page.evaluate(() => ({
      page: document.scrollingElement!.scrollHeight,
      board: document.querySelector('.now .board')!.clientHeight,
      firstTopic: document.querySelector('.board .topic')!.getBoundingClientRect().top,
    }));

  test('begins with topics, each of which is low, and is not long', async () => {
    const { page, leave } = await site.visit({ ...phone, timezoneId: 'America/Denver' });
    await page.locator('html.adapted').waitFor();
    const found = await heights(page);
    expect(found.firstTopic).toBeLessThanOrEqual(250);
    expect(found.board / talking.length).toBeLessThanOrEqual(64);
    // All but the topics: who else meets, what comes next, the schedule of the day, the links.
    expect(found.page - found.board).toBeLessThanOrEqual(1900);
    await leave();
  });

  test('shows a day at a time without scripts, and all of them to who wants', async () => {
    const { page, leave } = await site.visit({ ...phone, javaScriptEnabled: false });
    const days = () => page.locator('.day:visible').evaluateAll((all) => all.map(({ id }) => id));
    expect(await days()).toEqual(['day-monday']);
    expect((await heights(page)).page).toBeLessThanOrEqual(7500);
    const nav = page.getByRole('navigation', { name: 'Days' });
    await nav.getByRole('link', { name: 'Friday' }).click();
    expect(await days()).toEqual(['day-friday']);
    await nav.getByRole('link', { name: 'All' }).click();
    expect(await days()).toHaveLength(5);
    await page.emulateMedia({ media: 'print' });
    await page.goto('/');
    expect(await days()).toHaveLength(5);
    await leave();
  });
});

test('a long way to a place takes two lines of the board, until a click shows all; a door and paper tell all', async () => {
  const location =
    'Level 3, the corridor behind the registration desk, second door on the left. '.repeat(2);
  const topic = 'what we have left to do before the release, and who does it, '.repeat(4);
  const now = { topic, since: '2018-09-12T20:00:00Z', by: 'ada' };
  const plain = gathering();
  const tracks = { ...plain.tracks, nova: { now, location }, cinder: { now, room: 'aspen' } };
  const site = await openSite(snapshot({ ...plain, tracks }));
  const { page, leave } = await site.visit();
  const place = page.locator('.now .entry[data-track="nova"] .place');
  const height = async () => (await place.boundingBox())!.height;
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await height()).toBeLessThanOrEqual(2 * 25);
  }
  await place.click();
  expect(await height()).toBeGreaterThan(3 * 25);
  await place.click();
  expect(await height()).toBeLessThanOrEqual(2 * 25);
  await page.emulateMedia({ media: 'print' });
  expect(await height()).toBeGreaterThan(3 * 20);
  await page.emulateMedia({ media: null });
  await page.goto('/rooms/aspen/');
  const isWhole = (text: Element) => text.scrollHeight <= text.clientHeight + 1;
  expect(await page.locator('.now .topic').evaluate(isWhole)).toBe(true);
  await leave();
  await site.close();
});

/** With what is written longest among those of its kind; a sign also for one room. */
const longest = [
  ...['tracks/lange/', 'rooms/breakfast-room/', 'signage.html?room=breakfast-room'],
  `changes/${commitNumber(299)}/`,
];

describe('every kind of page of an event of long words, in all scripts', () => {
  test('is looked at', () => {
    const { pages } = sites.get('an event of long words')!;
    expect(onePageOfEachKind(pages()).map(kindOf).toSorted()).toEqual(kindsOfPages);
  });

  // The zone of the event, one in which much is on another day, and the one that all know.
  test.each([
    ['Asia/Kolkata', 'mine', widths],
    ['America/Denver', 'event', [320, 768, 1280]],
    ['America/Denver', 'UTC', [320, 768, 1280]],
  ] as const)('fits a reader in %s who chose %s', async (timezoneId, zone, widths) => {
    const site = sites.get('an event of long words')!;
    const { page, leave } = await site.visit({ timezoneId });
    await page.getByRole('radio', { name: zone }).check();
    for (const path of [...onePageOfEachKind(site.pages()), ...longest])
      await expectNoFaults(page, path, widths);
    await leave();
  });
});
