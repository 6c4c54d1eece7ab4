/** What Prometheus reads of a running service. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IrcPerson } from '../support/irc-client.ts';
import { ircSection, startIrcServer, type IrcServer } from '../support/irc-server.ts';
import { smallRepository, temporaryFolder } from '../support/repository.ts';
import { eventually, Service } from '../support/service.ts';
import { join } from 'node:path';
import { cpSync } from 'node:fs';

let server: IrcServer;
let service: Service;
let ada: IrcPerson;
let address: string;

beforeAll(async () => {
  const folder = temporaryFolder();
  server = await startIrcServer();
  ada = await IrcPerson.connect(server.port, 'ada');
  await ada.join('#ptg');
  const remote = join(folder, 'remote.git');
  cpSync(await smallRepository(), remote, { recursive: true });
  service = new Service(
    folder,
    {
      irc: ircSection(server, '#ptg'),
      data: { repository: join(folder, 'data.git'), remote },
      site: { output: join(folder, 'www'), listen: false },
      metrics: { listen: '127.0.0.1:0' },
    },
    'start',
  );
  const line = await service.waitFor(service.log, /metrics are at/);
  address = /http:\/\/[^"\s]+/.exec(line)![0];
  await ada.waitFor(/ptgbot.* JOIN /);
});

afterAll(async () => {
  await service?.kill();
  await server?.stop();
});

/** `name{labels}` → value */
async function metrics(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(address)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

const value = async (name: string) => (await metrics()).get(name);

describe('the metrics', () => {
  test('count commands by what came of them, without what was said', async () => {
    ada.say('#ptg', '#nova now a secret plan');
    ada.say('#ptg', '#nova nwo a slip');
    ada.say('#ptg', 'talk that is not for the bot');
    await ada.waitFor(/PRIVMSG #ptg :ada: /);
    await eventually(async () => {
      const all = await metrics();
      expect(all.get('ptgbot_commands_total{kind="track",command="now",result="saved"}')).toBe(1);
      expect(
        all.get('ptgbot_commands_total{kind="unknown",command="unknown",result="answered"}'),
      ).toBe(1);
    });
    expect(await (await fetch(address)).text()).not.toMatch(/secret|slip|talk|nwo/);
  });

  test('tell how long commits, publishing and the remote took', async () => {
    await eventually(async () => {
      const all = await metrics();
      for (const what of ['commit', 'publish', 'fetch', 'push'])
        expect(
          all.get(`ptgbot_duration_seconds_count{what="${what}",result="done"}`),
        ).toBeGreaterThan(0);
    });
  });

  test('tell how things stand', async () => {
    await eventually(async () => expect(await value('ptgbot_ready')).toBe(1));
    const all = await metrics();
    expect(all.get('ptgbot_connected{network="testnet"}')).toBe(1);
    expect(all.get('ptgbot_remote_reachable')).toBe(1);
    for (const name of [
      'waiting_commands',
      'waiting_messages',
      'page_readers',
      'data_problems',
      'page_behind_seconds',
    ])
      expect(all.get(`ptgbot_${name}`), name).toBe(0);
    await server.kill();
    await eventually(async () => {
      expect(await value('ptgbot_connected{network="testnet"}')).toBe(0);
      expect(await value('ptgbot_ready')).toBe(0);
    });
  });

  test('are all that is answered there', async () => {
    expect((await fetch(new URL('/', address))).status).toBe(404);
    expect((await fetch(address, { method: 'POST' })).status).toBe(404);
  });
});
