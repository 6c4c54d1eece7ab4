import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainText } from '../../bot/text.ts';
import { fileSchemas, isLine, isWebAddress } from '../../schedule-data/format/file-schemas.ts';
import type { NewestChanges } from '../../schedule-data/history/changes-reader.ts';
import type { DescribedChange } from '../../schedule-data/history/described-change.ts';
import type { TopicLogEntry } from '../../schedule-data/history/topic-log.ts';
import type { CheckIn } from '../../schedule-data/schedule/presence.ts';
import type { SiteContent } from '../../site/content/site-content.ts';
import { commitNumber, newestOf } from '../support/changes.ts';
import { said } from '../support/conversation.ts';
import { kindOf, openSite, type OpenSite } from '../support/open-site.ts';
import { schedule, snapshot } from '../support/build-site.ts';
import { gathering } from '../support/site-event.ts';
import { hostile, refused } from '../support/hostile-event.ts';

type Schema = { safeParse: (value: unknown) => { success: boolean } };
const fits = (schema: Schema, value: unknown) => schema.safeParse(value).success;

/** The value with as many of the fields as the schema lets in, one by one. */
function fill(schema: Schema, value: object, fields: Record<string, unknown>): object {
  return Object.entries(fields).reduce((filled, [key, field]) => {
    const fuller = { ...filled, [key]: field };
    return fits(schema, fuller) ? fuller : filled;
  }, value);
}

/** Ways to get a text into an address. */
const addresses = (text: string) => [
  text,
  `https://example.org/${text}`,
  `https://example.org/?${text}`,
  `https://example.org/#${text}`,
];

const since = '2018-09-10T15:04:05Z';

/** The texts in rows of at most 100 characters, which is what the name of a thing may have. */
function rowsOf(texts: readonly string[]): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let length = Infinity;
  for (const text of texts) {
    length += text.length + 1;
    if (length > 100) {
      rows.push([]);
      length = text.length;
    }
    rows.at(-1)?.push(text);
  }
  return rows;
}

/** Rooms and tracks with a row of the texts each, in all of their fields that let it in. */
function inEachThing(texts: readonly string[]): SiteContent {
  const rows = rowsOf(texts);
  const numbered = <T>(kind: string, value: (row: readonly string[], index: number) => T) =>
    Object.fromEntries(rows.map((row, index) => [`${kind}${index}`, value(row, index)]));
  const commit = '0'.repeat(40);
  const rooms = numbered('room', (row, index) =>
    fill(
      fileSchemas.room,
      { name: 'Room', slots: { MonA1: `track${index}` } },
      {
        name: row.join(' '),
        description: row.join(' '),
        url: index & 1 ? row.flatMap(addresses).find(isWebAddress) : undefined,
        equipment: row
          .filter((text) => isLine(text, 100))
          .flatMap((label) => ['video', 'other'].map((icon) => ({ icon, label }))),
      },
    ),
  );
  const tracks = numbered('track', (row, index) =>
    fill(
      fileSchemas.track,
      { room: `room${index}`, now: { topic: row.join(' ') } },
      {
        name: row.join(' '),
        color: row[0],
        etherpad: row.flatMap(addresses).findLast(isWebAddress),
        url: index & 2 ? row.flatMap(addresses).find(isWebAddress) : undefined,
        location: index & 4 ? row.join(' ') : undefined,
        now: { topic: row.join(' '), by: row.join(' '), since },
        next: row.flatMap((text) => [text, `https://example.org/${text} and #track0${text}`]),
      },
    ),
  );
  const history = numbered('track', (row, index) =>
    row.flatMap((text): TopicLogEntry[] => [
      { topic: text, since, until: since, by: text, location: text, commit },
      { topic: `${text} #track0 https://example.org/${text}`, since, room: `room${index}`, commit },
    ]),
  );
  const presence = rows.flatMap((row, index) =>
    row.flatMap((text): CheckIn[] => [
      { nick: text, track: `track${index}`, since },
      { nick: text, location: text, since },
    ]),
  );
  const slots = [{ name: 'MonA1', start: '09:00', end: '10:45' }];
  const plain = { event: { days: [{ name: 'Monday', date: '2018-09-10', slots }] }, rooms, tracks };
  const changes = changesSaying(texts);
  return snapshot(plain, [], presence, new Map(Object.entries(history)), changes);
}

/** A few changes, with all of the texts in everything that a commit says. */
function changesSaying(texts: readonly string[]): NewestChanges {
  const count = 4;
  const special = Array.from({ length: count }, (_, index): Partial<DescribedChange> => {
    const said = texts.filter((_, number) => number % count === index);
    const [first = ''] = said;
    return {
      author: first,
      subject: said.join(' '),
      sentences: index === 0 ? [] : said,
      more: index,
      files: [
        {
          path: `tracks/${first}.yaml`,
          lines: [
            ...said.map((text, line) => [line % 2 ? '+' : '-', text] as const),
            ['gap', ''],
            [' ', first],
          ],
          more: index,
        },
      ],
      tracks: [first],
      rooms: [first],
      reverts: index === 3 ? [commitNumber(1), commitNumber(2)] : [],
    };
  });
  return newestOf(count, Object.fromEntries(special.map((one, index) => [index + 1, one])));
}

/** All of the texts on every page: in announcements and problems, and in all lists of the event. */
function aroundEachThing(texts: readonly string[]): SiteContent {
  const links = texts.flatMap((text) => [
    { title: text, url: 'https://example.org/' },
    ...addresses(text)
      .filter(isWebAddress)
      .map((url) => ({ title: 'link', url })),
  ]);
  const plain = {
    event: {
      name: texts.find((text) => isLine(text, 200)),
      links: links.filter(({ title }) => isLine(title, 200)),
      days: texts.filter((text) => isLine(text, 60)).map((name) => ({ name })),
    },
    rooms: { aspen: { name: 'Aspen', slots: { MonA1: 'nova' } } },
    tracks: { nova: { now: { topic: 'cells', since } } },
    announcements: texts.map((message, index) => ({
      level: ['info', 'success', 'warning', 'danger'][index % 4],
      message,
    })),
  };
  const problems = texts.map((text) => ({ path: text, line: 1, message: text, author: text }));
  return snapshot(plain, problems);
}

describe('the hostile strings', () => {
  test('are more than 300, and no two are the same', () => {
    expect(new Set(hostile).size).toBe(hostile.length);
    expect(hostile.length).toBeGreaterThan(300);
  });

  test('are all let in as lines of text, up to the length that a line may have', () => {
    expect(hostile.filter((text) => !isLine(text, 1000))).toEqual([]);
  });

  test('are addresses only where they are plain web addresses', () => {
    const urls = hostile.flatMap(addresses).filter(isWebAddress);
    expect(urls.length).toBeGreaterThan(300);
    for (const url of urls) {
      const { protocol, password } = new URL(url);
      expect([url, protocol, password]).toEqual([url, expect.stringMatching(/^https?:$/), '']);
    }
  });

  test('are no colours, slugs, icons, times, dates and zones', () => {
    const event = { id: 'a', name: 'a', timezone: 'UTC' };
    const slot = { name: 'A', start: '09:00', end: '10:00' };
    const tried = (value: (text: string) => unknown, schema: Schema) =>
      hostile.filter((text) => fits(schema, value(text)));
    expect(tried((color) => ({ color }), fileSchemas.track)).toEqual([]);
    expect(tried((since) => ({ now: { topic: 'a', since } }), fileSchemas.track)).toEqual([]);
    expect(tried((timezone) => ({ ...event, timezone }), fileSchemas.event)).toEqual([]);
    for (const part of ['start', 'end'])
      expect(
        tried(
          (time) => ({ ...event, days: [{ name: 'a', slots: [{ ...slot, [part]: time }] }] }),
          fileSchemas.event,
        ),
      ).toEqual([]);
    expect(tried((date) => ({ ...event, days: [{ name: 'a', date }] }), fileSchemas.event)).toEqual(
      [],
    );
  });
});

describe('control characters', () => {
  const text = [
    ['a topic', fileSchemas.track, (text: string) => ({ now: { topic: text } })],
    ['a nick', fileSchemas.track, (text: string) => ({ now: { topic: 'a', by: text } })],
    ['what is next', fileSchemas.track, (text: string) => ({ next: [text] })],
    ['the name of a track', fileSchemas.track, (text: string) => ({ name: text })],
    ['a location', fileSchemas.track, (text: string) => ({ location: text })],
    ['a room', fileSchemas.room, (text: string) => ({ name: text })],
    ['a description', fileSchemas.room, (text: string) => ({ name: 'a', description: text })],
    [
      'equipment',
      fileSchemas.room,
      (text: string) => ({ name: 'a', equipment: [{ icon: 'video', label: text }] }),
    ],
    [
      'an announcement',
      fileSchemas.announcements,
      (message: string) => [{ level: 'info', message }],
    ],
  ] as const;

  test.each(text)('are refused in %s', (_, schema: Schema, value: (text: string) => unknown) => {
    expect(fits(schema, value('harmless'))).toBe(true);
    expect(refused.filter((text) => fits(schema, value(text)))).toEqual([]);
  });
});

describe('what is said in the channel', () => {
  const time = new Date('2018-09-10T15:04:05Z');
  /** A command with a text in it, and a text that it takes. */
  const commands: [string, (text: string) => string, string][] = [
    ['now', (text) => `#nova now ${text}`, 'cells'],
    ['next', (text) => `#nova next ${text}`, 'cells'],
    ['location', (text) => `#nova location ${text}`, 'the lobby'],
    ['color', (text) => `#nova color ${text}`, 'red'],
    ['etherpad', (text) => `#nova etherpad ${text}`, 'https://example.org/'],
    ['url', (text) => `#nova url ${text}`, 'https://example.org/'],
    ['book', (text) => `#nova book ${text}`, 'aspen-MonA1'],
    ['an announcement', (text) => `~motd add info ${text}`, 'Lunch is served'],
    ['new tracks', (text) => `~add ${text}`, 'swift'],
    ['a new name', (text) => `~rename nova ${text}`, 'compute'],
    ['the name of the event', (text) => `~event set name ${text}`, 'Gathering'],
    ['the title of a link', (text) => `~link add https://example.org/ ${text}`, 'Map'],
    ['the address of a link', (text) => `~link add ${text} here`, 'https://example.org/'],
    ['a room', (text) => `~room add ${text}`, 'Vail'],
    ['a day', (text) => `~day add ${text}`, 'Tuesday'],
    ['a slot', (text) => `~slot add Monday ${text} 09:00-10:45`, 'MonA2'],
  ];

  test.each(commands)('ends up as valid data or not at all: %s', (_, line, harmless) => {
    const slots = [{ name: 'MonA1', start: '09:00', end: '10:45' }];
    const before = schedule({
      event: { days: [{ name: 'Monday', slots }] },
      rooms: { aspen: { name: 'Aspen', slots: { MonA1: '' } } },
      tracks: { nova: {}, cinder: {} },
    });
    const filesAfter = (text: string) =>
      Object.entries(said(before, { text: plainText(line(text)), time, role: 'op' }).files);
    expect(filesAfter(harmless)).not.toEqual([]);
    for (const text of [...hostile, ...refused])
      for (const [path, value] of filesAfter(text)) {
        expect(path).toMatch(/^[\p{L}\p{M}\p{N}._+/-]+$/u);
        if (value === undefined) continue;
        const [kind] = /^(event|announcements|room|track)/.exec(path) ?? [];
        const { error } = fileSchemas[kind as keyof typeof fileSchemas].safeParse(value);
        expect(error, `${text} in ${path}`).toBeUndefined();
      }
  });
});

describe('text from chat and from hand edits in a browser', () => {
  let site: OpenSite;
  /** The anatomy of each kind of page where nobody means any harm. */
  const known = new Map<string, Set<string>>();

  /** Short ones, some for a row each, and some that are too long for most fields. */
  const harmless = [
    ...['some', 'words', 'that', 'do', 'no harm', '#track0', 'https://example.org/'],
    ...Array.from({ length: 8 }, (_, index) => `${'words-'.repeat(10)}${index}`),
    'x'.repeat(250),
    `${'so many words '.repeat(20)}`.trim(),
  ];

  beforeAll(async () => {
    site = await openSite();
    const problem = { path: 'a', line: 1, message: 'b', author: 'c' };
    for (const content of [
      inEachThing(harmless),
      aroundEachThing(harmless),
      snapshot(gathering(), [problem]),
      snapshot({}),
    ]) {
      await site.publish(content);
      await visitAll(({ path, faults, anatomy }) => {
        expect({ path, faults }).toEqual({ path, faults: [] });
        const kind = known.get(kindOf(path)) ?? new Set();
        known.set(kindOf(path), new Set([...kind, ...anatomy]));
      });
    }
  });
  afterAll(() => site?.close());

  interface Findings {
    readonly path: string;
    readonly faults: readonly string[];
    readonly anatomy: readonly string[];
  }

  /** What can be seen of markup that came from text: in the page as sent, and as scripts left it. */
  const examine = (page: Page, sent: string) =>
    page.evaluate((sent) => {
      const { head, body } = new DOMParser().parseFromString(sent, 'text/html');
      const parts = [head, body].flatMap((part) => [...part.querySelectorAll('*')]);
      return {
        links: [...document.links].flatMap(({ href, protocol }) =>
          /^https?:$/.test(protocol) ? [] : [href],
        ),
        anatomy: [
          ...new Set([
            ...parts.map((part) => [part.localName, ...part.getAttributeNames().sort()].join(' ')),
            ...[...document.querySelectorAll('*')].map((element) => element.localName),
          ]),
        ],
      };
    }, sent);

  /** Says when something stands out of the page at this width, or when a script ran meanwhile. */
  const faultsAt = (page: Page) =>
    page.evaluate(() => {
      const needed = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
      return [
        ...(needed > innerWidth ? [`${needed} pixels at ${innerWidth}`] : []),
        ...('pwned' in window ? ['script ran'] : []),
      ];
    });

  const viewports = [320, 1280].map((width) => ({ width, height: 800 }));

  /** Opens all pages at both widths, in two tabs, but for those that lead on at once. */
  async function visitAll(report: (findings: Findings) => void): Promise<void> {
    const paths = site.pages().sort();
    const visitor = async () => {
      const { page, complaints, leave } = await site.newPage({ viewport: viewports[0] });
      let widths = viewports;
      for (let path; (path = paths.shift()) !== undefined;) {
        const file = join(site.folder, path.replace(/(^|\/)$/, '$1index.html'));
        if ((await readFile(file, 'utf8')).includes('http-equiv="refresh"')) continue;
        const response = await page.goto(`/${path}`, { waitUntil: 'domcontentloaded' });
        const { links, anatomy } = await examine(page, await response!.text());
        const first = await faultsAt(page);
        // Back and forth: resizing takes as long as loading.
        widths = widths.toReversed();
        await page.setViewportSize(widths[0]!);
        const faults = [...links, ...first, ...(await faultsAt(page)), ...complaints.splice(0)];
        report({ path, faults: [...new Set(faults)], anatomy });
      }
      await leave();
    };
    await Promise.all([visitor(), visitor()]);
  }

  test.each([
    ['in each field of rooms, tracks and people', inEachThing],
    ['in announcements, problems and lists', aroundEachThing],
  ])(
    'never becomes more than text, and breaks no layout: %s',
    async (_, world) => {
      await site.publish(world(hostile));
      expect(site.pages()).toContain('');
      const findings: string[] = [];
      await visitAll(({ path, faults, anatomy }) => {
        const strange = anatomy.filter((part) => !known.get(kindOf(path))?.has(part));
        if (faults.length + strange.length > 0)
          findings.push(`${path}: ${[...faults, ...strange].join(', ')}`);
      });
      expect(findings).toEqual([]);
    },
    600_000,
  );

  test('is shown as it was written', async () => {
    await site.publish(aroundEachThing(hostile));
    const { page, leave } = await site.newPage();
    await page.goto('/');
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('.announcements p')].map((p) => p.textContent),
    );
    const missing = hostile.filter((text) => !shown.some((line) => line.includes(text)));
    expect(missing).toEqual([]);
    await leave();
  });

  test('stays text when it arrives on an open page', async () => {
    await site.publish(snapshot({}));
    const { page, complaints, leave } = await site.newPage();
    await page.goto('/');
    await page.locator('#live:not([hidden])').waitFor();
    await site.publish(inEachThing(hostile));
    await page.locator('#now-track0').waitFor();
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(await page.locator('main script, main style, main img, main iframe').count()).toBe(0);
    expect(complaints).toEqual([]);
    await leave();
  });

  test('gets into style sheets and data only as what belongs there', async () => {
    await site.publish(inEachThing(hostile));
    const files = await readdir(site.folder, { recursive: true });
    const sheets = files.filter((path) => /^assets\/tracks\..*\.css$/.test(path));
    expect(sheets).not.toEqual([]);
    for (const path of sheets)
      expect(await readFile(join(site.folder, path), 'utf8')).toMatch(
        /^:root\{--rows:\d+\}\n(\.track-[\w-]+\{--track:#[0-9a-f]{6};--on-track:#[0-9a-f]{6}\}\n)*$/,
      );
    for (const path of files.filter((path) => path.endsWith('.json'))) {
      const text = await readFile(join(site.folder, path), 'utf8');
      expect(() => JSON.parse(text) as unknown, path).not.toThrow();
    }
  });
});
