import { createServer } from 'node:http';
import { connect } from 'node:net';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Publisher } from '../../../site/publish/publisher.ts';
import { startServer, type SiteServer } from '../../../site/server/server.ts';
import { planOf, snapshot } from '../../support/build-site.ts';

let root: string;
let server: SiteServer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ptgbot-server-'));
  const publisher = await Publisher.open(join(root, 'www'));
  await publisher.publish(
    snapshot({}),
    planOf({
      'index.html': '<p>main',
      'ptg.html': '<p>main',
      'tracks/c++/index.html': '<p>c++',
      'tracks/日本語/index.html': '<p>nihongo',
      'assets/tracks.AbC-_12345.css': 'p{}',
      'ptg.json': '{}',
    }),
  );
  await writeFile(join(root, 'secret.txt'), 'secret');
  await writeFile(join(root, 'www', '.env'), 'secret');
  await mkdir(join(root, 'www-private'));
  await writeFile(join(root, 'www-private', 'index.html'), 'secret');
  server = await startServer({ directory: join(root, 'www'), listen: '127.0.0.1:0' });
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

/** One request exactly as written, as no client library would send it. */
function raw(path: string, options: { method?: string; headers?: string[] } = {}): Promise<string> {
  const { method = 'GET', headers = [] } = options;
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (data: string) => (answer += data));
    socket.on('close', () => resolve(answer)).on('error', reject);
    const lines = [
      `${method} ${path} HTTP/1.1`,
      'Host: x',
      'Connection: close',
      ...headers,
      '',
      '',
    ];
    socket.write(lines.join('\r\n'));
  });
}
const status = (answer: string) => Number(answer.split(' ')[1]);

describe('the built-in server', () => {
  test('lets pages of other sites read data, and nothing else', async () => {
    const origins = async (path: string) =>
      /access-control-allow-origin: (.*)\r/i.exec(await raw(path))?.[1];
    expect(await origins('/ptg.json')).toBe('*');
    expect(await origins('/revision.json')).toBe('*');
    expect(await origins('/')).toBeUndefined();
  });

  test.each([
    ['/', '<p>main'],
    ['/ptg.html', '<p>main'],
    ['/?x=1', '<p>main'],
    ['/tracks/c++/', '<p>c++'],
    ['/tracks/c%2B%2B/', '<p>c++'],
    ['/tracks/%E6%97%A5%E6%9C%AC%E8%AA%9E/', '<p>nihongo'],
    ['/assets/tracks.AbC-_12345.css', 'p{}'],
  ])('serves %s', async (path, content) => {
    const answer = await raw(path);
    expect(status(answer)).toBe(200);
    expect(answer.endsWith(content)).toBe(true);
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/tracks/../../secret.txt',
    '/tracks/..%2f..%2fsecret.txt',
    '/../www-private/',
    '/../www-private/index.html',
    '/..%2fwww-private%2f',
    '-private/index.html',
    '//../secret.txt',
    '/./../secret.txt',
    '/.env',
    '/%2eenv',
    '/.ptgbot-published.json',
    '/tracks/..;/.env',
    '/.%65nv',
    '/index.html%00.txt',
    '/%',
    '/%ff',
    'http://x/../secret.txt',
    '*',
  ])('gives away nothing at %s', async (path) => {
    const answer = await raw(path);
    expect(answer).not.toContain('secret');
    expect(answer).not.toContain('"files"');
    expect([400, 404]).toContain(status(answer));
  });

  test.each(['bytes=5-2', 'bytes=99999-', 'bytes=-1', 'bytes=a-b', 'bytes=0-0,1-1', 'bytes=-'])(
    'lives through the range %j',
    async (range) => {
      expect(status(await raw('/', { headers: [`Range: ${range}`] }))).toBe(200);
      expect(status(await raw('/'))).toBe(200);
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('does not answer %s', async (method) => {
    const answer = await raw('/', { method });
    expect(status(answer)).toBe(405);
    expect(answer).toContain('Allow: GET, HEAD');
  });

  test('says with the page of the site that there is no such page', async () => {
    const page = join(root, 'www', '404.html');
    try {
      expect(await raw('/no/such/page')).toContain('There is no such page.');
      await writeFile(page, '<p>lost</p>');
      for (const path of ['/no/such/page', '/rooms/', '/.env', '/%'])
        expect(await raw(path), path).toMatch(/^HTTP\/1\.1 404 [^]*text\/html[^]*<p>lost<\/p>$/);
      const again = await raw('/no/such/page', {
        headers: ['If-None-Match: *', 'If-None-Match: ""'],
      });
      expect(status(again)).toBe(404);
    } finally {
      await rm(page);
    }
  });

  test('answers HEAD without content', async () => {
    const answer = await raw('/', { method: 'HEAD' });
    expect(answer).toContain('Content-Length: 7');
    expect(answer.endsWith('\r\n\r\n')).toBe(true);
  });

  test.each(['/', '/assets/tracks.AbC-_12345.css', '/nothing', '/revision.json'])(
    'sends the headers that protect readers with %s',
    async (path) => {
      const { headers } = await fetch(new URL(path, server.url));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none';.*frame-ancestors 'none'$/,
      );
    },
  );

  test('lets others frame the page that is made for it, and no other', async () => {
    for (const path of ['/now.html', '/now.html?embed', '/now']) {
      const { headers } = await fetch(new URL(path, server.url));
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors \*$/);
    }
  });

  test('lets browsers keep what has its content in its name, and ask each time for the rest', async () => {
    const cacheControl = async (path: string) =>
      (await fetch(new URL(path, server.url))).headers.get('cache-control');
    expect(await cacheControl('/assets/tracks.AbC-_12345.css')).toContain('immutable');
    expect(await cacheControl('/')).toBe('no-cache');
    expect(await cacheControl('/revision.json')).toBe('no-cache');
    expect(await cacheControl('/assets/gone.AbC-_12345.css')).toBeNull();
  });

  test('sends a page again only when it changed', async () => {
    const etag = (await fetch(server.url)).headers.get('etag') ?? '';
    expect((await fetch(server.url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  test('serves whole files while they are being replaced', async () => {
    const file = join(root, 'www', 'busy.html');
    const contents = ['a'.repeat(100_000), 'b'.repeat(150_000)];
    let stop = false;
    const replacing = (async () => {
      for (let turn = 0; !stop; turn += 1) {
        await writeFile(join(root, 'aside'), contents[turn % 2] ?? '');
        await rename(join(root, 'aside'), file);
      }
    })();
    await expect
      .poll(async () => (await fetch(new URL('/busy.html', server.url))).status)
      .toBe(200);
    for (let turn = 0; turn < 100; turn += 1) {
      const text = await fetch(new URL('/busy.html', server.url))
        .then((response) => response.text())
        .catch(() => 'aborted');
      expect([...contents, 'aborted'].includes(text), text.slice(0, 10) + text.length).toBe(true);
    }
    stop = true;
    await replacing;
  });

  test('sends text compressed to whoever takes that', async () => {
    const page = `<p>${'what is discussed where '.repeat(200)}`;
    await writeFile(join(root, 'www', 'long.html'), page);
    const encodings = async (accepted: string) => {
      const answer = await fetch(new URL('/long.html', server.url), {
        headers: { 'Accept-Encoding': accepted },
      });
      expect(await answer.text()).toBe(page);
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      return answer.headers.get('content-encoding');
    };
    expect(await encodings('br, gzip')).toBe('gzip');
    expect(await encodings('gzip;q=0, br')).toBeNull();
    expect(await encodings('identity')).toBeNull();
  });

  test('is found with and without the path that proxies put before it', async () => {
    const below = await startServer({
      directory: join(root, 'www'),
      listen: '127.0.0.1:0',
      base: '/stein/',
    });
    for (const [path, expected] of [
      ['stein/', 200],
      ['stein/ptg.html', 200],
      ['', 200],
      ['stein/.env', 404],
      ['other/ptg.html', 404],
    ] as const)
      expect((await fetch(below.url + path)).status, path).toBe(expected);
    await below.close();
  });

  describe('asked for a stream of revisions', () => {
    const listen = async () => {
      const answer = await fetch(new URL('/revision.json', server.url), {
        headers: { Accept: 'text/event-stream' },
      });
      return { answer, reader: answer.body!.pipeThrough(new TextDecoderStream()).getReader() };
    };
    const show = async (revision: object) => {
      await writeFile(join(root, 'www', 'revision.json'), JSON.stringify(revision));
      await server.tell();
    };

    test('tells at once which one it shows, and each later one', async () => {
      const { answer, reader } = await listen();
      expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('vary')).toContain('Accept');
      const commit = async () =>
        /^data: .*"commit":"(\w+)".*\n\n$/.exec((await reader.read()).value ?? '')?.[1];
      expect(await commit()).toMatch(/^0+\w+$/);
      await show({ commit: 'abc', time: 'x' });
      expect(await commit()).toBe('abc');
      await reader.cancel();
    });

    test('gives up a listener who does not read, and goes on with the others', async () => {
      const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
      slow.on('error', () => undefined).pause();
      let alive = true;
      slow.on('close', () => (alive = false));
      const lines = ['GET /revision.json HTTP/1.1', 'Host: x', 'Accept: text/event-stream', '', ''];
      slow.write(lines.join('\r\n'));
      const { reader } = await listen();
      const long = { commit: 'abc', time: 'x', problems: 'y'.repeat(500_000) };
      const { length } = JSON.stringify(long);
      for (let turn = 0; turn < 40; turn += 1) {
        await show(long);
        for (let read = 0; read < length;) read += (await reader.read()).value?.length ?? length;
      }
      slow.resume();
      await expect.poll(() => alive).toBe(false);
      await reader.cancel();
      await show({ commit: 'abc', time: 'x' });
    });
  });

  test('tells the revision as a file to whoever does not ask for a stream', async () => {
    const answer = await fetch(new URL('/revision.json', server.url));
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toHaveProperty('commit');
  });

  test('says in one sentence that the address is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await expect(startServer({ directory: root, listen: `127.0.0.1:${port}` })).rejects.toThrow(
      `Can't listen on 127.0.0.1:${port}: another program already does; end it, or give another address in site.listen.`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  test.each(['8000', 'localhost', '127.0.0.1:99999', ':8000', '127.0.0.1:x'])(
    'says what it expected instead of the address %j',
    async (listen) => {
      await expect(startServer({ directory: root, listen })).rejects.toThrow(
        'expected host:port such as',
      );
    },
  );

  test('ends although a reader keeps its connection open', async () => {
    const short = await startServer({ directory: join(root, 'www'), listen: '127.0.0.1:0' });
    const socket = connect(Number(new URL(short.url).port), '127.0.0.1');
    const ended = new Promise((resolve) => socket.on('close', resolve).on('error', resolve));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    await new Promise((resolve) => socket.once('connect', resolve));
    await short.close();
    await ended;
    await expect(fetch(short.url)).rejects.toThrow();
  });
});
