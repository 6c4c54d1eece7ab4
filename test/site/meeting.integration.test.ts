/** Who has a room at this moment and said nothing stands on the page as well. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshot, type PlainSchedule } from '../support/build-site.ts';
import { morningEvent } from '../support/morning-event.ts';
import { openSite, type OpenSite } from '../support/open-site.ts';

const event = (topics: Record<string, unknown> = {}): PlainSchedule => ({
  event: morningEvent,
  rooms: {
    aspen: { name: 'Aspen', url: 'https://meet.example.org/aspen', slots: { MonA1: 'nova' } },
    vail: { name: 'Vail', slots: { MonA1: 'cinder', MonA2: 'nova' } },
    kelso: { name: 'Kelso', slots: { MonA1: 'somebody-else' } },
  },
  tracks: { nova: topics, cinder: {} },
});

let site: OpenSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const during = '2018-09-10T15:12:00Z';
const nova = { now: { topic: 'cells', since: '2018-09-10T15:10:00Z' } };

/** The lines below the heading, and the heading; nothing where there is none. */
async function meeting(path: string, at = during) {
  const { page, leave } = await site.visit({ path, at });
  const texts = await page.locator('.meeting-now:not([hidden])').locator('h3, li').allInnerTexts();
  const links = await page
    .locator('.meeting-now li a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  await leave();
  return { lines: texts.map((text) => text.replace(/\s+/g, ' ')), links };
}

describe('while nobody announced anything', () => {
  beforeAll(() => site.publish(snapshot(event())));

  test('the main page says who meets where, and until when', async () => {
    expect(await meeting('')).toEqual({
      lines: [
        'Meeting now',
        'nova until 10:45 Aspen Join',
        'somebody-else until 10:45 Kelso',
        'cinder until 10:45 Vail',
      ],
      links: [
        '/tracks/nova/',
        '/rooms/aspen/',
        'https://meet.example.org/aspen',
        '/rooms/kelso/',
        '/tracks/cinder/',
        '/rooms/vail/',
      ],
    });
  });

  test.each([
    ['rooms/vail/', ['Meeting now', 'cinder until 10:45']],
    ['tracks/nova/', ['Meeting now', 'until 10:45 Aspen Join']],
  ])('%s says the same of itself', async (path, lines) => {
    expect((await meeting(path)).lines).toEqual(lines);
  });

  test('before the first slot there is nothing of that', async () => {
    expect((await meeting('', '2018-09-10T14:00:00Z')).lines).toEqual([]);
  });

  test('on an open page it turns with the slots, and with what is said', async () => {
    const { page, leave } = await site.visit({ at: during });
    const lines = page.locator('.meeting-now:not([hidden]) li');
    await expect.poll(() => lines.count()).toBe(3);
    await site.publish(snapshot(event(nova)));
    await expect.poll(() => lines.count()).toBe(2);
    await page.clock.fastForward(95 * 60_000);
    // nova is in Vail now, and has announced what it does.
    await expect.poll(() => lines.count()).toBe(0);
    await leave();
  });
});

test('who announced something is not named twice, joint discussions included', async () => {
  const now = { ...nova.now, with: ['cinder'] };
  const plain = event({ now });
  plain.tracks!['cinder'] = { now: { ...nova.now, with: ['nova'] } };
  await site.publish(snapshot(plain));
  expect((await meeting('')).lines).toEqual(['Also meeting', 'somebody-else until 10:45 Kelso']);
});

test('a search finds it, and what was said yesterday does not count', async () => {
  const plain = event({ now: { topic: 'cells', since: '2018-09-09T15:10:00Z' } });
  await site.publish(snapshot(plain));
  const { page, leave } = await site.visit({ at: during });
  const lines = page.locator('.meeting-now li').filter({ visible: true });
  await expect.poll(() => lines.count()).toBe(3);
  await page.locator('#filter').fill('nova');
  await expect.poll(() => lines.allInnerTexts()).toHaveLength(1);
  await leave();
});
