import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../../schedule-data/import/addresses.ts';
import {
  downloadDatabase,
  withoutCredentials,
  type DownloadOptions,
} from '../../../schedule-data/import/download.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A web server on this machine; remembers what it was asked. */
async function serve(answer: RequestListener, host = '127.0.0.1') {
  const requests: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://${host}:${port}/`, requests, connections: () => connections };
}

const database = { tracks: ['nova'] };
const good: RequestListener = (_request, response) => response.end(JSON.stringify(database));
const redirect =
  (location: string, status = 302): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { location }).end('elsewhere');

const anywhere: DownloadOptions = { privateAddresses: true };
/** As if only 127.0.0.1 were a public address. */
const isPublic = (address: string) => address === '127.0.0.1';

/** Says of a name what the given addresses are, one after the other. */
function lookupOf(...answers: string[][]): LookupFunction & { asked: string[] } {
  const asked: string[] = [];
  const lookup: LookupFunction = (hostname, options, callback) => {
    const addresses = (answers[asked.length] ?? []).map((address) => ({ address, family: 4 }));
    asked.push(hostname);
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, 4);
  };
  return Object.assign(lookup, { asked });
}

describe('a database is fetched', () => {
  test('as the JSON that it is', async () => {
    const { url } = await serve(good);
    expect(await downloadDatabase(url, anywhere)).toEqual(database);
  });

  test.each([301, 302, 303, 307, 308])('after redirects with status %i', async (status) => {
    const there = await serve(good);
    const { url } = await serve(redirect(there.url, status));
    expect(await downloadDatabase(url, anywhere)).toEqual(database);
  });

  test('after five redirects, but not after six', async () => {
    const { url } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      (left ? redirect(`/${left - 1}`) : good)(request, response);
    });
    expect(await downloadDatabase(`${url}5`, anywhere)).toEqual(database);
    await expect(downloadDatabase(`${url}6`, anywhere)).rejects.toThrow(
      `${url}6 cannot be fetched: expected at most 5 redirects`,
    );
  });

  test('with the user and the password of its address, which no other host gets to know', async () => {
    const there = await serve(good, '127.0.0.2');
    const here = await serve((request, response) =>
      redirect(request.url === '/' ? '/next' : there.url)(request, response),
    );
    await downloadDatabase(`http://ad%40a:p%3Aw@127.0.0.1:${here.port}/`, anywhere);
    const basic = `Basic ${Buffer.from('ad@a:p:w').toString('base64')}`;
    expect(here.requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic]);
    expect(there.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

describe('nothing is fetched, and the reason is said:', () => {
  const big = Buffer.alloc(2000, ' ');
  test.each<[string, RequestListener, string, DownloadOptions?]>([
    [
      'another status',
      (_request, response) => response.writeHead(404).end(),
      'expected status 200, the server answers 404',
    ],
    [
      'a redirect to nowhere',
      (_request, response) => response.writeHead(302).end(),
      'expected status 200, the server answers 302',
    ],
    ['a redirect in a circle', redirect('/'), 'expected at most 5 redirects'],
    [
      'a redirect to a file',
      redirect('file:///etc/passwd'),
      'expected a redirect to an address that begins with http:// or https://',
    ],
    [
      'too much, announced',
      (_request, response) => response.writeHead(200, { 'content-length': 20_000_000 }).end(' '),
      'expected at most 16 MB',
    ],
    [
      'too much, bit by bit',
      (_request, response) => {
        response.on('error', () => undefined);
        const more = () => {
          while (!response.destroyed && response.write(big));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
      'expected at most 1 MB',
      { limits: { bytes: 1024 * 1024 } },
    ],
    [
      'no answer',
      () => undefined,
      'expected all of it within 0.2 seconds',
      { limits: { milliseconds: 200 } },
    ],
    [
      'an answer without end',
      (_request, response) => {
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      'expected all of it within 0.2 seconds',
      { limits: { milliseconds: 200 } },
    ],
    [
      'half an answer',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{');
        setTimeout(() => response.destroy(), 20);
      },
      'the connection broke off',
    ],
    [
      'no JSON',
      (_request, response) => response.end('<p>secret'),
      'expected the JSON of a ptgbot database: it is not JSON',
    ],
    [
      'a list',
      (_request, response) => response.end('[]'),
      'expected the JSON of a ptgbot database: it is not an object',
    ],
    [
      'another object',
      (_request, response) =>
        response.end('{ "name": "x", "timestamp": "", "__proto__": { "now": {} } }'),
      'expected the JSON of a ptgbot database: it holds none of its keys, such as tracks, slots or schedule',
    ],
  ])('%s', async (_what, answer, reason, options) => {
    const { url } = await serve(answer);
    await expect(downloadDatabase(url, { ...anywhere, ...options })).rejects.toMatchObject({
      message: `${url} cannot be fetched: ${reason}`,
    });
  });

  test.each([
    ['ftp://user:secret@example.org/x', 'ftp://example.org/x'],
    ['file:///etc/passwd', 'file:///etc/passwd'],
    ['ptg.json', 'ptg.json'],
    ['http://user:sec/ret@example.org/', 'http://example.org/'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
  ])('no web address: %s', async (address, shown) => {
    await expect(downloadDatabase(address)).rejects.toThrow(
      `${shown} cannot be fetched: expected an address such as https://example.org/ptg.json`,
    );
  });

  test('no server there, without the password', async () => {
    const { port } = await serve(good);
    closing.splice(0).forEach((close) => close());
    await expect(
      downloadDatabase(`http://user:secret@127.0.0.1:${port}/x`, anywhere),
    ).rejects.toThrow(
      `http://127.0.0.1:${port}/x cannot be fetched: expected a server there, the connection is refused`,
    );
  });
});

describe('unless private addresses are allowed,', () => {
  const refusal = 'expected an address of the public Internet, not of a private network';

  test.each(['127.0.0.1', '127.1', '2130706433', '0x7f000001', '[::ffff:127.0.0.1]', 'localhost'])(
    'this machine is not asked as %s',
    async (host) => {
      const { port, connections } = await serve(good);
      await expect(downloadDatabase(`http://${host}:${port}/`)).rejects.toThrow(refusal);
      expect(connections()).toBe(0);
    },
  );

  test('a name that means a private address is refused, also if only one of several is', async () => {
    const { port, connections } = await serve(good);
    for (const addresses of [['127.0.0.1'], ['192.0.32.1', '127.0.0.1'], []])
      await expect(
        downloadDatabase(`http://ptg.example:${port}/`, { lookup: lookupOf(addresses) }),
      ).rejects.toThrow(/cannot be fetched/);
    expect(connections()).toBe(0);
  });

  test('a name is looked up once for each connection, and that answer counts', async () => {
    const lookup = lookupOf(['127.0.0.1'], ['127.0.0.2'], ['127.0.0.2']);
    const { port } = await serve(good);
    expect(await downloadDatabase(`http://ptg.example:${port}/`, { lookup, isPublic })).toEqual(
      database,
    );
    expect(lookup.asked).toEqual(['ptg.example']);
  });

  test('a name that means a private address after the redirect is refused', async () => {
    const lookup = lookupOf(['127.0.0.1'], ['127.0.0.2']);
    const { port, requests } = await serve(redirect('/'));
    await expect(
      downloadDatabase(`http://ptg.example:${port}/`, { lookup, isPublic }),
    ).rejects.toThrow(refusal);
    expect(requests).toHaveLength(1);
    expect(lookup.asked).toEqual(['ptg.example', 'ptg.example']);
  });

  test('a redirect to a private address is refused', async () => {
    const there = await serve(good, '127.0.0.2');
    const { url } = await serve(redirect(there.url));
    await expect(downloadDatabase(url, { isPublic })).rejects.toThrow(
      `${url} cannot be fetched: ${refusal}`,
    );
    expect(there.connections()).toBe(0);
  });
});

describe('an address is', () => {
  test.each(
    `8.8.8.8 1.1.1.1 172.15.0.1 172.32.0.1 100.63.255.255 100.128.0.1 192.0.32.1 223.255.255.255
     2600:: 2a00:1450:4001:80b::200e ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1`.split(/\s+/),
  )('public: %s', (address) => expect(isPublicAddress(address)).toBe(true));

  test.each(
    `0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.255.0.1 169.254.169.254
     172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1
     203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
     :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
     64:ff9b::a00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 100::1 2001::1 2001:2::1 2001:10::1
     2001:db8::1 2002:7f00:1:: 2002:c0a8:101::1 2002:a9fe:a9fe:: 3fff::1 4000::1 5f00::1 fc00::1
     fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 nonsense 127.0.0.1.nip.io`.split(/\s+/),
  )('not public: %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('what is shown of an address', () => {
  test.each([
    ['https://user:secret@example.org/ptg.json?x=1', 'https://example.org/ptg.json?x=1'],
    ['https://token@example.org/', 'https://example.org/'],
    ['https://example.org/@ada', 'https://example.org/@ada'],
    ['https://user:1#secret@example.org/', 'https://user:1/'],
    ['user:secret@example.org', 'example.org'],
    ['http://user:sec@ret@[/', 'http://[/'],
    ['http://user:\u0007secret@ x', 'http:// x'],
  ])('%s is %s', (address, shown) => expect(withoutCredentials(address)).toBe(shown));
});
