import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { compileSite } from '../../../site/build/compile.ts';
import { loadRenderer, type Renderer } from '../../../site/render/load.ts';
import { outputPath } from '../../../site/render/output-path.ts';
import { variousChanges } from '../../support/changes.ts';
import { renderSite, snapshot, type PlainSchedule } from '../../support/build-site.ts';
import { discussed, gathered, gathering } from '../../support/site-event.ts';
import { writtenEvent } from '../../support/written-event.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await loadRenderer(inject('renderer'));
});

const withProblem = (plain: PlainSchedule) =>
  snapshot(
    plain,
    [{ path: 'event.yaml', message: 'expected <more>' }],
    gathered,
    discussed(),
    variousChanges(),
  );

const text = (content: string | Uint8Array | undefined) => Buffer.from(content ?? '').toString();

describe('the compiled site', () => {
  test('is found again while its sources are the same', async () => {
    expect(await compileSite()).toBe(inject('renderer'));
  });

  test('runs in a folder without node_modules', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ptgbot-renderer-'));
    try {
      await cp(inject('renderer'), folder, { recursive: true });
      const script = `const { app } = await import('./server/entry.mjs');
        console.log(app.manifest.routes.map(({ routeData }) => routeData.route).join());`;
      const run = promisify(execFile);
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
        cwd: folder,
      });
      expect(stdout).toContain('/');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the rendered site', () => {
  test('has the main page under both of its names, with the same bytes', async () => {
    const { files, problems } = await renderSite(renderer, snapshot(gathering()));
    expect(problems).toEqual([]);
    expect(text(files.get('index.html'))).toContain('multi-attach with');
    expect(files.get('ptg.html')).toBe(files.get('index.html'));
  });

  test('has the old database for programs that read it', async () => {
    const { files } = await renderSite(renderer, snapshot(gathering()));
    expect(JSON.parse(text(files.get('ptg.json')))).toMatchObject({
      eventid: 'denver-ptg',
      now: { nova: 'multi-attach with #cinder' },
    });
  });

  test('holds every file that its pages name, and nothing of others', async () => {
    const { files } = await renderSite(renderer, snapshot(gathering()));
    const page = text(files.get('index.html'));
    const named = [...page.matchAll(/<(?:link|script)[^>]+(?:href|src)="([^"]+)"/g)].map(
      ([, path]) => path,
    );
    expect(named.length).toBeGreaterThanOrEqual(4);
    for (const path of named) expect(files.has(String(path).slice(1)), path).toBe(true);
  });

  test('leads from each page only to pages that it has', async () => {
    const { files } = await renderSite(renderer, snapshot(gathering()));
    for (const [path, content] of files) {
      if (!path.endsWith('.html')) continue;
      for (const [, href = ''] of text(content).matchAll(/<a\s[^>]*href="(\/[^"#?]*)/g)) {
        const file = decodeURIComponent(href.slice(1)).replace(/(^|\/)$/, '$1index.html');
        expect(files.has(file), `${href} in ${path}`).toBe(true);
      }
    }
  });

  test('is the same, byte for byte, for the same data', async () => {
    const [first, second] = [snapshot(gathering()), snapshot(gathering())];
    expect(first.commit).not.toBe(second.commit);
    expect((await renderSite(renderer, first)).files).toEqual(
      (await renderSite(renderer, second)).files,
    );
  });

  test('has a page for each track, and leads there from each name that it had before', async () => {
    const tracks = { 'c++': { formerly: ['c'], now: { topic: 'templates' } }, ñandú: {}, 日本: {} };
    const { files, problems } = await renderSite(renderer, snapshot({ tracks }), {
      site: 'https://ptg.example.org/stein/',
    });
    expect(problems).toEqual([]);
    expect(text(files.get('tracks/c++/index.html'))).toContain('templates');
    expect(text(files.get('index.html'))).toContain('href="/stein/tracks/c%2B%2B/"');
    const former = text(files.get('tracks/c/index.html'));
    for (const part of [
      '<meta http-equiv="refresh" content="0; url=/stein/tracks/c%2B%2B/">',
      '<link rel="canonical" href="https://ptg.example.org/stein/tracks/c%2B%2B/">',
      '<a href="/stein/tracks/c%2B%2B/">c++</a>',
    ])
      expect(former).toContain(part);
  });

  test('shows a new topic', async () => {
    const now = { topic: 'unheard-of things' };
    const { files } = await renderSite(renderer, snapshot({ tracks: { nova: { now } } }));
    expect(text(files.get('index.html'))).toContain('unheard-of things');
  });

  test('names the channel where the event tells it, and leads there', async () => {
    const chat = {
      name: '#ptg <b>',
      url: 'ircs://irc.oftc.net/ptg',
      web: 'https://webchat.example.org/?channels=ptg',
    };
    const { files } = await renderSite(renderer, snapshot({ event: { chat } }));
    const link = '<a href="ircs://irc.oftc.net/ptg">#ptg &lt;b&gt;</a>';
    const main = text(files.get('index.html')).replace(/\s+/g, ' ');
    expect(main).toContain(`In ${link}: `);
    expect(main).toContain(`what people say in ${link} · <a href="${chat.web}">web chat</a>`);
    const unnamed = await renderSite(renderer, snapshot({}));
    expect(text(unnamed.files.get('index.html'))).toContain('In the channel: ');
  });

  test('leads to its own files wherever it is published', async () => {
    const { files } = await renderSite(renderer, snapshot(gathering()), {
      site: 'https://ptg.example.org/stein/',
    });
    const page = text(files.get('index.html'));
    expect(page).toContain('<link rel="canonical" href="https://ptg.example.org/stein/">');
    expect(page).toContain('href="/stein/favicon.svg"');
    expect(page).toContain(
      '<meta property="og:image" content="https://ptg.example.org/stein/preview.png">',
    );
    expect(files.has('preview.png')).toBe(true);
    for (const [path, content] of files)
      expect(text(content), path).not.toContain(renderer.basePlaceholder);
  });

  test('can be installed under the name of the event, wherever it is published', async () => {
    const event = { id: 'oslo-2019', name: 'Oslo "Gathering"' };
    const { files } = await renderSite(renderer, snapshot({ event }), { base: '/stein' });
    expect(text(files.get('index.html'))).toContain(
      '<link rel="manifest" href="/stein/app.webmanifest">',
    );
    const manifest = JSON.parse(text(files.get('app.webmanifest'))) as {
      icons: { src: string }[];
      shortcuts: { url: string }[];
    };
    expect(manifest).toMatchObject({
      name: 'Oslo "Gathering"',
      short_name: 'oslo-2019',
      id: '/stein/',
      start_url: '/stein/',
      scope: '/stein/',
    });
    const addresses = [
      ...manifest.icons.map(({ src }) => src),
      ...manifest.shortcuts.map(({ url }) => url),
    ];
    for (const address of addresses)
      expect(files.has(address.slice('/stein/'.length)), address).toBe(true);
    expect(text(files.get('sw.js'))).toContain('offline.html');
  });

  test.each(['/a"b', '/../up', 'a b', '/a?b'])('refuses to be published below %j', async (base) => {
    await expect(renderSite(renderer, snapshot({}), { base })).rejects.toThrow('expected a path');
  });

  test('goes on without a page that fails, and says why', async () => {
    const whole = snapshot(gathering());
    const announcement = {
      level: 'info' as const,
      get message(): string {
        throw new Error('out of ink');
      },
    };
    const schedule = { ...whole.schedule, announcements: [announcement] };
    const { files, problems } = await renderSite(renderer, { ...whole, schedule });
    expect(problems).toContainEqual({
      path: 'index.html',
      message: 'The page could not be made: out of ink',
    });
    expect(files.has('index.html')).toBe(false);
    expect(files.has('favicon.svg')).toBe(true);
  });

  test('shows what is wrong with the data: where, what was expected, and whose it is', async () => {
    const problem = {
      path: 'tracks/nova.yaml',
      line: 4,
      message: 'expected a colour',
      author: 'gibi',
    };
    const { files } = await renderSite(renderer, snapshot({}, [problem]));
    for (const part of ['tracks/nova.yaml:4', 'expected a colour', 'by gibi'])
      expect(text(files.get('index.html'))).toContain(part);
  });

  test.each([
    ['a large event', withProblem(gathering())],
    ['an empty event', withProblem({})],
    ['an event with days but no rooms', withProblem({ event: gathering().event })],
    ['an event of long words in all scripts', writtenEvent()],
  ])('is valid HTML: %s', async (_, content) => {
    const { files, problems } = await renderSite(renderer, content);
    expect(problems).toEqual([]);
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        // The roles of a table are spelled out because the style sheet lays it out in another way.
        'no-redundant-role': 'off',
        'prefer-native-element': 'off',
        'long-title': 'off',
        'valid-id': ['error', { relaxed: true }],
        'doctype-style': 'off',
        'void-style': 'off',
        'no-trailing-whitespace': 'off',
      },
    });
    for (const [path, content] of files) {
      if (!path.endsWith('.html')) continue;
      const report = await validator.validateString(text(content));
      const faults = report.results.flatMap(({ messages }) => messages);
      expect(
        faults.map(({ message, ruleId, line, column }) => ({ message, ruleId, line, column })),
        path,
      ).toEqual([]);
    }
  });

  test('names nothing inline, so that a strict policy holds', async () => {
    const { files } = await renderSite(renderer, snapshot(gathering()));
    const page = text(files.get('index.html'));
    expect(page).not.toMatch(/ style=| on\w+=|<style|<script(?![^>]+src=)/i);
    expect(page).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self';/,
    );
  });
});

describe('the file of a page', () => {
  const part = (content: string, dynamic = false) => [{ content, dynamic }];
  const page = { type: 'page', isIndex: false };

  test.each([
    [{ ...page, isIndex: true, segments: [] }, {}, 'index.html'],
    [{ ...page, segments: [part('etherpads')] }, {}, 'etherpads.html'],
    [
      { ...page, isIndex: true, segments: [part('tracks'), part('track', true)] },
      { track: 'c++' },
      'tracks/c++/index.html',
    ],
    [{ ...page, type: 'endpoint', segments: [part('schedule.xml')] }, {}, 'schedule.xml'],
  ])('is named after its route: %j', (route, params, path) => {
    expect(outputPath(route, params)).toBe(path);
  });

  test.each(['..', '.hidden', 'a/b', 'a\\b', '', 'a\0'])('is never named %j', (track) => {
    expect(() => outputPath({ ...page, segments: [part('track', true)] }, { track })).toThrow(
      'expected the name of a file',
    );
  });
});
