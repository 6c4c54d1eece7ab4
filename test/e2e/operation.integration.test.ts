/** The service as whoever operates it sees it: systemd, probes, signals. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { IrcPerson } from '../support/irc-client.ts';
import { ircSection, startIrcServer, type IrcServer } from '../support/irc-server.ts';
import { startNotifySocket } from '../support/notify-socket.ts';
import { temporaryFolder } from '../support/repository.ts';
import { eventually, Service } from '../support/service.ts';

let server: IrcServer;
let folder: string;
let service: Service;

const configuration = () => ({
  irc: ircSection(server, '#ptg'),
  data: { repository: join(folder, 'data.git') },
  site: { output: join(folder, 'www'), listen: '127.0.0.1:0' },
});

beforeEach(async () => {
  server = await startIrcServer();
  folder = temporaryFolder();
});

afterEach(async () => {
  await service?.kill();
  await server?.stop();
});

const logged = (pattern: RegExp) => service.waitFor(service.log, pattern);

const addressOf = async () => /http:\/\/[^"\s]+/.exec(await logged(/the page is at/))![0];

test('is ready when it has joined and published, and says so to systemd and to probes', async () => {
  using systemd = await startNotifySocket();
  const environment = { NOTIFY_SOCKET: systemd.path, WATCHDOG_USEC: '3000000' };
  await server.kill();
  service = new Service(folder, configuration(), 'start', { environment });
  const address = await addressOf();
  const probe = async (path: string) => {
    const response = await fetch(new URL(path, address));
    return `${response.status} ${(await response.text()).trim()}`;
  };
  expect(await probe('healthz')).toBe('200 ok');
  expect(await probe('readyz')).toBe('503 chat: not connected');
  await eventually(() => expect(systemd.lines).toContain('STATUS=chat: not connected'));
  expect(systemd.lines).not.toContain('READY=1');

  await server.restart();
  await eventually(() => expect(systemd.lines).toContain('READY=1'), 30);
  expect(systemd.lines).toContain('STATUS=ready');
  expect(await probe('readyz')).toBe('200 ok');

  const signsOfLife = () => systemd.lines.filter((line) => line === 'WATCHDOG=1').length;
  const before = signsOfLife();
  await eventually(() => expect(signsOfLife()).toBeGreaterThan(before + 1));

  await service.stop();
  expect(systemd.lines).toContain('STOPPING=1');
});

test('logs each command in the channel once, with its commit; of what is private nothing', async () => {
  service = new Service(folder, configuration(), 'start');
  const ada = await IrcPerson.connect(server.port, 'ada');
  await ada.join('#ptg');
  await ada.waitFor(/ptgbot.* JOIN /);
  ada.say('#ptg', '#nova now \x0304red\x03 \x1b[31mtopic');
  ada.say('#ptg', '#nova nwo a slip');
  ada.say('ptgbot', '+subscribe a secret');
  ada.say('ptgbot', 'psst, a secret');
  await ada.waitFor(/ptgbot.* PRIVMSG ada :/);
  ada.say('#ptg', '#nova next the end');
  await logged(/nova: next the end/);
  const lines = service.log.map((line) => JSON.parse(line) as { nick?: string; commit?: string });
  expect(lines.filter(({ nick }) => nick !== undefined)).toEqual([
    expect.objectContaining({
      commit: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      msg: 'nova: now red [31mtopic',
    }),
    expect.objectContaining({ nick: 'ada', command: 'unknown', msg: 'answered' }),
    expect.objectContaining({ commit: expect.stringMatching(/^[0-9a-f]{40}$/) as string }),
  ]);
  expect(service.log.join('\n')).not.toMatch(/secret|slip|nwo|\p{Cc}(?<!\n)|\\u00/u);
});

describe('SIGHUP', () => {
  test('has what can be reloaded count, and says what needs a restart', async () => {
    service = new Service(folder, configuration(), 'start');
    const first = await addressOf();
    const ada = await IrcPerson.connect(server.port, 'ada');
    await ada.join('#ptg');
    const { irc, data, site } = configuration();
    const url = 'https://ptg.example.org';
    const next = { irc: { ...irc, nick: 'other' }, data, site: { ...site, url }, receipts: true };
    writeFileSync(join(folder, 'ptgbot.yaml'), stringify(next));
    service.process.kill('SIGHUP');
    const line = await logged(/the configuration is reloaded/);
    expect(JSON.parse(line)).toMatchObject({
      applied: ['receipts', 'site.url'],
      needRestart: ['irc.nick'],
    });
    expect(readFileSync(join(folder, 'www/index.html'), 'utf8')).toContain(`href="${url}/"`);
    // It serves anew, and goes on with the same connection.
    const addresses = service.log.filter((line) => line.includes('the page is at'));
    const second = /http:\/\/[^"\s]+/.exec(addresses.at(-1)!)![0];
    expect(second).not.toBe(first);
    ada.say('#ptg', '#nova now after the reload');
    await ada.waitFor(new RegExp(`^:ptgbot.* PRIVMSG ada :.*${url}/`));
    const page = await (await fetch(second)).text();
    expect(page).toContain('after the reload');
  });

  test('leaves all as it was when the configuration is wrong', async () => {
    service = new Service(folder, configuration(), 'start');
    await addressOf();
    writeFileSync(join(folder, 'ptgbot.yaml'), 'site: { utl: x }\n');
    service.process.kill('SIGHUP');
    await logged(/the configuration is as before: .*unknown key site.utl/);
    const review = { commands: ['emptydbb'] };
    writeFileSync(join(folder, 'ptgbot.yaml'), stringify({ ...configuration(), review }));
    service.process.kill('SIGHUP');
    await logged(/the configuration is as before: .*no command emptydbb/);
    const ada = await IrcPerson.connect(server.port, 'ada');
    await ada.join('#ptg');
    ada.say('#ptg', '#nova now still here');
    await eventually(() =>
      expect(readFileSync(join(folder, 'www/index.html'), 'utf8')).toContain('still here'),
    );
  });
});

test('a review of commands that there are not keeps it from starting', async () => {
  const review = { commands: ['emptydbb'] };
  service = new Service(folder, { ...configuration(), review }, 'start');
  await logged(/review.commands: there is no command emptydbb; expected emptydb/);
  expect(await service.stop()).toBe(2);
});

test('what was published before is served while a new start renders', async () => {
  const lineOf = (pattern: RegExp) => service.log.findIndex((line) => pattern.test(line));
  const start = async () => {
    service = new Service(folder, configuration(), 'site');
    await addressOf();
  };
  await start();
  expect(lineOf(/listening at/)).toBeGreaterThan(lineOf(/"published"/));
  await service.stop();
  await start();
  expect(lineOf(/listening at/)).toBeLessThan(lineOf(/"published"/));
});
