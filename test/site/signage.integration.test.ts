import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { turns } from '../../site/client/signage/rotation.ts';
import { signagePage } from '../../site/view/signage-page.ts';
import { schedule, snapshot, type PlainSchedule } from '../support/build-site.ts';
import { gathering } from '../support/site-event.ts';
import { openSite, type OpenSite, type PageOptions } from '../support/open-site.ts';

describe('what a screen shows together', () => {
  const item = (section: number, height = 10) => ({ section, height });

  test.each([
    ['nothing', [], [2], 100, []],
    ['all that fits', [item(0), item(0), item(0)], [2], 32, [[0, 1, 2]]],
    ['the rest next', [item(0), item(0), item(0)], [2], 31, [[0, 1], [2]]],
    ['two sections with their headings', [item(0), item(1)], [2, 3], 25, [[0, 1]]],
    ['not the second section without its heading', [item(0), item(1)], [2, 3], 24, [[0], [1]]],
    [
      'five at most',
      [0, 0, 0, 0, 0, 0].map((section) => item(section)),
      [2],
      900,
      [[0, 1, 2, 3, 4], [5]],
    ],
    ['what is too high alone', [item(0), item(0, 99), item(0)], [2], 40, [[0], [1], [2]]],
  ])('is %s', (_, items, headings, available, pages) => {
    expect(turns(items, headings, available, 5)).toEqual(pages);
  });
});

test('knows of each track in which room it is, unless it is elsewhere', () => {
  const now = { topic: 'cells' };
  const tracks = {
    a: { now, room: 'aspen', next: ['lunch'] },
    b: { now, room: 'aspen', location: 'the bar' },
    c: { now },
  };
  const rooms = { aspen: { name: 'Aspen' } };
  const page = signagePage({ schedule: schedule({ tracks, rooms }), presence: [] });
  expect(page.now.map(({ id, room }) => [id, room])).toEqual([
    ['now-a', 'aspen'],
    ['now-b', undefined],
    ['now-c', undefined],
  ]);
  expect(page.next.map(({ id, room }) => [id, room])).toEqual([['next-a', 'aspen']]);
  expect(page.rooms).toEqual([{ slug: 'aspen', name: 'Aspen' }]);
});

/** An event in which so many tracks say something. */
function talkative(count: number, topic = (index: number) => `topic ${index}`): PlainSchedule {
  const plain = gathering();
  const slugs = Object.keys(plain.tracks);
  const said = (index: number) => ({
    now: { topic: topic(index), since: '2018-09-12T20:05:00Z', by: 'gibi' },
    room: index % 2 ? 'vail' : 'aspen',
  });
  return {
    ...plain,
    tracks: Object.fromEntries(
      slugs.map((slug, index) => [slug, index < count ? said(index) : {}]),
    ),
  };
}

describe('a big screen', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  const hd = { viewport: { width: 1920, height: 1080 } };
  async function open(query = '', options: PageOptions = hd) {
    const { page, leave } = await site.newPage(options);
    await page.addInitScript(() => {
      const asked: string[] = [];
      Object.assign(window, { asked });
      navigator.wakeLock.request = (type = 'screen') => {
        asked.push(type);
        return Promise.reject(new Error('not here'));
      };
    });
    await page.goto(`/signage.html${query}`);
    const topics = () => page.locator('.now .topic:visible').allInnerTexts();
    return { page, topics, leave };
  }

  test.each([
    ['1920 × 1080', 1920, 1080],
    ['3840 × 2160', 3840, 2160],
    ['1280 × 720', 1280, 720],
  ])(
    'of %s shows five topics at a time, each line 5 % of its height, nothing cut',
    async (_, width, height) => {
      await site.publish(snapshot(talkative(40)));
      const { page, leave } = await open('', { viewport: { width, height } });
      const sizes = await page.locator('.now .topic:visible').evaluateAll((topics) =>
        topics.map((topic) => {
          const { bottom } = topic.getBoundingClientRect();
          return { size: parseFloat(getComputedStyle(topic).fontSize), bottom };
        }),
      );
      expect(sizes).toHaveLength(5);
      const stage = await page.locator('.stage').boundingBox();
      for (const { size, bottom } of sizes) {
        expect(size / height).toBeGreaterThanOrEqual(0.05);
        expect(bottom).toBeLessThanOrEqual((stage?.y ?? 0) + (stage?.height ?? 0));
      }
      const scrolls = await page.evaluate(
        () => document.documentElement.scrollHeight > innerHeight,
      );
      expect(scrolls).toBe(false);
      await leave();
    },
  );

  test('turns its pages until each topic was there, then begins anew', async () => {
    await site.publish(snapshot(talkative(12)));
    const { page, topics, leave } = await open();
    const first = await topics();
    const seen = new Set(first);
    for (let pages = 0; seen.size < 12 && pages < 5; pages++) {
      await page.clock.runFor(10_000);
      for (const topic of await topics()) seen.add(topic);
    }
    expect([...seen].sort()).toEqual(Array.from({ length: 12 }, (_, i) => `topic ${i}`).sort());
    await expect
      .poll(async () => {
        await page.clock.runFor(3000);
        return topics();
      })
      .toEqual(first);
    await leave();
  });

  test('stops turning on a click or the space bar, and turns by the arrow keys', async () => {
    await site.publish(snapshot(talkative(12)));
    const { page, topics, leave } = await open();
    const first = await topics();
    await page.keyboard.press('Space');
    await page.clock.runFor(20_000);
    expect(await topics()).toEqual(first);
    await page.keyboard.press('ArrowRight');
    expect(await topics()).not.toEqual(first);
    await page.keyboard.press('ArrowLeft');
    expect(await topics()).toEqual(first);
    const button = page.locator('#turning button');
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await button.click();
    await page.clock.runFor(10_000);
    expect(await topics()).not.toEqual(first);
    await leave();
  });

  test('shows what is new at once, and stays at its page', async () => {
    await site.publish(snapshot(talkative(12)));
    const { page, topics, leave } = await open();
    await page.keyboard.press('ArrowRight');
    const second = await topics();
    await page.keyboard.press('Space');
    await site.publish(snapshot(talkative(12, (index) => `news ${index}`)));
    await expect
      .poll(async () => {
        await page.clock.runFor(5000);
        return topics();
      })
      .toEqual(second.map((topic) => topic.replace('topic', 'news')));
    await leave();
  });

  test('shows the announcements in turns as well when they are many', async () => {
    const messages = Array.from({ length: 9 }, (_, index) => `notice ${index}`);
    const announcements = messages.map((message) => ({ level: 'info', message }));
    await site.publish(snapshot({ ...talkative(2), announcements }));
    const { page, leave } = await open();
    const shown = () => page.locator('.announcements p:visible').allTextContents();
    const board = page.locator('body > aside');
    const isCut = () => board.evaluate((it) => it.scrollHeight > it.clientHeight);
    const seen = new Set(await shown());
    expect(seen.size).toBeLessThan(messages.length);
    for (let turn = 0; turn < 6; turn++) {
      expect(await isCut()).toBe(false);
      await page.keyboard.press('ArrowRight');
      for (const text of await shown()) seen.add(text);
    }
    const texts = [...seen].join();
    expect(messages.filter((message) => !texts.includes(message))).toEqual([]);
    await leave();
  });

  test('keeps what warns of danger on each page', async () => {
    const announcements = [
      ...Array.from({ length: 9 }, (_, index) => ({ level: 'info', message: `notice ${index}` })),
      { level: 'danger', message: 'Fire drill at 11:00' },
    ];
    await site.publish(snapshot({ ...talkative(12), announcements }));
    const { page, leave } = await open();
    for (let turn = 0; turn < 6; turn++) {
      expect(await page.getByText('Fire drill at 11:00').isVisible()).toBe(true);
      await page.keyboard.press('ArrowRight');
    }
    await leave();
  });

  test('shows who has a room and said nothing, and no command of the channel', async () => {
    await site.publish(snapshot(talkative(0)));
    const { page, leave } = await open();
    expect(await page.locator('.meeting-now h2').innerText()).toBe('Meeting now');
    const [line] = await page.locator('.meeting-now li:visible').allInnerTexts();
    expect(line?.replace(/\s+/g, ' ')).toMatch(/^\S+ until 15:15 \S/);
    expect(await page.locator('.now .empty').isVisible()).toBe(false);
    expect(await page.locator('body').innerText()).not.toContain('#yourtrack');
    await leave();
  });

  test('ends with the schedule of the day, all of it', async () => {
    await site.publish(snapshot(talkative(6)));
    const { page, leave } = await open();
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('.day:visible .name').allInnerTexts()).toEqual(['Wednesday']);
    const bottom = (selector: string) =>
      page
        .locator(selector)
        .last()
        .evaluate((element) => element.getBoundingClientRect().bottom);
    expect(await bottom('.day:visible td')).toBeLessThanOrEqual(await bottom('.stage'));
    await leave();
  });

  test('has two columns where it is wide, whose topics are all in sight', async () => {
    await site.publish(snapshot(talkative(8)));
    const { page, topics, leave } = await open('', { viewport: { width: 2560, height: 1080 } });
    expect(await topics()).toHaveLength(8);
    const boxes = await page.locator('.now .topic:visible').evaluateAll((all) =>
      all.map((topic) => {
        const { left, bottom } = topic.getBoundingClientRect();
        return { left, bottom };
      }),
    );
    expect(new Set(boxes.map(({ left }) => left)).size).toBe(2);
    expect(Math.max(...boxes.map(({ bottom }) => bottom))).toBeLessThan(1080);
    await leave();
  });

  test('has a code that leads to the page, where its address is known', async () => {
    const known = await openSite(snapshot(talkative(1)), { site: 'https://ptg.example.org' });
    const { page, leave } = await known.newPage(hd);
    await page.goto('/signage.html');
    const code = page.getByRole('img', { name: 'QR code of the page, https://ptg.example.org/' });
    expect(await code.isVisible()).toBe(true);
    await leave();
    await known.close();
  });

  test('shows only what is in its room, under the name of that', async () => {
    await site.publish(snapshot(talkative(8)));
    const { page, topics, leave } = await open('?room=vail');
    expect(await topics()).toEqual(['topic 1', 'topic 3', 'topic 5', 'topic 7']);
    expect(await page.locator('h1').innerText()).toBe('Vail');
    await page.goto('/signage.html?room=telluride');
    expect(await page.locator('.now .empty').innerText()).toContain('Nothing announced yet');
    await page.goto('/signage.html?room=nowhere');
    expect(await page.locator('h1').innerText()).toBe('There is no room nowhere');
    await leave();
  });

  test('has a large clock in the zone of the event, and asks to stay awake', async () => {
    const { page, leave } = await open('', { ...hd, timezoneId: 'Asia/Tokyo' });
    expect(await page.locator('#clock').innerText()).toBe('14:10');
    await page.clock.runFor(60_000);
    expect(await page.locator('#clock').innerText()).toBe('14:11');
    expect(await page.evaluate(() => 'asked' in window && window.asked)).toEqual(['screen']);
    await leave();
  });

  test('says in large letters that it is out of date when it can reach nobody', async () => {
    const { page, leave } = await open();
    await page.context().setOffline(true);
    const size = async () => {
      await page.clock.runFor(15_000);
      const stale = page.locator('#live.stale:visible');
      if ((await stale.count()) === 0) return 0;
      return stale.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    };
    await expect.poll(size, { timeout: 20_000 }).toBeGreaterThan(1080 * 0.03);
    await leave();
  });

  test('is a plain page with all of it on a phone and without scripts', async () => {
    await site.publish(snapshot(talkative(12)));
    for (const options of [
      { viewport: { width: 390, height: 800 } },
      { ...hd, javaScriptEnabled: false },
    ]) {
      const { page, topics, leave } = await open('', options);
      expect(await topics()).toHaveLength(12);
      expect(await page.locator('.sign-rooms a').first().isVisible()).toBe(true);
      await leave();
    }
  });
});
