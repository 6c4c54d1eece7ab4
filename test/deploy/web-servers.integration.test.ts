/** Other servers, with the files of deploy/web, answer for the published pages as the built-in one does. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Publisher } from '../../site/publish/publisher.ts';
import { loadRenderer } from '../../site/render/load.ts';
import { planSite } from '../../site/render/plan.ts';
import { startServer, type SiteServer } from '../../site/server/server.ts';
import { calendarTracksHeader } from '../../site/view/calendar-of-tracks.ts';
import { contentSecurityPolicy, securityHeaders } from '../../site/view/security.ts';
import { snapshot } from '../support/build-site.ts';
import { gathering } from '../support/site-event.ts';
import { temporaryFolder } from '../support/repository.ts';
import { startApache, startCaddy, startNginx, type WebServer } from '../support/web-servers.ts';

const pages = join(temporaryFolder(), 'www');
const secret = 'sesame, sesame, sesame';
let pushes = 0;
const startService = (listen: string) =>
  startServer({ directory: pages, listen, webhook: { secret, pushed: () => void pushes++ } });

let service: SiteServer;
const others = new Map<string, WebServer>();
beforeAll(async () => {
  const plan = await planSite(await loadRenderer(inject('renderer')), snapshot(gathering()));
  await (await Publisher.open(pages)).publish(snapshot(gathering()), plan);
  const long = 'what is discussed where '.repeat(100);
  for (const path of [
    'tracks/日本語/index.html',
    'calendar.ics',
    'robots.txt',
    'sitemap.xml',
    '.well-known/acme-challenge/token.txt',
    '.env',
    'tracks/.hidden/index.html',
  ]) {
    mkdirSync(dirname(join(pages, path)), { recursive: true });
    writeFileSync(join(pages, path), path.includes('/.') || path.startsWith('.') ? 'secret' : long);
  }
  service = await startService('127.0.0.1:0');
  const behind = { pages, service: new URL(service.url).host };
  others.set('Apache', await startApache(behind));
  others.set('nginx', await startNginx(behind));
  others.set('Caddy', await startCaddy(behind));
});
afterAll(async () => {
  await service.close();
  for (const server of others.values()) await server.stop();
});

const urlOf = (name: string) => others.get(name)?.url ?? service.url;

interface Expected {
  readonly status?: number;
  readonly type: string;
  readonly cache?: string;
  readonly origin?: string;
  readonly vary?: string[];
  readonly framed?: boolean;
}

/** Of an answer, what readers and what stands in between go by. */
function seen({ status, headers }: Response) {
  return {
    status,
    type: headers.get('Content-Type'),
    cache: headers.get('Cache-Control'),
    origin: headers.get('Access-Control-Allow-Origin'),
    vary: headers
      .get('Vary')
      ?.split(/,\s*/)
      .map((name) => name.toLowerCase()),
    security: Object.keys(securityHeaders()).map((name) => headers.get(name)),
  };
}

const expectedOf = ({
  status = 200,
  type,
  cache = 'no-cache',
  origin,
  vary,
  framed,
}: Expected) => ({
  status,
  type,
  cache,
  ...(status === 200 && { origin: origin ?? null }),
  ...(vary && { vary: expect.arrayContaining(vary) as string[] }),
  security: Object.values(securityHeaders(framed ? '/now.html' : undefined)),
});

const text = (type: string): Expected => ({
  type: `${type}; charset=utf-8`,
  vary: ['accept-encoding'],
});
const page = text('text/html');
const data = (type: string): Expected => ({ ...text(type), origin: '*' });
const json: Expected = { type: 'application/json; charset=utf-8', origin: '*' };
const hashed = { cache: 'public, max-age=31536000, immutable' };

/** What stands at an address: the file, and how it is sent. */
const answers: readonly [address: string, file: string, expected: Expected][] = [
  ['/', 'index.html', page],
  ['/?track=nova', 'index.html', page],
  ['/ptg.html', 'ptg.html', page],
  ['/links', 'links.html', page],
  ['/links.html?x', 'links.html', page],
  ['/rooms/aspen/', 'rooms/aspen/index.html', page],
  ['/rooms/aspen', 'rooms/aspen/index.html', page],
  ['/tracks/%E6%97%A5%E6%9C%AC%E8%AA%9E/', 'tracks/日本語/index.html', page],
  ['/now.html', 'now.html', { ...page, framed: true }],
  ['/now?embed', 'now.html', { ...page, framed: true }],
  [
    '/changes/feed.atom',
    'changes/feed.atom',
    { type: 'application/atom+xml; charset=utf-8', origin: '*' },
  ],
  ['/favicon.svg', 'favicon.svg', { type: 'image/svg+xml; charset=utf-8' }],
  ['/ptg.ics', 'ptg.ics', data('text/calendar')],
  ['/schedule.txt', 'schedule.txt', data('text/plain')],
  ['/sitemap.xml', 'sitemap.xml', data('text/xml')],
  ['/schedule.xml', 'schedule.xml', data('application/vnd.c3voc.schedule+xml')],
  ['/app.webmanifest', 'app.webmanifest', { type: 'application/manifest+json; charset=utf-8' }],
  ['/sw.js', 'sw.js', text('text/javascript')],
  ['/preview.png', 'preview.png', { type: 'image/png' }],
  ['/ptg.json', 'ptg.json', { ...json, vary: ['accept-encoding'] }],
  ['/revision.json', 'revision.json', { ...json, vary: ['accept'] }],
  ['/HASHED.css', 'HASHED.css', { ...text('text/css'), ...hashed }],
  ['/HASHED.js', 'HASHED.js', { ...text('text/javascript'), ...hashed }],
];

/** Where nothing stands that is for others. */
const nowhere: typeof answers = [
  '/assets/gone.AbC-_12345.css',
  '/no/such/page',
  '/links/',
  '/rooms/',
  '/assets',
  '/.env',
  '/.ptgbot-published.json',
  '/tracks/.hidden/',
  '/.ptgbot/stream',
  '/webhook',
].map((address) => [address, '404.html', { type: page.type, status: 404 }]);

/** An asset whose name is made by the compiler. */
const realName = (path: string) =>
  path.replace(/HASHED(\.\w+)/, (_, extension: string) => {
    const name = readdirSync(join(pages, 'assets')).find((one) => one.endsWith(extension));
    return `assets/${name!}`;
  });

describe.each(['the built-in server', 'Apache', 'nginx', 'Caddy'])('%s', (server) => {
  const ask = (address: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(new URL(realName(address), urlOf(server)), {
      method,
      headers: { 'Accept-Encoding': 'identity', ...headers },
    });

  test.each([...answers, ...nowhere])('answers %s with %s', async (address, file, expected) => {
    const content = readFileSync(join(pages, realName(file)));
    const whole = await ask(address);
    expect(seen(whole)).toMatchObject(expectedOf(expected));
    expect(whole.headers.get('Content-Encoding')).toBeNull();
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);

    const small = await ask(address, { 'Accept-Encoding': 'gzip' });
    expect(seen(small)).toMatchObject(expectedOf(expected));
    if (expected.vary?.includes('accept-encoding'))
      expect(small.headers.get('Content-Encoding')).toBe('gzip');
    expect(Buffer.from(await small.arrayBuffer()).equals(content)).toBe(true);

    const head = await ask(address, {}, 'HEAD');
    expect(seen(head)).toMatchObject(expectedOf(expected));
    expect(await head.text()).toBe('');
  });

  test.each(answers)('sends %s again only when it changed', async (address, _file, expected) => {
    for (const encoding of ['identity', 'gzip', 'br, gzip']) {
      const accepted = { 'Accept-Encoding': encoding };
      const { headers } = await ask(address, accepted);
      expect(headers.get('Last-Modified')).toMatch(/GMT$/);
      const tag = headers.get('ETag') ?? '';
      const again = await ask(address, { ...accepted, 'If-None-Match': tag });
      const { cache, security } = expectedOf(expected);
      expect(seen(again)).toMatchObject({ status: 304, cache, security });
      expect((await ask(address, { ...accepted, 'If-None-Match': '"other"' })).status).toBe(200);
    }
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])('refuses %s', async (method) => {
    for (const address of ['/', '/links', '/ptg.json', '/no/such/page']) {
      const answer = await ask(address, {}, method);
      expect(answer.status).toBe(405);
      expect(answer.headers.get('Allow')).toMatch(/^GET, HEAD[, ]*$/);
      expect(seen(answer).security).toEqual(Object.values(securityHeaders()));
    }
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2eenv',
    '/.%65nv',
    '//.env',
    '/tracks/..;/.env',
    '/tracks//.hidden/index.html',
    '/tracks/.hidden',
    '/.well-known/../.env',
    '/index.html%00.txt',
    '/%',
    '/%ff',
  ])('gives away nothing at %s', async (path) => {
    const answer = await raw(urlOf(server), path);
    expect(answer).not.toContain('secret');
    // What is no address at all may be refused before anybody looks at the configuration.
    expect(answer).toMatch(
      /^HTTP\/1\.1 (400 |[45]\d\d .*[^]*^content-security-policy: .*frame-ancestors 'none'\r$)/im,
    );
  });

  test('tells open pages of revisions as they come, and no others', async () => {
    const accept = {
      Accept: 'text/event-stream, application/json;q=0.9',
      'Accept-Encoding': 'gzip',
    };
    const answer = await ask('/revision.json', accept);
    expect(seen(answer)).toEqual({
      ...expectedOf({ type: 'text/event-stream; charset=utf-8', cache: 'no-store', origin: '*' }),
      vary: ['accept'],
    });
    expect(answer.headers.get('Content-Encoding')).toBeNull();
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    const now = readFileSync(join(pages, 'revision.json'), 'utf8');
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await reader.read()).toEqual({ done: false, value: `data: ${now}\n\n` });
      await service.tell();
    }
    await reader.cancel();
    expect((await ask('/ptg.json', accept)).headers.get('Content-Type')).toBe(json.type);
  });

  test('answers with the calendar of some tracks', async () => {
    const address = '/ptg.ics?tracks=nova,cinder';
    const answer = await ask(address);
    expect(seen(answer)).toEqual({
      ...expectedOf({ type: 'text/calendar; charset=utf-8', origin: '*' }),
      vary: ['accept-encoding'],
    });
    expect(answer.headers.get(calendarTracksHeader)).toBe('2');
    const calendar = await answer.text();
    expect(calendar).toContain('NAME:cinder\\, nova · Denver');
    const small = await ask(address, { 'Accept-Encoding': 'gzip' });
    expect(small.headers.get('Content-Encoding')).toBe('gzip');
    expect(await small.text()).toBe(calendar);
    const known = { 'If-None-Match': answer.headers.get('ETag')! };
    expect((await ask(address, known)).status).toBe(304);
    expect((await ask(address, {}, 'HEAD')).headers.get(calendarTracksHeader)).toBe('2');
    expect((await ask('/ptg.ics?tracks=')).headers.get(calendarTracksHeader)).toBeNull();
  });

  test('passes on what a forge tells, and nothing else', async () => {
    const before = pushes;
    const tell = (token: string, body: string) =>
      fetch(new URL('/webhook', urlOf(server)), {
        method: 'POST',
        headers: { 'X-Gitlab-Token': token },
        body,
      });
    const answer = await tell(secret, 'x'.repeat(2 * 1024 * 1024));
    expect([answer.status, await answer.text()]).toEqual([202, 'Thank you, fetching it now.\n']);
    expect(seen(answer).security).toEqual(Object.values(securityHeaders()));
    expect((await tell('guessed, guessed', '')).status).toBe(403);
    expect((await ask('/webhook', { 'X-Gitlab-Token': secret }, 'PUT')).status).toBe(405);
    expect(pushes).toBe(before + 1);
  });
});

/** One request exactly as written, as no client library would send it. */
function raw(url: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (data: string) => (answer += data));
    socket.on('close', () => resolve(answer)).on('error', reject);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  });
}

describe.each(['Apache', 'nginx', 'Caddy'])('the files for %s', (name) => {
  test('are right to the program itself', () => {
    others.get(name)!.validate();
  });

  test('name the content security policy of the pages', () => {
    const file = join(import.meta.dirname, '../../deploy/web', `${name.toLowerCase()}-site.conf`);
    expect(readFileSync(file, 'utf8')).toContain(
      `Content-Security-Policy "${contentSecurityPolicy}; frame-ancestors `,
    );
  });

  test('let a certificate be asked for', async () => {
    const token = new URL('/.well-known/acme-challenge/token.txt', urlOf(name));
    expect((await fetch(token)).status).toBe(200);
  });

  // The last ones: the service is gone then.
  test('have pages follow by the file while the service is down, and by the stream when it is back', async () => {
    const { host } = new URL(service.url);
    const ask = () =>
      fetch(new URL('/revision.json', urlOf(name)), {
        headers: { Accept: 'text/event-stream, application/json;q=0.9' },
      });
    await service.close();
    try {
      const answer = await ask();
      expect(seen(answer)).toMatchObject(expectedOf({ ...json, vary: ['accept'] }));
      expect(await answer.text()).toBe(readFileSync(join(pages, 'revision.json'), 'utf8'));
      expect((await fetch(urlOf(name))).status).toBe(200);
      const post = await fetch(new URL('/webhook', urlOf(name)), { method: 'POST' });
      expect([502, 503]).toContain(post.status);
      expect(seen(post).security).toEqual(Object.values(securityHeaders()));
    } finally {
      service = await startService(host);
    }
    const stream = await ask();
    expect(stream.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
    await stream.body!.cancel();
  });
});
