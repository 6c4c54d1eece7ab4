/** The schedule as a table and as a list: what is booked when, what is on, what is over. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshot } from '../support/build-site.ts';
import { openSite, type OpenSite, type PageOptions } from '../support/open-site.ts';
import { gathering } from '../support/site-event.ts';

/** 14:10 on Wednesday, within the third of four slots. */
const said = (topic: string, since: string) => ({
  now: { topic, since: `2018-09-12T${since}:00Z` },
});
const wednesday = (...tracks: (string | undefined)[]) =>
  Object.fromEntries(
    ['WedA1', 'WedA2', 'WedP1', 'WedP2'].flatMap((slot, index) =>
      tracks[index] === undefined ? [] : [[slot, tracks[index]]],
    ),
  );
const event = {
  event: gathering().event,
  rooms: {
    aspen: { name: 'Aspen', order: '1', slots: wednesday('nova', 'nova', 'nova', 'cinder') },
    vail: { name: 'Vail', order: '2', slots: wednesday('', '', 'swift', '') },
    kelso: { name: 'Kelso', order: '3', slots: wednesday('heat', 'heat', 'ironic', 'ironic') },
    tern: { name: 'Tern', order: '4', slots: { MonA1: 'nova', FriP2: '' } },
  },
  tracks: {
    nova: { room: 'aspen', ...said('multi-attach', '16:00') },
    cinder: {},
    // Before its slot began, and in another room than that which it has.
    swift: { room: 'vail', ...said('what it did in the morning', '18:00') },
    ironic: { location: 'the sofa', ...said('deploy steps', '20:00') },
    heat: {},
  },
};

let site: OpenSite;
beforeAll(async () => {
  site = await openSite(snapshot(event));
});
afterAll(() => site?.close());

const phone: PageOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};

const areShown = (all: Element[]) => all.map((one) => getComputedStyle(one).clipPath === 'none');

describe('slots in a row that are booked by the same track', () => {
  test('are one bar with one name, and a cell each for whoever has it read', async () => {
    const { page, leave } = await site.visit({ javaScriptEnabled: false });
    const cells = page.locator('#day-wednesday td[data-room="Aspen"]');
    const names = cells.locator('> a:first-child');
    expect(await names.evaluateAll(areShown)).toEqual([true, false, false, true]);
    const lines = await cells.evaluateAll((all) =>
      all.map((one) => getComputedStyle(one).borderInlineStartColor),
    );
    expect(new Set(lines.slice(1, 3))).toEqual(new Set(['rgba(0, 0, 0, 0)']));
    expect(lines[3]).toBe(lines[0]);
    const table = page.getByRole('table', { name: /Wednesday/ });
    expect(await table.getByRole('link', { name: 'nova' }).count()).toBe(3);
    await names.nth(1).focus();
    expect((await names.nth(1).boundingBox())?.width).toBeGreaterThan(20);
    await leave();
  });

  test('are named again in the slot that is on, and in each of a list', async () => {
    const { page, leave } = await site.visit();
    const cells = page.locator('#day-wednesday td[data-room="Aspen"] > a:first-child');
    const shown = () => cells.evaluateAll(areShown);
    expect(await shown()).toEqual([true, false, true, true]);
    await page.setViewportSize({ width: 360, height: 740 });
    for (const slot of ['WedA1', 'WedA2', 'WedP2'])
      await page.getByRole('button', { name: `Rooms in ${slot}` }).click();
    expect(await shown()).toEqual([true, true, true, true]);
    await leave();
  });
});

describe('in the slot that is on', () => {
  const discussed = '.discusses:visible';

  test('stands what its track has said since it has the room, and in that room', async () => {
    const { page, leave } = await site.visit();
    expect(await page.locator(discussed).allInnerTexts()).toEqual(['multi-attach']);
    expect(await page.locator('tr.current td[data-room="Aspen"]').innerText()).toContain('nova');
    await site.publish(
      snapshot({ ...event, tracks: { ...event.tracks, nova: { ...said('cells', '20:10') } } }),
    );
    await expect.poll(() => page.locator(discussed).allInnerTexts()).toEqual(['cells']);
    await page.clock.fastForward('02:00:00');
    await expect.poll(() => page.locator(discussed).count()).toBe(0);
    await site.publish(snapshot(event));
    await leave();
  });

  test('a long topic takes two lines', async () => {
    const now = said('a topic that goes on and on, '.repeat(9), '20:00');
    await site.publish(snapshot({ ...event, tracks: { ...event.tracks, nova: now } }));
    const { page, leave } = await site.visit();
    expect((await page.locator(discussed).boundingBox())?.height).toBeLessThan(40);
    await site.publish(snapshot(event));
    await leave();
  });
});

test('rooms without a slot on a day are named below its table', async () => {
  const { page, leave } = await site.visit({ path: '#day-wednesday' });
  const heads = page.locator('#day-wednesday thead .room');
  expect(await heads.allInnerTexts()).toEqual(['Aspen', 'Vail', 'Kelso']);
  expect(await page.locator('#day-wednesday .unused').innerText()).toBe(
    'Not used on Wednesday: Tern',
  );
  await leave();
});

describe('what is over', () => {
  const colour = (one: Element) => getComputedStyle(one).color;

  test('is dim, on the page of a track and of a room, too', async () => {
    const { page, leave } = await site.visit();
    const quiet = await page.locator('.hint').first().evaluate(colour);
    const row = (slot: number) => page.locator(`#day-wednesday tbody tr:nth-child(${slot})`);
    expect(await row(1).locator('td a').first().evaluate(colour)).toBe(quiet);
    expect(await row(4).locator('td a').first().evaluate(colour)).not.toBe(quiet);
    for (const path of ['tracks/nova/', 'rooms/aspen/']) {
      await page.goto(`/${path}`);
      expect(await page.locator('li.over .time').first().evaluate(colour)).toBe(quiet);
    }
    await leave();
  });

  test('comes last on the page of a track, which begins with today', async () => {
    const { page, leave } = await site.visit({ path: 'tracks/nova/' });
    const top = async (name: string) =>
      (await page.locator('.track-bookings .name', { hasText: name }).boundingBox())!.y;
    expect(await top('Wednesday')).toBeLessThan(await top('Monday'));
    await leave();
  });

  test('is not offered: neither as an example nor among free slots, nor to be copied', async () => {
    const { page, leave } = await site.visit();
    const example = page.locator('.to-book');
    expect(await example.innerText()).toContain('#yourtrack book vail-WedP2');
    await page.getByRole('button', { name: 'Free slots' }).click();
    expect(await page.locator('#day-wednesday code:visible').allInnerTexts()).toEqual([
      'vail-WedP2',
    ]);
    await page.goto('/rooms/vail/');
    await page.locator('html.adapted').waitFor();
    await page.getByText('vail-WedA1', { exact: true }).click();
    expect(await page.locator('#message').innerText()).toBe('');
    expect(await example.innerText()).toContain('#yourtrack book vail-WedP2');
    await leave();
    const after = await site.visit({ at: '2018-09-20T12:00:00Z' });
    expect(await after.page.locator('.to-book').isVisible()).toBe(false);
    await after.leave();
  });
});

describe('the tools', () => {
  test('stay where they are when nothing is found', async () => {
    for (const width of [360, 768, 1280]) {
      const { page, leave } = await site.visit({ viewport: { width, height: 740 } });
      const tool = page.getByRole('button', { name: '★ mine' });
      const corner = async () => {
        const { x, y } = (await tool.boundingBox())!;
        return [x, y].map((one) => Math.round(one / 10));
      };
      const before = await corner();
      await tool.click();
      expect(await page.locator('#nothing').innerText()).toContain(
        'You have not marked any tracks yet',
      );
      expect(await corner()).toEqual(before);
      await tool.click();
      await page.getByRole('searchbox').fill('nowhere to be found');
      expect(await corner()).toEqual(before);
      await leave();
    }
  });

  test('for free slots stand at the schedule, which says where there are any', async () => {
    const { page, leave } = await site.visit({ path: '#day-monday' });
    await page.locator('.schedule').getByRole('button', { name: 'Free slots' }).click();
    expect(await page.locator('.schedule .nothing').innerText()).toBe(
      "Nothing matches in this day's schedule; try Wednesday, Friday.",
    );
    await leave();
  });

  test('that jump to now show the slot and its rooms, also on a phone', async () => {
    await site.publish(snapshot(gathering()));
    for (const options of [phone, { viewport: { width: 1280, height: 740 } }]) {
      const { page, leave } = await site.visit(options);
      await page.getByRole('button', { name: 'Jump to now' }).click();
      const row = page.locator('tr.current').first();
      const boxes = () =>
        row.evaluate(({ children: [head, first, ...others] }) => ({
          head: head!.getBoundingClientRect(),
          first: first!.getBoundingClientRect().top,
          fifth: others[3]!.getBoundingClientRect().top,
        }));
      await expect.poll(async () => (await boxes()).head.top).toBeLessThan(200);
      // It scrolls smoothly.
      await expect.poll(async () => (await boxes()).fifth).toBeLessThan(600);
      const { head, first } = await boxes();
      expect(head.top).toBeGreaterThanOrEqual(0);
      expect(first).toBeGreaterThanOrEqual(head.bottom - 1);
      await leave();
    }
    await site.publish(snapshot(event));
  });

  test('and links of the grid are large enough for fingers', async () => {
    await site.publish(snapshot(gathering()));
    const { page, leave } = await site.visit(phone);
    expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
    const small = () =>
      page
        .locator(
          '.schedule :is(.grid a, .fold, .days a), .rooms a, .track-bookings li a, .bookings li a',
        )
        .filter({ visible: true })
        .evaluateAll((all) =>
          all.flatMap((one) => {
            const box = one.getBoundingClientRect();
            const [width, height] = [Math.round(box.width), Math.round(box.height)];
            return width < 44 || height < 44 ? [`${one.textContent} ${width} × ${height}`] : [];
          }),
        );
    for (const path of ['', 'tracks/nova/', 'rooms/ballroom-a/']) {
      await page.goto(`/${path}`);
      await page.locator('html.adapted').waitFor();
      expect({ path, small: await small() }).toEqual({ path, small: [] });
    }
    await site.publish(snapshot(event));
    await leave();
  });
});

describe('on paper', () => {
  const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;

  test('the sheet of a room is one page, without what is discussed at the moment', async () => {
    await site.publish(snapshot(gathering()));
    const { page, leave } = await site.visit({ path: 'rooms/vail/' });
    expect(pages(await page.pdf({ format: 'A4' }))).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Ask us anything').isVisible()).toBe(false);
    expect(await page.locator('.booked-day').last().isVisible()).toBe(true);
    await leave();
  });

  test('a day of many rooms is a table whose head browsers repeat', async () => {
    const { rooms, ...rest } = gathering();
    const more = Array.from({ length: 20 }, (_, index) => [
      `extra-${index}`,
      { name: `Extra ${index}`, slots: wednesday('nova', 'nova', '', 'nova') },
    ]);
    const many = { ...rest, rooms: { ...rooms, ...(Object.fromEntries(more) as object) } };
    await site.publish(snapshot(many));
    const { page, complaints, leave } = await site.visit();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    const table = page.locator('#day-wednesday .on-paper');
    expect(await table.locator('thead .slot').allInnerTexts()).toEqual(
      expect.arrayContaining(['WedA1', 'WedP2']),
    );
    const row = table.locator('tbody tr', { hasText: 'Extra 7' });
    expect(
      await row.locator('td').evaluateAll((all) => all.map((one) => one.getAttribute('colspan'))),
    ).toEqual(['2', null, null]);
    expect(await page.locator('#day-wednesday .grid').isVisible()).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await table.count()).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  });

  test.each([1, 8, 12])('a day of %i slots is as wide as A4', async (count) => {
    const slots = Array.from({ length: count }, (_, index) => ({
      name: `S${index}`,
      start: `${String(8 + index).padStart(2, '0')}:00`,
      end: `${String(9 + index).padStart(2, '0')}:00`,
    }));
    const days = [{ name: 'Monday', date: '2018-09-12', slots }];
    const aspen = { name: 'Aspen', slots: Object.fromEntries(slots.map(({ name }) => [name, ''])) };
    await site.publish(snapshot({ event: { days }, rooms: { aspen } }));
    const { page, leave } = await site.visit({ viewport: { width: 718, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    const box = await page.locator('.grid').boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(718);
    expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBe(718);
    await leave();
  });
});
