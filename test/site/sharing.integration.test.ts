/** What somebody gets who is sent an address: of a topic, of a page and its preview, of a view in a zone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TopicLogEntry } from '../../schedule-data/history/topic-log.ts';
import { snapshot } from '../support/build-site.ts';
import { openSite, type OpenSite, type PageOptions } from '../support/open-site.ts';
import { gathering } from '../support/site-event.ts';

let site: OpenSite;
beforeAll(async () => {
  site = await openSite(snapshot({}), { site: 'https://ptg.example.org' });
});
afterAll(() => site?.close());

const cells: TopicLogEntry = {
  topic: 'cells with #cinder',
  since: '2018-09-12T20:05:00Z',
  by: 'gibi',
  room: 'ballroom-a',
  commit: 'c',
};

/** The event while nova discusses something, the last of its log. */
function discussing(log: readonly TopicLogEntry[], slug = 'nova', more: object = {}) {
  const plain = gathering();
  const { nova, ...others } = plain.tracks;
  const { topic, since, by } = log.at(-1)!;
  const track = { ...(nova as object), ...more, now: { topic, since, by } };
  const tracks = { ...others, [slug]: track };
  return snapshot({ ...plain, tracks }, [], [], new Map([[slug, log]]));
}

describe('the address of a topic', () => {
  const address = '/tracks/nova/20180912T200500Z/';
  const later = { ...cells, topic: 'quotas', since: '2018-09-12T20:30:00Z' };
  const over = [{ ...cells, until: later.since }, later];

  test.each([
    ['on the main page', '', '#now-nova'],
    ['on the page of the track', 'tracks/nova/', '#now-nova'],
    ['in its log', 'tracks/nova/', '#log-20180912T200500Z'],
    ['at the door of its room', 'rooms/ballroom-a/', '#now-nova'],
  ])('is its time %s', async (_, path, entry) => {
    await site.publish(discussing([cells]));
    const { page, complaints, leave } = await site.visit({ path });
    const link = page.locator(`${entry} .permalink`);
    expect(await link.innerText()).toMatch(/^14:05/);
    await link.click();
    await page.waitForURL(`**${address}`);
    expect(await page.locator('h1').innerText()).toBe(cells.topic);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('works when it is over, on a page that was open all the time, too', async () => {
    await site.publish(discussing([cells]));
    const { page, complaints, leave } = await site.visit({ path: address.slice(1) });
    const when = page.locator('dl > div', { hasText: 'When' }).locator('dd');
    expect(await when.innerText()).toBe('12 September 2018, Wed 14:05 MDT – now');
    await site.publish(discussing(over));
    await expect.poll(() => when.innerText()).toBe('12 September 2018, Wed 14:05 MDT – 14:30');
    await page.reload();
    expect(await page.locator('h1').innerText()).toBe(cells.topic);
    await page.getByRole('link', { name: 'What nova discusses now' }).click();
    expect(await page.locator('#now-nova .topic').innerText()).toBe('quotas');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('leads to where it stands among the others, which is marked', async () => {
    await site.publish(discussing(over));
    const { page, leave } = await site.visit({
      path: address.slice(1),
      viewport: { width: 390, height: 700 },
    });
    await page.getByRole('link', { name: 'All that it discussed' }).click();
    const target = page.locator('.log li:target');
    await expect.poll(() => target.locator('.said').innerText()).toBe(cells.topic);
    await expect.poll(async () => (await target.boundingBox())?.y).toBeLessThan(700);
    expect(await target.evaluate((one) => getComputedStyle(one).backgroundColor)).not.toBe(
      'rgba(0, 0, 0, 0)',
    );
    await leave();
  });

  test('leads on when the track has another name', async () => {
    await site.publish(discussing(over, 'compute', { formerly: ['nova'] }));
    const { page, leave } = await site.newPage();
    await page.goto(address);
    await page.waitForURL('**/tracks/compute/20180912T200500Z/');
    expect(await page.locator('h1').innerText()).toBe(cells.topic);
    await leave();
  });

  test('says all without JavaScript, too', async () => {
    await site.publish(discussing(over));
    const { page, leave } = await site.visit({
      path: address.slice(1),
      javaScriptEnabled: false,
    });
    expect(await page.locator('dl').innerText()).toContain('Wed 14:05 MDT – 14:30');
    await leave();
  });
});

describe('the preview of a link', () => {
  async function previewOf(path: string, options: PageOptions = {}) {
    const { page, complaints, leave } = await site.visit({ path, ...options });
    const metas = await page
      .locator('meta[property^="og:"], meta[name="description"]')
      .evaluateAll((all) =>
        all.map((meta) => [
          meta.getAttribute('property') ?? meta.getAttribute('name'),
          meta.getAttribute('content'),
        ]),
      );
    expect(complaints).toEqual([]);
    await leave();
    return Object.fromEntries(metas) as Record<string, string>;
  }

  test('of a topic is the topic, whose it is, when and where', async () => {
    await site.publish(discussing([cells]));
    expect(await previewOf('tracks/nova/20180912T200500Z/')).toMatchObject({
      'og:title': 'cells with #cinder',
      'og:description': 'nova · since Wed 12 Sept 14:05 MDT · Ballroom A',
      'og:url': 'https://ptg.example.org/tracks/nova/20180912T200500Z/',
      'og:image': 'https://ptg.example.org/preview.png',
    });
  });

  test('of the main page, a track and a room says what is on', async () => {
    await site.publish(discussing([cells]));
    const main = await previewOf('');
    expect(main['og:description']).toMatch(
      /^Now \(Wed 12 Sept 14:05 MDT\): nova: cells with #cinder · .* · 1 more$/,
    );
    expect(main.description).toBe(main['og:description']);
    const now = 'Now (Wed 12 Sept 14:05 MDT):';
    expect((await previewOf('tracks/nova/'))['og:description']).toBe(
      `${now} cells with #cinder · Ballroom A`,
    );
    expect((await previewOf('rooms/ballroom-a/'))['og:description']).toBe(
      `${now} nova: cells with #cinder`,
    );
  });

  test.each([
    '"><script>alert(1)</script>',
    '" onload="alert(1)',
    "'&quot;&#34;><img src=x onerror=alert(1)>",
    '--> ]]> {{7*7}} ${7*7}',
  ])('is text, whatever somebody says: %s', async (topic) => {
    await site.publish(discussing([{ ...cells, topic }]));
    expect((await previewOf(''))['og:description']).toContain(`nova: ${topic} · `);
    expect((await previewOf('tracks/nova/'))['og:description']).toContain(topic);
    expect((await previewOf('tracks/nova/20180912T200500Z/'))['og:title']).toBe(topic);
  });
});
