/** What pages make of the clock: days that are over, nights, and readers far away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshot, type PlainSchedule } from '../support/build-site.ts';
import { axeFindings } from '../support/browser.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';

const slot = (name: string, start: string, end: string) => ({ name, start, end });

/** A virtual event with windows from 04 to 08, 13 to 17 and 21 to 01, UTC. */
const virtual: PlainSchedule = {
  event: {
    timezone: 'UTC',
    days: ['Tuesday', 'Wednesday'].map((name, index) => ({
      name,
      date: `2020-06-0${index + 2}`,
      slots: [
        slot(`${name.slice(0, 3)}N`, '24:00', '25:00'),
        slot(`${name.slice(0, 3)}A`, '04:00', '08:00'),
        slot(`${name.slice(0, 3)}B`, '13:00', '17:00'),
        slot(`${name.slice(0, 3)}C`, '21:00', '24:00'),
      ],
    })),
  },
  rooms: {
    aspen: {
      name: 'Aspen',
      url: 'https://meet.example.org/aspen',
      full: '2020-06-02T17:00:00Z',
      slots: { TueA: 'nova', TueB: 'nova', TueN: 'cinder', WedA: '' },
    },
  },
  tracks: {
    nova: {
      room: 'aspen',
      url: 'https://meet.example.org/nova',
      now: { topic: 'cells', since: '2020-06-02T13:05:00Z', by: 'ada', with: ['oslo.messaging'] },
    },
    'oslo.messaging': {
      room: 'aspen',
      now: { topic: 'cells', since: '2020-06-02T13:05:00Z', by: 'ada', with: ['nova'] },
    },
    cinder: {
      room: 'aspen',
      now: { topic: 'see www.example.org', since: '2020-06-02T23:30:00Z', by: 'bob' },
    },
  },
};

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
  const here = (nick: string, since: string) => ({ nick, track: 'nova', since });
  await site.publish(
    snapshot(
      virtual,
      [],
      [
        here('ada', '2020-06-02T13:00:00Z'),
        here('bob', '2020-06-02T23:30:00Z'),
        here('cyd', '2020-05-02T13:00:00Z'),
      ],
    ),
  );
});
afterAll(() => site?.close());

const visit = async (at: string, path = '', more = {}) => {
  const tab = await site.visit({ at, path, ...more });
  const texts = (selector: string) =>
    tab.page.locator(selector).filter({ visible: true }).allInnerTexts();
  return { ...tab, texts };
};
const evening = '2020-06-02T16:00:00Z';
const midnight = '2020-06-03T00:30:00Z';
const nextMorning = '2020-06-03T05:00:00Z';

describe('a slot after midnight', () => {
  test('is the last of its day, with its weekday, and is on then', async () => {
    const { page, texts, leave } = await visit(midnight);
    expect(await texts('#day-tuesday tbody .slot')).toEqual(['TueA', 'TueB', 'TueC', 'TueN']);
    expect(await page.locator('#day-tuesday tr.current .slot').innerText()).toBe('TueN');
    const time = page.locator('#day-tuesday tr.current .time');
    expect((await time.innerText()).replace(/\s+/g, ' ')).toBe('Wed 00:00 – 01:00');
    expect(await page.locator('#day-wednesday').isVisible()).toBe(false);
    await leave();
  });

  test('says so without a script, too', async () => {
    const { page, leave } = await visit(midnight, '', { javaScriptEnabled: false });
    const night = page.locator('#day-tuesday tbody tr').last().locator('.time');
    expect(await night.locator('.weekday').textContent()).toBe('Wed ');
    expect((await night.innerText()).replace(/\s+/g, ' ')).toBe('Wed 00:00 – 01:00');
    await leave();
  });
});

describe('what was said', () => {
  test('on this day of the event is on now, until its night is over', async () => {
    const { page, texts, leave } = await visit(midnight);
    expect(await texts('.now > .board .topic')).toEqual(['see www.example.org', 'cells']);
    expect(await page.locator('.earlier').isVisible()).toBe(false);
    await leave();
  });

  test('on an earlier day is set apart, and who was here then is not here any more', async () => {
    const { page, texts, leave } = await visit(nextMorning);
    expect(await texts('.now > .board .topic')).toEqual([]);
    expect(await page.getByText('Nothing announced yet.').isVisible()).toBe(true);
    expect(await texts('.earlier .topic')).toEqual(['see www.example.org', 'cells']);
    expect(await texts('#now-nova .since > :not(:empty)')).toEqual(['yesterday', '13:05']);
    expect(await texts('.here')).toEqual([]);
    await leave();
  });

  test('before today counts as said earlier as soon as the day turns, on an open page', async () => {
    const { page, leave } = await visit('2020-06-03T00:58:00Z');
    expect(await page.locator('.earlier').isVisible()).toBe(false);
    await page.clock.runFor(20 * 60_000);
    expect(await page.locator('.earlier').isVisible()).toBe(true);
    await leave();
  });

  test('on an earlier day is gone from a sign, and set apart on the page of the track', async () => {
    const sign = await visit(nextMorning, 'signage.html');
    expect(await sign.texts('.sign-entry')).toEqual([]);
    await sign.page.getByText('Nothing announced yet.').waitFor();
    await sign.leave();
    const track = await visit(nextMorning, 'tracks/nova/');
    expect(await track.page.getByText('Nothing announced yet.').isVisible()).toBe(true);
    expect(await track.texts('#now-nova .detail time')).toEqual(['yesterday 13:05 UTC']);
    await track.leave();
  });

  test('counts who checked in on this day', async () => {
    const { texts, leave } = await visit(evening);
    expect(await texts('#now-nova .here summary')).toEqual(['2 here']);
    await leave();
  });
});

describe('a track that says how to join it', () => {
  test('is joined there, and not as its room says', async () => {
    const joins = (page: Awaited<ReturnType<typeof visit>>['page'], selector: string) =>
      page
        .locator(`${selector} .join`)
        .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    const { page, leave } = await visit(evening);
    const nova = 'https://meet.example.org/nova';
    const aspen = 'https://meet.example.org/aspen';
    expect(await joins(page, '#now-nova')).toEqual([nova]);
    expect(await joins(page, '#now-cinder')).toEqual([aspen]);
    expect(await joins(page, '#day-tuesday td[data-track="nova"]')).toEqual([nova, nova]);
    expect(await joins(page, '#day-tuesday thead')).toEqual([aspen]);
    await page.goto('/tracks/nova/');
    expect(await joins(page, '#place')).toEqual([nova]);
    expect(await joins(page, '.track-bookings')).toEqual([nova, nova]);
    await page.goto('/rooms/aspen/');
    expect(await joins(page, '.room-facts')).toEqual([aspen]);
    expect(await joins(page, '#now-nova')).toEqual([nova]);
    expect(await joins(page, '#now-cinder')).toEqual([]);
    await leave();
  });
});

test('a joint discussion stands there once, with both badges, and on the pages of both', async () => {
  const { page, texts, leave } = await visit(evening);
  expect(await texts('.entry .badge')).toEqual(['cinder', 'nova', 'oslo.messaging']);
  await page.goto('/tracks/oslo.messaging/');
  expect(await texts('#now-oslo\\.messaging .badge')).toEqual(['nova']);
  await page.goto('/rooms/aspen/');
  expect(await texts('.now .badge')).toEqual(['cinder', 'nova', 'oslo.messaging']);
  await leave();
});

test('a room is full until its slot ends', async () => {
  const before = await visit(evening);
  expect(await before.texts('#now-nova .full')).toEqual(['full until 17:00']);
  await before.leave();
  const after = await visit('2020-06-02T17:00:00Z');
  expect(await after.texts('.full')).toEqual([]);
  await after.leave();
});

test('www. begins an address, and long names break at their dots', async () => {
  const { page, leave } = await visit(evening);
  const link = page.locator('#now-cinder .topic a');
  expect(await link.getAttribute('href')).toBe('https://www.example.org');
  expect(await page.locator('#now-nova .badge').last().innerHTML()).toContain(
    'oslo.<wbr>messaging',
  );
  await leave();
});

describe('for a reader in another zone', () => {
  const mine = async (timezoneId: string, width = 1280) => {
    const tab = await visit('2020-06-02T14:00:00Z', '', {
      timezoneId,
      viewport: { width, height: 900 },
    });
    await tab.page.getByRole('radio', { name: /mine/ }).check();
    const day = tab.page.locator('#day-tuesday');
    const words = async (selector: string) =>
      (await day.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    return { ...tab, day, words };
  };

  test('the heading tells the dates really shown, and a weekday stands once, where it differs', async () => {
    const { day, words, leave } = await mine('America/Los_Angeles');
    expect(await words('.day-name')).toEqual(['Tuesday Monday 1 June – Tuesday 2 June 2020 PDT']);
    const said = await day
      .locator('.name')
      .evaluate((name) => getComputedStyle(name, '::after').content);
    expect(said).toBe('" at the event:"');
    expect(await words('tbody .time')).toEqual([
      '21:00 – 01:00',
      'Tue 06:00 – 10:00',
      'Tue 14:00 – 17:00',
      'Tue 17:00 – 18:00',
    ]);
    await leave();
  });

  test('also in a zone of 45 minutes', async () => {
    const { words, leave } = await mine('Asia/Kathmandu');
    expect(await words('tbody .time')).toEqual([
      '09:45 – 13:45',
      '18:45 – 22:45',
      'Wed 02:45 – 05:45',
      'Wed 05:45 – 06:45',
    ]);
    await leave();
  });

  test.each([320, 640, 800, 1024, 1280, 1920])(
    'nothing is cut off at a width of %i',
    async (width) => {
      const { page, leave } = await mine('America/Los_Angeles', width);
      const cut = await page
        .locator('#day-tuesday .time, #day-tuesday .day-name *')
        .evaluateAll((all) =>
          all
            .filter(
              (element) =>
                element.clientWidth > 0 &&
                (element.scrollWidth > element.clientWidth + 1 ||
                  element.getBoundingClientRect().right >
                    (element.closest('th') ?? document.body).getBoundingClientRect().right + 1),
            )
            .map((element) => element.outerHTML),
        );
      expect(cut).toEqual([]);
      await leave();
    },
  );
});

test('all of it is without a fault that axe knows of, and fits: narrow and wide, in light and dark', async () => {
  const pages = [
    ['', evening],
    ['', nextMorning],
    ['tracks/nova/', nextMorning],
    ['rooms/aspen/', evening],
  ] as const;
  for (const [path, at] of pages) {
    const { page, complaints, leave } = await visit(at, path);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const found = { path, width, faults: await axeFindings(page), fits };
        expect(found).toEqual({ path, width, faults: [], fits: true });
      }
    }
    expect(complaints).toEqual([]);
    await leave();
  }
}, 120_000);
