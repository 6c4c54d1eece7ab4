import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { participantsOf, logged } from '../../support/irc-participants.ts';
import { startIrcServer, type IrcServer } from '../../support/irc-server.ts';

/** Whatever happens to the connection or in a channel, it comes back, and does nothing twice. */
let server: IrcServer;
beforeAll(async () => {
  server = await startIrcServer();
});
afterAll(() => server.stop());

const { person, bot } = participantsOf(() => server);

test('a server that is killed and started again, twenty times, finds it back each time', async () => {
  const ptgbot = bot({}, (line, chat) => chat.say('#ptg', `heard ${line.text}`));
  for (let round = 1; round <= 20; round++) {
    await ptgbot.until(() => ptgbot.joins === round);
    const alice = await person(`alice${round}`, '#ptg');
    alice.say('#ptg', `round ${round}`);
    expect(await alice.hears('ptgbot')).toBe(`heard round ${round}`);
    await server.kill();
    await server.restart();
  }
  expect(ptgbot.heard.map(({ text }) => text)).toEqual(
    Array.from({ length: 20 }, (_, index) => `round ${index + 1}`),
  );
});

test('a ban keeps it out only as long as it lasts', async () => {
  const alice = await person('alice', '#ptg');
  const ptgbot = bot({});
  await ptgbot.until(() => ptgbot.joins === 1);
  alice.send('MODE #ptg +b ptgbot!*@*');
  alice.send('KICK #ptg ptgbot :out');
  await ptgbot.until(() => logged(ptgbot, /The server refuses #ptg: .*\+b/));
  expect(ptgbot.chat.problems).toEqual(['I do not get into #ptg']);
  alice.send('MODE #ptg -b ptgbot!*@*');
  await ptgbot.until(() => ptgbot.joins === 2);
  expect(ptgbot.chat.problems).toEqual([]);
});

test('a moderated channel is heard, and answered in when that is allowed again', async () => {
  const alice = await person('alice', '#ptg');
  const ptgbot = bot({}, (line, chat) => chat.say('#ptg', `heard ${line.text}`));
  await ptgbot.until(() => ptgbot.joins === 1);
  alice.send('MODE #ptg +m');
  alice.say('#ptg', 'one');
  await ptgbot.until(() => logged(ptgbot, /The server refuses #ptg/));
  alice.send('MODE #ptg -m');
  alice.say('#ptg', 'two');
  expect(await alice.hears('ptgbot')).toBe('heard two');
  expect(ptgbot.heard.map(({ text }) => text)).toEqual(['one', 'two']);
});

test('a topic of ours comes and goes with a danger, that of others stays', async () => {
  const alice = await person('alice', '#ptg');
  alice.send('TOPIC #ptg :Welcome to the PTG');
  const topics: string[] = [];
  const ptgbot = bot({ topic: true });
  ptgbot.onTopic = (channel) => {
    const { text, isOurs } = ptgbot.chat.topics!.of(channel)!;
    topics.push(`${isOurs ? 'ours' : 'theirs'}: ${text}`);
  };
  await ptgbot.until(() => ptgbot.joins === 1);
  ptgbot.chat.topics!.set('#ptg', 'refused\r\nQUIT');
  await ptgbot.until(() => logged(ptgbot, /The server refuses #ptg/));
  alice.send('MODE #ptg -t');
  await alice.waitFor(/MODE #ptg -t/);
  ptgbot.chat.topics!.set('#ptg', '⚠ Fire ⚠ Welcome to the PTG');
  await alice.waitFor(/TOPIC #ptg :⚠ Fire ⚠ Welcome to the PTG/);
  alice.send('TOPIC #ptg :Mine');
  await expect
    .poll(() => topics)
    .toEqual([
      ...['theirs: Welcome to the PTG', 'ours: ⚠ Fire ⚠ Welcome to the PTG', 'theirs: Mine'],
    ]);
  ptgbot.chat.topics!.set('#ptg', '');
  await alice.waitFor(/TOPIC #ptg :$/);
  expect(ptgbot.chat.topics!.limit).toBe(300);
});

test('who is in the channel when it comes back knows who set the topic', async () => {
  const alice = await person('alice', '#ptg');
  alice.send('MODE #ptg -t');
  const ptgbot = bot({ topic: true });
  await ptgbot.until(() => ptgbot.joins === 1);
  ptgbot.chat.topics!.set('#ptg', '⚠ Fire ⚠');
  await alice.waitFor(/TOPIC #ptg :⚠ Fire ⚠/);
  alice.send('KICK #ptg ptgbot :out');
  await ptgbot.until(() => ptgbot.joins === 2);
  expect(ptgbot.chat.topics!.of('#ptg')).toEqual({ text: '⚠ Fire ⚠', isOurs: true });
});

test('a name that cannot be looked up is tried again and again', async () => {
  const lost = bot({ server: 'nowhere.invalid' });
  const failures = () => lost.log.filter(({ msg }) => /^No connection to nowhere/.test(msg));
  await lost.until(() => failures().length > 2);
  expect(lost.chat.connectedSince).toBeUndefined();
});

describe('a listener that is no server', () => {
  test.each<[string, (bytes: Buffer) => string | Buffer]>([
    ['hangs up', () => ''],
    ['answers nonsense', () => Buffer.alloc(1000, 0x16)],
    ['begins a handshake and breaks it off', (hello) => hello.subarray(0, 40)],
  ])('and %s in the TLS handshake is called again', async (_, answer) => {
    let calls = 0;
    const broken = createServer((socket) => {
      calls++;
      socket.on('error', () => socket.destroy());
      socket.once('data', (bytes) => socket.end(answer(bytes)));
    });
    broken.listen(0, '127.0.0.1');
    await once(broken, 'listening');
    const { port } = broken.address() as AddressInfo;
    const ptgbot = bot({ port, tls: true });
    await ptgbot.until(() => calls > 2);
    expect(ptgbot.chat.connectedSince).toBeUndefined();
    broken.close();
    await once(broken, 'close');
  });
});
