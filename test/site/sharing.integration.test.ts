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
    await page.getByRole('link', { name: 'Everything it has discussed' }).click();
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

describe('any zone', () => {
  const kolkata = /^01:35/;
  const since = '#now-nova time';

  test('can be chosen by its name or its city, and stays chosen, on all pages', async () => {
    await site.publish(discussing([cells]));
    const { page, complaints, requests, leave } = await site.visit();
    expect(requests.filter((path) => path.includes('zone-picker'))).toEqual([]);
    await page.getByRole('radio', { name: /other/ }).check();
    const field = page.getByRole('combobox', { name: 'Time zone' });
    await field.fill('Nowhere');
    await field.press('Enter');
    expect(await field.evaluate((one: HTMLInputElement) => one.validationMessage)).toBe(
      'There is no zone Nowhere; expected one such as Asia/Kolkata.',
    );
    expect(await page.locator(since).innerText()).toBe('14:05');
    await field.fill('Kolkata');
    await field.press('Enter');
    expect(await page.locator(since).innerText()).toBe('01:35');
    expect(await field.count()).toBe(0);
    for (const path of ['', 'tracks/nova/', 'rooms/ballroom-a/', 'now.html']) {
      await page.goto(`/${path}`);
      await expect.poll(() => page.locator('#now-nova time').first().innerText()).toMatch(kolkata);
    }
    await page.goto('/');
    expect(await page.getByRole('radio', { name: 'other IST' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: /event/ }).check();
    expect(await page.locator(since).innerText()).toBe('14:05');
    expect(complaints).toEqual([]);
    await leave();
  });

  test('stays open to choose while the page becomes a newer one', async () => {
    await site.publish(discussing([cells]));
    const { page, leave } = await site.visit();
    await page.getByRole('radio', { name: /other/ }).check();
    const field = page.getByRole('combobox', { name: 'Time zone' });
    await field.fill('Asia/Kol');
    await site.publish(discussing([{ ...cells, topic: 'quotas' }]));
    await expect.poll(() => page.locator('#now-nova .topic').innerText()).toBe('quotas');
    expect(await field.inputValue()).toBe('Asia/Kol');
    await leave();
  });

  test('can stand in an address, which is not what the reader chose', async () => {
    await site.publish(discussing([cells]));
    const { page, complaints, leave } = await site.visit({ path: '?zone=Asia/Kolkata' });
    expect(await page.locator(since).innerText()).toBe('01:35');
    expect(await page.getByRole('radio', { name: 'other IST' }).isChecked()).toBe(true);
    await page.goto('/');
    await expect.poll(() => page.locator(since).innerText()).toBe('14:05');
    await page.goto('/?zone=Asia/Kolkata#schedule');
    await page.getByRole('radio', { name: 'UTC' }).check();
    expect(await page.locator(since).innerText()).toBe('20:05');
    expect(new URL(page.url()).search + new URL(page.url()).hash).toBe('#schedule');
    await page.goto('/?zone=%3Cscript%3E');
    await expect.poll(() => page.locator(since).innerText()).toBe('20:05');
    expect(complaints).toEqual([]);
    await leave();
  });

  test.each([
    ['the zone of the event, whatever a reader chose', '', '14:10', /^14:05/],
    ['that of its address', '?zone=Asia/Kolkata', '01:40', /^01:35/],
  ])('counts for clock and times of a sign alike: %s', async (_, query, clock, time) => {
    await site.publish(discussing([cells]));
    const { page, complaints, leave } = await site.visit({
      timezoneId: 'Asia/Tokyo',
      viewport: { width: 1920, height: 1080 },
    });
    await page.getByRole('radio', { name: /mine/ }).check();
    await page.goto(`/signage.html${query}`);
    await expect.poll(() => page.locator('#clock').innerText()).toBe(clock);
    await expect.poll(() => page.locator('#now-nova .since time').innerText()).toMatch(time);
    await expect.poll(() => page.locator('#live').textContent()).toContain(clock);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('counts in the page to be framed', async () => {
    await site.publish(discussing([cells]));
    const { page, leave } = await site.visit({ path: 'now.html?embed&zone=Asia/Kolkata' });
    expect(await page.locator('#now-nova time').innerText()).toMatch(kolkata);
    await leave();
  });
});
