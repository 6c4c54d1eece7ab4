import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIrcChat, type IrcChat } from '../../../bot/irc/irc-chat.ts';
import { ircConfigSchema } from '../../../bot/irc/config.ts';
import { startScripted, type Scripted } from '../../support/irc-script.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let server: Scripted;
let chat: IrcChat;
let heard = 0;
/** Real timers, where those of the bot are simulated. */
const turn = () => new Promise(setImmediate);

beforeEach(async () => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  heard = 0;
  server = await startScripted();
  chat = createIrcChat(
    ircConfigSchema.parse({ server: '127.0.0.1', port: server.port, tls: false, channel: '#ptg' }),
    pino({ level: 'silent' }),
  );
  chat.start({
    line(line) {
      heard++;
      chat.say('#ptg', 'noted', { to: line.nick });
    },
    renamed: () => undefined,
  });
  await server.welcome();
});
afterEach(async () => {
  vi.useRealTimers();
  await chat.stop('bye');
  await server.stop();
});

/** Waits until the bot has worked off what the server wrote. */
async function settle(): Promise<void> {
  const token = `t${heard}-${server.received.length}-${Math.random()}`;
  server.write(`PING ${token}\r\n`);
  await server.waitFor(new RegExp(`^PONG ${token}$`));
  server.received.length = 0;
  server.rewind();
  await turn();
}

/** Bytes of the heap, and what keeps the process alive. */
function usage(): { heap: number; handles: number } {
  for (let run = 0; run < 3; run++) collectGarbage();
  return {
    heap: process.memoryUsage().heapUsed,
    handles: process.getActiveResourcesInfo().length,
  };
}

test('ten thousand who join, speak and part leave nothing behind', async () => {
  const round = async (from: number, count: number) => {
    for (let index = from; index < from + count; index++) {
      const who = `:n${index}!u${index}@host${index}.example.org`;
      server.write(
        `${who} JOIN #ptg\r\n:irc.script MODE #ptg +v n${index}\r\n${who} PRIVMSG #ptg :hello ${index}\r\n` +
          `${who} NICK m${index}\r\n:m${index}!u@h ${index % 2 ? 'PART #ptg' : 'QUIT'} :bye\r\n`,
      );
      if (index % 100 === 0) await settle();
    }
    await settle();
  };
  await round(0, 2000);
  const before = usage();
  await round(2000, 10_000);
  const after = usage();
  expect(heard).toBe(12_000);
  expect(after.heap - before.heap).toBeLessThan(3 * 1024 * 1024);
  expect(after.handles).toBeLessThanOrEqual(before.handles);
});

test('a day of traffic, with losses of the connection, leaves nothing behind', async () => {
  const hour = async (name: number) => {
    for (let minute = 0; minute < 60; minute++) {
      server.write(
        `:alice!a@host PRIVMSG #ptg :#nova now topic ${name}-${minute}\r\n` +
          `:alice!a@host PRIVMSG ptgbot :help ${minute}\r\n` +
          `:w${minute}!w@host JOIN #ptg\r\n:irc.script 318 ptgbot alice :End\r\n:w${minute}!w@host PART #ptg\r\n`,
      );
      for (let part = 0; part < 3; part++) {
        await settle();
        await vi.advanceTimersByTimeAsync(20_000);
      }
    }
    server.hangUp('ERROR :Closing Link: restart\r\n');
    while (chat.connectedSince) await turn();
    await vi.advanceTimersByTimeAsync(60_000);
    await server.welcome();
    while (chat.joined.length === 0) await turn();
  };
  for (let name = 0; name < 4; name++) await hour(name);
  const before = usage();
  for (let name = 4; name < 28; name++) await hour(name);
  const after = usage();
  expect(heard).toBe(28 * 120);
  expect(after.heap - before.heap).toBeLessThan(3 * 1024 * 1024);
  expect(after.handles).toBeLessThanOrEqual(before.handles);
});

test('a server that invents channels, people and lists cannot fill the memory', async () => {
  const long = 'x'.repeat(400);
  const flood = async (from: number, count: number) => {
    for (let index = from; index < from + count; index++) {
      server.write(
        [
          `:irc.script 353 ptgbot = #ptg${index} :${long}`,
          `:irc.script 353 ptgbot = #ptg :@n${index} ${long}`,
          `:irc.script 311 ptgbot n${index} u host * :${long}`,
          `:irc.script 372 ptgbot :${long}`,
          `:irc.script 367 ptgbot #ptg${index} ${long}!*@*`,
          `:irc.script 005 ptgbot K${index}=${long} :are supported`,
          `:irc.script CAP ptgbot NEW :cap${index}=${long}`,
          `:irc.script BATCH +b${index} netsplit`,
          `@batch=b${index} :n${index}!u@h QUIT :${long}`,
          `:n${index}!u@${long} JOIN #other${index}`,
          `:n${index}!u@${long} JOIN #ptg`,
          `@msgid=${index}${long} :alice!a@h PRIVMSG #ptg :hello`,
          '',
        ].join('\r\n'),
      );
      if (index % 100 === 0) await settle();
    }
    await settle();
  };
  // As many people as are remembered at most.
  for (let index = 0; index < 20_000; index += 100) {
    const joins = Array.from({ length: 100 }, (_, one) => `:p${index + one}!u@h JOIN #ptg\r\n`);
    server.write(joins.join(''));
    await settle();
  }
  await flood(0, 2500);
  const before = usage();
  await flood(2500, 5000);
  expect(usage().heap - before.heap).toBeLessThan(5 * 1024 * 1024);
});
