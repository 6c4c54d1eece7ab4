/** The calendar of some tracks, as the built-in server answers it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Publisher } from '../../site/publish/publisher.ts';
import { loadRenderer } from '../../site/render/load.ts';
import { planSite } from '../../site/render/plan.ts';
import { startServer, type SiteServer } from '../../site/server/server.ts';
import { snapshot, type PlainSchedule } from '../support/build-site.ts';
import { readCalendar } from '../support/read-calendar.ts';
import { gathering } from '../support/site-event.ts';

let folder: string;
let server: SiteServer;
const publish = async (plain: PlainSchedule) => {
  const plan = await planSite(await loadRenderer(inject('renderer')), snapshot(plain), {
    site: 'https://ptg.example.org/den',
  });
  const publisher = await Publisher.open(folder);
  await publisher.publish(snapshot(plain), {
    ...plan,
    files: [...plan.files, ...(await plan.later!()).files],
  });
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ptgbot-calendars-'));
  await publish(gathering());
  server = await startServer({ directory: folder, listen: '127.0.0.1:0' });
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (query: string, init?: RequestInit) => fetch(`${server.url}ptg.ics${query}`, init);
const read = async (query: string) => readCalendar(await (await ask(query)).text());
const uids = (calendar: ReturnType<typeof readCalendar>) => calendar.events.map(({ uid }) => uid);

test('has their entries and no others, also under former names', async () => {
  const all = await read('');
  const some = await read('?tracks=nova,cinder');
  expect(uids(some).length).toBeGreaterThan(1);
  expect(uids(some).toSorted()).toEqual(
    uids(all)
      .filter((uid) => /\/(nova|cinder)\//.test(uid))
      .toSorted(),
  );
  expect(uids(await read('?tracks=CINDER&tracks=compute,nova'))).toEqual(uids(some));
  expect(some.head).toMatchObject({
    NAME: 'cinder, nova · Denver Project Teams Gathering',
    'X-WR-CALNAME': 'cinder, nova · Denver Project Teams Gathering',
    SOURCE: 'https://ptg.example.org/den/ptg.ics?tracks=cinder,nova',
  });
  expect((await ask('?tracks=nova,cinder')).headers.get('calendar-tracks')).toBe('2');
  const whole = await ask('');
  expect(whole.headers.get('calendar-tracks')).toBeNull();
  expect(await (await ask('?tracks=')).text()).toBe(await whole.text());
});

test('is valid, whatever it is asked for', async () => {
  const many = Array.from({ length: 900 }, (_, index) => `日本語日本語日本語-${index}`);
  for (const query of [
    '?tracks=nobody',
    '?tracks=ptg',
    '?tracks=../ptg',
    `?tracks=${many.slice(0, 70).join()}`,
  ]) {
    const answer = await ask(query);
    const text = await answer.text();
    expect(answer.status, query).toBe(200);
    expect(readCalendar(text).events).toEqual([]);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  }
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(
    'GET /ptg.ics?tracks=%ff,%&tracks[]=%0d%0aX:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  );
  const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).not.toMatch(/^X:1/m);
});

test('is sent again only when it changed, compressed to whoever takes that', async () => {
  const query = '?tracks=nova,neutron,swift';
  const first = await ask(query);
  const etag = first.headers.get('etag')!;
  expect(first.headers.get('content-encoding')).toBe('gzip');
  expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(first.headers.get('cache-control')).toBe('no-cache');
  expect(first.headers.get('access-control-allow-origin')).toBe('*');
  const again = () => ask(query, { headers: { 'If-None-Match': etag } });
  expect((await again()).status).toBe(304);
  const head = await ask(query, { method: 'HEAD' });
  expect([head.status, head.headers.get('calendar-tracks'), await head.text()]).toEqual([
    200,
    '3',
    '',
  ]);

  const event = gathering();
  const [room] = Object.keys(event.rooms);
  const { slots } = event.rooms[room!] as { slots: Record<string, string> };
  const [slot] = Object.keys(slots);
  // Of others it takes no notice.
  slots[slot!] = 'tc';
  await publish(event);
  expect((await again()).status).toBe(304);
  slots[slot!] = 'nova';
  await publish(event);
  const changed = await again();
  expect(changed.status).toBe(200);
  expect(readCalendar(await changed.text()).events.length).toBeGreaterThan(
    readCalendar(await first.text()).events.length,
  );
});
