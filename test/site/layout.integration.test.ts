/** Boxes of pages as a real browser lays them out: at any width, in any zone, all of it can be read. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshot, type PlainSchedule } from '../support/build-site.ts';
import { layoutFaults } from '../support/boxes.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';
import { discussed, gathered, gathering } from '../support/site-event.ts';

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
    .over { position: absolute; top: 8px }`;
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
  expect(await faultsOf(`<div style="width: 3000px">wide</div>`)).toEqual([
    `scrolls sideways: 3008 of 1280`,
  ]);
  await leave();
});

describe.each([
  ['a large event', ['', 'tracks/nova/', 'rooms/ballroom-a/']],
  ['an event of uneven days', ['', 'tracks/nova/', 'rooms/aspen/']],
])('pages of %s', (name, paths) => {
  test.each(zones)('never scroll sideways, cut or overprint, %s', async (timezoneId) => {
    const { page, leave } = await sites.get(name)!.visit({ timezoneId });
    if (timezoneId !== 'America/Denver') await page.getByRole('radio', { name: /mine/ }).check();
    for (const path of paths) {
      await page.goto(`/${path}${path === '' ? '#schedule' : ''}`);
      await page.locator('html.adapted').waitFor();
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        // Slots that are folded hold as much.
        await page.evaluate(() => {
          for (const row of document.querySelectorAll('.folded')) row.classList.remove('folded');
        });
        const found = { path, width, faults: await layoutFaults(page) };
        expect(found).toEqual({ path, width, faults: [] });
      }
    }
    await leave();
  });
});
