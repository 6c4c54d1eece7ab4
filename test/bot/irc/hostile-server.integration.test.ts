import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBot, type TestBot } from '../../support/irc-bot.ts';
import { startScripted, type Scripted } from '../../support/irc-script.ts';

let server: Scripted;
let bot: TestBot;
beforeEach(async () => {
  server = await startScripted();
});
afterEach(async () => {
  await bot.stop();
  await server.stop();
});

const join = async (...[config, ...rest]: Parameters<typeof startBot>) => {
  bot = startBot({ port: server.port, ...config }, ...rest);
  await server.welcome();
  await bot.until(() => bot.joins === 1);
};
const alice = (text: string) => `:alice!a@host PRIVMSG #ptg :${text}\r\n`;
const texts = () => bot.heard.map((line) => line.text);

/** Sends each piece, an ordinary line after it, and expects the ordinary lines: each once, in order. */
async function survives(pieces: readonly (string | Buffer)[]): Promise<void> {
  for (const [index, piece] of pieces.entries()) {
    server.write(piece);
    server.write(`\r\n${alice(`ordinary ${index}`)}`);
  }
  const last = `ordinary ${pieces.length - 1}`;
  await bot.until(() => bot.heard.at(-1)?.text === last);
  const expected = pieces.map((_, index) => `ordinary ${index}`);
  expect(texts().filter((text) => text.startsWith('ordinary'))).toEqual(expected);
  server.write(alice('and no replay'));
  await bot.until(() => texts().includes('and no replay'));
  expect(texts().filter((text) => text.startsWith('ordinary'))).toEqual(expected);
  expect(bot.joins).toBe(1);
}

const numerics = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));
const commands =
  'ACCOUNT AUTHENTICATE AWAY BATCH CAP CHGHOST ERROR FAIL INVITE JOIN KICK MODE NICK NOTE NOTICE PART PING PONG PRIVMSG QUIT SETNAME TAGMSG TOPIC WALLOPS WARN'.split(
    ' ',
  );

describe('an ordinary line arrives once after', () => {
  test.each([
    ['nothing else', (name: string) => name],
    ['a prefix', (name: string) => `:irc.script ${name}`],
    ['an empty parameter', (name: string) => `:irc.script ${name} :`],
    ['a person and no parameter', (name: string) => `:bob!b@host ${name}`],
    ['one odd parameter', (name: string) => `:irc.script ${name} *`],
    ['two odd parameters', (name: string) => `:irc.script ${name} ptgbot *`],
    ['three empty-looking parameters', (name: string) => `:irc.script ${name} , , :`],
    ['bad tags', (name: string) => `@=;;\\;time=x;batch;account :irc.script ${name} ptgbot`],
  ])('every command and numeric with %s', async (_, line) => {
    await join({});
    await survives([...numerics, ...commands].map(line));
  });

  test('lines with bad prefixes, tags and parameters', async () => {
    await join({});
    await survives([
      ':',
      ': ',
      ':  PRIVMSG',
      ':! PRIVMSG #ptg :x',
      ':@ PRIVMSG #ptg :x',
      ':!@ PRIVMSG #ptg :x',
      ':@!x PRIVMSG #ptg :x',
      '::: ::: :::',
      '@',
      '@ ',
      '@a',
      '@a=b',
      '@a=b ',
      '@a=b :',
      '@;;;; PRIVMSG',
      '@__proto__=x;constructor=y :bob!b@h NOTICE #ptg :x',
      '@time=99999999999999999999 :bob!b@h NOTICE #ptg :x',
      '@batch=never :bob!b@h PRIVMSG #ptg :x',
      'PRIVMSG',
      'PRIVMSG :',
      'PRIVMSG #ptg',
      'PRIVMSG #ptg :',
      ':alice!a@host PRIVMSG',
      ':alice!a@host PRIVMSG :',
      ':alice!a@host PRIVMSG #ptg',
      ':alice!a@host PRIVMSG ptgbot :\x01',
      ':alice!a@host PRIVMSG ptgbot :\x01\x01',
      ':alice!a@host PRIVMSG ptgbot :\x01 \x01',
      ':alice!a@host PRIVMSG ptgbot :\x01PING\x01',
      ':alice!a@host NOTICE',
      ':alice!a@host KICK #ptg',
      ':alice!a@host MODE #ptg',
      ':alice!a@host MODE #ptg +ovb',
      ':alice!a@host MODE #ptg o alice',
      ':alice!a@host NICK',
      ':ptgbot!p@host NICK',
      ':ptgbot!p@host NICK :',
      ':irc.script 005 ptgbot CHANTYPES :x',
      ':irc.script 005 ptgbot CHANMODES :x',
      ':irc.script 005 ptgbot CASEMAPPING :x',
      ':irc.script 005 ptgbot CASEMAPPING= :x',
      ':irc.script 005 ptgbot PREFIX :x',
      ':irc.script 005 ptgbot PREFIX= :x',
      ':irc.script 005 ptgbot PREFIX=(ov :x',
      ':irc.script 005 ptgbot STATUSMSG :x',
      ':irc.script 005 ptgbot CLIENTTAGDENY :x',
      ':irc.script 005 ptgbot NETWORK :x',
      ':irc.script 005 ptgbot __PROTO__=x CONSTRUCTOR=y = == :x',
      ':irc.script 001 alice :Welcome again',
      ':irc.script 001',
      ':irc.script 353 ptgbot = #ptg :@',
      ':irc.script 353 ptgbot = #ptg :!@ @!@ ++++',
      ':irc.script CAP * LS',
      ':irc.script CAP * LS * :',
      ':irc.script CAP * ACK :sasl',
      ':irc.script CAP * NAK :sasl',
      ':irc.script CAP * NEW :sasl',
      ':irc.script CAP * DEL :',
      ':irc.script AUTHENTICATE +',
      ':irc.script 900 ptgbot',
      ':irc.script BATCH +x',
      ':irc.script BATCH -x',
      ':irc.script BATCH -y',
      ':irc.script BATCH +__proto__ netsplit',
      '@batch=__proto__ :irc.script BATCH -__proto__',
      ':irc.script BATCH -__proto__',
      'ERROR',
      'PING',
      '\x00\x00\x00',
      'PRIV\x00MSG #ptg :x',
      '\x7f\x80\xff',
      ' '.repeat(5000),
      '\r'.repeat(10_000),
      ':'.repeat(10_000),
      '@'.repeat(10_000),
      `@${';'.repeat(8000)} PING`,
      `:irc.script 353 ptgbot = #ptg :${'@'.repeat(9000)}`,
      `:irc.script MODE #ptg +${'o'.repeat(9000)}`,
    ]);
  });

  test('bytes that are no text', async () => {
    await join({});
    await survives([
      Buffer.from([0xff, 0xfe, 0x00, 0x01]),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from([0xc3]),
      Buffer.alloc(1000, 0xf0),
    ]);
  });

  test('two hundred lines that are put together at random', async () => {
    await join({});
    const word = fc.oneof(
      fc.constantFrom('', '#ptg', 'ptgbot', 'alice', '*', '@', '+o', '-o', ':', '=', ',', '\x01'),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    const line = fc
      .tuple(
        fc.option(fc.array(word, { maxLength: 4 })),
        fc.constantFrom('', 'irc.script', 'alice!a@h', 'bob!b@h', '!', '@', '!@', 'services.'),
        fc.constantFrom(...commands, ...numerics, 'privmsg', '\u0130', ''),
        fc.array(word, { maxLength: 12 }),
      )
      .map(([tags, from, command, words]) =>
        `${tags ? `@${tags.join(';')} ` : ''}${from && `:${from} `}${command} ${words.join(' ')}`
          .replace(/[\r\n]/g, '')
          // What these say is true: that the bot is elsewhere, is called otherwise, is to go.
          .replace(/^(?::\S* )?(?:ERROR|KICK|NICK|PART|001)\b.*/i, ':irc.script NOTE x'),
      )
      .filter((text) => !/^(?:@\S* )?:(?:alice|bob)!\S* privmsg/i.test(text));
    await survives(fc.sample(line, { numRuns: 200, seed: 20261125 }));
  });

  test('sixty megabytes without a newline', async () => {
    await join({});
    const mebibyte = Buffer.alloc(1024 * 1024, 'x');
    const before = process.memoryUsage().rss;
    for (let count = 0; count < 60; count++) await server.drain(mebibyte);
    await survives(['']);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  test('a server that asks for ever and reads no answer is left', async () => {
    await join({});
    server.freeze();
    const pings = `PING ${'x'.repeat(400)}\r\n`.repeat(1000);
    const isLeft = () => bot.log.some(({ msg }) => /it does not read what we answer/.test(msg));
    for (let count = 0; count < 200 && !isLeft(); count++) await server.drain(pings);
    await bot.until(isLeft);
  });

  test('megabytes without a newline', async () => {
    await join({});
    await survives([
      Buffer.alloc(5_000_000, 'x'),
      `:alice!a@host PRIVMSG #ptg :${'y'.repeat(3_000_000)}`,
      Buffer.alloc(20_000, 0),
    ]);
  });

  test('the same line byte by byte', async () => {
    await join({});
    for (const byte of Buffer.from(alice('slöw'))) {
      server.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    await bot.until(() => bot.heard.length > 0);
    expect(texts()).toEqual(['slöw']);
  });
});

test('roles survive malformed lines', async () => {
  await join({});
  await survives([
    ':irc.script MODE #ptg -o',
    ':x!y@z NICK',
    ':x!y@z QUIT',
    ':irc.script KICK #ptg',
  ]);
  expect(bot.heard.every((line) => line.role === 'op')).toBe(true);
});

test('time, account and history are told by tags where the server has them', async () => {
  bot = startBot({ port: server.port });
  await server.waitFor(/^CAP LS/);
  server.write(':irc.script CAP * LS :account-tag batch message-tags server-time nonsense\r\n');
  const [, wanted] = (await server.waitFor(/^CAP REQ/)).split(':');
  expect(wanted!.split(' ').sort()).toEqual([
    'account-tag',
    'batch',
    'message-tags',
    'server-time',
  ]);
  server.write(`:irc.script CAP * ACK :${wanted}\r\n`);
  await server.welcome(/^CAP END/);
  const sent = new Date(Date.now() - 5000);
  server.write(
    [
      '@batch=h :irc.script BATCH +h chathistory #ptg',
      ':irc.script BATCH +h chathistory #ptg',
      '@batch=h :alice!a@host PRIVMSG #ptg :long ago',
      ':irc.script BATCH -h',
      '@bot :robot!r@host PRIVMSG #ptg :I am a bot',
      `@account=al;time=${sent.toISOString()} :alice!a@host PRIVMSG #ptg :tagged`,
      '@time=1999-01-01T00:00:00.000Z :alice!a@host PRIVMSG #ptg :untagged',
      '',
    ].join('\r\n'),
  );
  await bot.until(() => bot.heard.length === 2);
  expect(bot.heard).toMatchObject([
    { nick: 'alice', account: 'al', text: 'tagged', time: sent },
    { nick: 'alice', text: 'untagged' },
  ]);
  expect(bot.heard[1]).not.toHaveProperty('account');
  expect(bot.heard[1]!.time.getFullYear()).toBeGreaterThan(2000);
});

test('without account-tag, accounts are known from joins and from logins', async () => {
  bot = startBot({ port: server.port });
  await server.waitFor(/^CAP LS/);
  server.write(':irc.script CAP * LS :account-notify extended-join\r\n');
  const [, wanted] = (await server.waitFor(/^CAP REQ/)).split(':');
  server.write(`:irc.script CAP * ACK :${wanted}\r\n`);
  await server.welcome(/^CAP END/);
  server.write(
    [
      ':bob!b@host JOIN #ptg bob-account :Bob',
      ':bob!b@host PRIVMSG #ptg :1',
      ':bob!b@host ACCOUNT *',
      ':bob!b@host PRIVMSG #ptg :2',
      ':alice!a@host PRIVMSG #ptg :3',
      ':alice!a@host ACCOUNT al',
      ':alice!a@host PRIVMSG #ptg :4',
      ':alice!a@host QUIT :bye',
      ':alice!a@host JOIN #ptg * :another Alice',
      ':alice!a@host PRIVMSG #ptg :5',
      '',
    ].join('\r\n'),
  );
  await bot.until(() => bot.heard.length === 5);
  const accounts = bot.heard.map((line) => line.account);
  expect(accounts).toEqual(['bob-account', undefined, undefined, 'al', undefined]);
});

test('SASL ends only when the server says so, after the account is known', async () => {
  bot = startBot({ port: server.port, sasl: { account: 'ptgbot', password: 'sesame' } });
  await server.waitFor(/^CAP LS/);
  server.write(':irc.script CAP * LS :sasl=PLAIN\r\n');
  await server.waitFor(/^CAP REQ :sasl/);
  server.write(':irc.script CAP * ACK :sasl\r\n');
  await server.waitFor(/^AUTHENTICATE PLAIN/);
  server.write('AUTHENTICATE +\r\n');
  const answer = (await server.waitFor(/^AUTHENTICATE /)).split(' ')[1]!;
  expect(Buffer.from(answer, 'base64').toString()).toBe('ptgbot\0ptgbot\0sesame');
  server.write(':irc.script 900 ptgbot ptgbot!p@host ptgbot :Logged in\r\nPING mark\r\n');
  await server.waitFor(/^PONG mark/);
  expect(server.received).not.toContain('CAP END');
  server.write(':irc.script 903 ptgbot :Success\r\n');
  await server.waitFor(/^CAP END/);
});

test('the password of the server is not used as an account', async () => {
  bot = startBot({ port: server.port, password: 'sesame' });
  await server.waitFor(/^PASS sesame/);
  server.write(':irc.script CAP * LS :sasl=PLAIN multi-prefix\r\n');
  expect(await server.waitFor(/^CAP REQ/)).toBe('CAP REQ :multi-prefix');
});

test('what is not yet said neither delays what is heard nor the good-bye', async () => {
  await join({ rate: { burst: 2, intervalSeconds: 3600 } });
  for (const text of ['1', '2', '3', '4']) bot.chat.say('#ptg', text);
  server.write(`PING token\r\n${alice('go on')}`);
  await bot.until(() => bot.heard.length === 1);
  await server.waitFor(/^PONG token/);
  await bot.chat.stop('See\r\nyou');
  await server.waitFor(/^QUIT/);
  expect(server.received.filter((line) => /^(PRIVMSG|QUIT)/.test(line))).toEqual([
    'PRIVMSG #ptg 1',
    'PRIVMSG #ptg 2',
    'QUIT :See you',
  ]);
});

test('nobody can have it thrown out by asking for its version', async () => {
  await join({ rate: { burst: 2, intervalSeconds: 3600 } });
  server.write(':alice!a@host PRIVMSG ptgbot :\x01VERSION\x01\r\n'.repeat(50));
  server.write('PING done\r\n');
  await server.waitFor(/^PONG done/);
  expect(server.received.filter((line) => line.startsWith('NOTICE'))).toHaveLength(2);
});

test('a server that sends us to another channel does not get us there', async () => {
  await join({});
  server.write(
    ':irc.script 470 ptgbot #ptg ##overflow :Forwarding\r\n:ptgbot!p@host JOIN ##overflow\r\n',
  );
  expect(await server.waitFor(/^PART/)).toBe('PART ##overflow');
});

test('a server that hangs up in the middle is called again, with the reason in the log', async () => {
  bot = startBot({ port: server.port });
  for (let calls = 1; calls <= 4; calls++) {
    await server.waitFor(/^USER /);
    server.hangUp('ERROR :Closing Link: banned (K-Lined)\r\n');
  }
  await server.welcome();
  await bot.until(() => bot.joins === 1);
  expect(bot.log.some(({ msg }) => /it said: Closing Link: banned/.test(msg))).toBe(true);
});

test('a full server is called again until it has room', async () => {
  bot = startBot({ port: server.port });
  for (let calls = 1; calls <= 3; calls++) {
    await server.waitFor(/^USER /);
    server.hangUp(
      ':irc.script 005 ptgbot :Try another\r\nERROR :Closing Link: (No more connections)\r\n',
    );
  }
  await server.welcome();
  await bot.until(() => bot.joins === 1);
  expect(
    bot.log.some(({ msg }) => /it said: Closing Link: \(No more connections\)/.test(msg)),
  ).toBe(true);
});

test('a server that never closes does not hold up the end', async () => {
  bot = startBot({ port: server.port }, undefined, { stopSeconds: 0.05 });
  await server.welcome();
  await bot.until(() => bot.joins === 1);
  server.freeze();
  await bot.chat.stop('bye');
  expect(bot.chat.connectedSince).toBeUndefined();
});
