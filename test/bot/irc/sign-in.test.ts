import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBot, type TestBot } from '../../support/irc-bot.ts';
import { startScripted, type Scripted } from '../../support/irc-script.ts';

/** What the servers that we can run don't do: networks without accounts, services of OFTC, replays. */
let server: Scripted;
let bot: TestBot;
beforeEach(async () => {
  server = await startScripted();
});
afterEach(async () => {
  await bot.stop();
  await server.stop();
});

const start = (...[config, ...rest]: Parameters<typeof startBot>) => {
  bot = startBot({ port: server.port, ...config }, ...rest);
};
const join = async (...args: Parameters<typeof startBot>) => {
  start(...args);
  await server.welcome();
  await bot.until(() => bot.joins === 1);
};
const send = (...lines: string[]) => server.write(lines.map((line) => `${line}\r\n`).join(''));
const says = (nick: string, text: string, target = '#ptg') =>
  send(`:${nick}!u@host PRIVMSG ${target} :${text}`);
const logged = (pattern: RegExp) => bot.log.some(({ msg }) => pattern.test(msg));
const whois = async (nick: string, ...answers: string[]) => {
  await server.waitFor(new RegExp(`^WHOIS ${nick}$`));
  send(
    `:irc.script 311 ptgbot ${nick} u host * :${nick}`,
    ...answers.map((answer) => `:irc.script ${answer}`),
    `:irc.script 318 ptgbot ${nick} :End`,
  );
};
const capabilities = async (offered: string) => {
  await server.waitFor(/^CAP LS/);
  send(`:irc.script CAP * LS :${offered}`);
  const [, wanted] = (await server.waitFor(/^CAP REQ/)).split(':');
  send(`:irc.script CAP * ACK :${wanted}`);
};

describe('where the network tells no accounts, WHOIS is asked', () => {
  test.each([
    ['a registered nick', ['307 ptgbot alice :has identified for this nick'], 'alice'],
    ['an account', ['330 ptgbot alice al :is logged in as'], 'al'],
    ['neither', [], undefined],
  ])('and %s counts', async (_, answers, account) => {
    await join({});
    says('alice', '#nova now testing');
    await whois('alice', ...answers);
    await bot.until(() => bot.heard.length === 1);
    expect(bot.heard[0]!.account).toBe(account);
  });

  test('once for several commands, and not for talk', async () => {
    await join({});
    says('bob', 'good morning');
    says('alice', '#nova now a');
    says('alice', '#nova now b');
    await whois('alice', '307 ptgbot alice :is identified');
    await bot.until(() => bot.heard.length === 3);
    says('alice', '#nova now c');
    await bot.until(() => bot.heard.length === 4);
    expect(bot.heard.map(({ text, account }) => [text, account])).toEqual([
      ['good morning', undefined],
      ['#nova now a', 'alice'],
      ['#nova now b', 'alice'],
      ['#nova now c', 'alice'],
    ]);
    expect(server.received.filter((line) => line.startsWith('WHOIS'))).toEqual(['WHOIS alice']);
  });

  test('and who speaks meanwhile is heard afterwards, in order', async () => {
    await join({});
    says('alice', '#nova now first');
    says('bob', 'second');
    await whois('alice');
    await bot.until(() => bot.heard.length === 2);
    expect(bot.heard.map(({ text }) => text)).toEqual(['#nova now first', 'second']);
  });

  test('but never for ever', async () => {
    await join({}, undefined, { whoisSeconds: 0.05 });
    says('alice', '#nova now testing');
    await bot.until(() => bot.heard.length === 1);
    expect(bot.heard[0]).toMatchObject({ role: 'op' });
    expect(bot.heard[0]).not.toHaveProperty('account');
  });

  test('and an answer about somebody else who took the nick does not count', async () => {
    await join({});
    says('alice', '#nova now by an impostor');
    send(':alice!u@host NICK :somebody', ':owner!o@home NICK :alice');
    await whois('alice', '307 ptgbot alice :is identified');
    await bot.until(() => bot.heard.length === 1);
    expect(bot.heard[0]).not.toHaveProperty('account');
  });

  test('and with a new nick it is asked anew', async () => {
    await join({});
    says('alice', '#nova now a');
    await whois('alice', '307 ptgbot alice :is identified');
    send(':alice!u@host NICK :alicia');
    says('alicia', '#nova now b');
    await whois('alicia');
    await bot.until(() => bot.heard.length === 2);
    expect(bot.heard[1]).not.toHaveProperty('account');
  });

  test('and a bot that it tells of is not heard', async () => {
    await join({});
    says('alice', '#nova now a');
    await whois('alice', '335 ptgbot alice :is a bot');
    says('alice', '#nova now b');
    says('bob', 'and I');
    await bot.until(() => bot.heard.length > 0);
    expect(bot.heard.map(({ nick }) => nick)).toEqual(['bob']);
  });
});

test('with extended-join and account-notify, WHOX tells of those who were there before', async () => {
  start({});
  await capabilities('extended-join account-notify');
  await server.waitFor(/^CAP END/);
  send(
    ':irc.script 001 ptgbot :Welcome',
    ':irc.script 005 ptgbot WHOX PREFIX=(ov)@+ CHANTYPES=# :are supported',
  );
  await server.waitFor(/^JOIN /);
  send(
    ':ptgbot!p@host JOIN #ptg * :bot',
    ':irc.script 353 ptgbot = #ptg :ptgbot @alice bob',
    ':irc.script 366 ptgbot #ptg :End',
  );
  const token = /,(\d+)$/.exec(await server.waitFor(/^WHO #ptg %/))![1];
  send(
    `:irc.script 354 ptgbot ${token} #ptg u host irc.script alice H@ 0 al n/a :Alice`,
    `:irc.script 354 ptgbot ${token} #ptg u host irc.script bob H 0 0 n/a :Bob`,
    ':irc.script 315 ptgbot #ptg :End',
  );
  says('alice', '#nova now a');
  says('bob', '#nova now b');
  await bot.until(() => bot.heard.length === 2);
  expect(bot.heard.map(({ account }) => account)).toEqual(['al', undefined]);
  expect(server.received.some((line) => line.startsWith('WHOIS'))).toBe(false);
});

describe('services', () => {
  test.each(['+R', '+r'])('know a certificate without SASL: the mode %s tells', async (mode) => {
    start({ nickserv: { password: 'sesame' }, signIn: 'first' });
    await server.waitFor(/^USER /);
    send(':irc.script 001 ptgbot :Welcome', ':irc.script 005 ptgbot CHANTYPES=# :are supported');
    await server.waitFor(/^PRIVMSG NickServ :IDENTIFY sesame$/);
    expect(server.received.some((line) => line.startsWith('JOIN'))).toBe(false);
    send(`:services MODE ptgbot :${mode}`);
    await server.waitFor(/^JOIN #ptg/);
    expect(logged(/^Services know us$/)).toBe(true);
  });

  test('that say nothing hold up the joining for a while only', async () => {
    start({ nickserv: { password: 'sesame' }, signIn: 'first' }, undefined, {
      signInSeconds: 0.05,
    });
    await server.waitFor(/^USER /);
    send(':irc.script 001 ptgbot :Welcome');
    await server.waitFor(/^JOIN #ptg/);
    expect(bot.chat.problems[0]).toBe('I am not signed in: NickServ does not answer');
  });

  test('that never end SASL do not hold up the connection', async () => {
    start({ sasl: { account: 'ptgbot', password: 'sesame' } }, undefined, { signInSeconds: 0.05 });
    await capabilities('sasl=PLAIN');
    await server.waitFor(/^AUTHENTICATE PLAIN/);
    await server.waitFor(/^CAP END/);
    send(':irc.script 001 ptgbot :Welcome');
    await server.waitFor(/^JOIN #ptg/);
    expect(logged(/^Not signed in: SASL did not let us in: services do not answer$/)).toBe(true);
    // And are asked again later.
    await capabilities('sasl=PLAIN');
    await server.waitFor(/^AUTHENTICATE PLAIN/);
  });

  test('that come back and say so are asked again', async () => {
    start({ sasl: { account: 'ptgbot', password: 'sesame' } }, undefined, {
      signInAgainSeconds: 3600,
    });
    await capabilities('cap-notify');
    await server.waitFor(/^CAP END/);
    send(':irc.script 001 ptgbot :Welcome', ':irc.script CAP ptgbot NEW :sasl=PLAIN');
    await server.waitFor(/^CAP REQ :sasl/);
    send(':irc.script CAP ptgbot ACK :sasl');
    await server.waitFor(/^AUTHENTICATE PLAIN/);
    send('AUTHENTICATE +');
    await server.waitFor(/^AUTHENTICATE cHR/);
    send(':irc.script 900 ptgbot p!p@host ptgbot :Logged in', ':irc.script 903 ptgbot :Success');
    await bot.until(() => logged(/^Signed in as ptgbot$/));
  });

  test('are asked for the nick, with its password, until it is ours; then they know us', async () => {
    start({ nickserv: { password: 'sesame' } }, undefined, { regainSeconds: 3600 });
    await server.waitFor(/^NICK ptgbot$/);
    send(':irc.script 433 * ptgbot :in use');
    await server.waitFor(/^NICK ptgbot_$/);
    send(':irc.script 001 ptgbot_ :Welcome');
    await server.waitFor(/^PRIVMSG NickServ :REGAIN ptgbot sesame$/);
    await server.waitFor(/^PRIVMSG NickServ :GHOST ptgbot sesame$/);
    send(':ptgbot_!p@host NICK :ptgbot');
    await server.waitFor(/^PRIVMSG NickServ :IDENTIFY sesame$/);
  });

  test('of another name are not obeyed, nor told a password', async () => {
    start({ nickserv: { password: 'sesame', name: 'NickServ@services.script' }, signIn: 'first' });
    await server.waitFor(/^USER /);
    send(':irc.script 001 ptgbot :Welcome');
    await server.waitFor(/^PRIVMSG NickServ@services.script :IDENTIFY sesame$/);
    send(':Mallory!m@host NOTICE ptgbot :Invalid password', 'PING mark');
    await server.waitFor(/^PONG mark/);
    expect(bot.chat.problems).toEqual(['I do not get into #ptg']);
    send(':NickServ!s@services.script NOTICE ptgbot :Password incorrect');
    await server.waitFor(/^JOIN #ptg/);
    expect(bot.chat.problems[0]).toMatch(/it said: Password incorrect$/);
  });
});

test('a message that comes twice counts once, also after a reconnect', async () => {
  const caps = async () => {
    await capabilities('message-tags');
    await server.welcome(/^CAP END/);
  };
  start({});
  await caps();
  await bot.until(() => bot.joins === 1);
  const tagged = (id: string, text: string) =>
    send(`@msgid=${id} :alice!u@h PRIVMSG #ptg :${text}`);
  tagged('a', 'one');
  tagged('a', 'one');
  tagged('b', 'two');
  await bot.until(() => bot.heard.length === 2);
  server.hangUp('ERROR :bye\r\n');
  await caps();
  await bot.until(() => bot.joins === 2);
  tagged('a', 'one');
  tagged('b', 'two');
  tagged('c', 'three');
  await bot.until(() => bot.heard.length === 3);
  expect(bot.heard.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
});

test('somebody who says everything back in private does not keep us talking', async () => {
  await join({}, (line, chat) => chat.say(line.nick, `#nova does not know "${line.text}"`));
  const echo = async () => {
    const line = await server.waitFor(/^PRIVMSG alice /);
    says('alice', line.replace(/^PRIVMSG alice :?/, ''), 'ptgbot');
  };
  says('alice', 'hello', 'ptgbot');
  await whois('alice');
  await echo();
  says('alice', 'over', 'ptgbot');
  await bot.until(() => bot.heard.some(({ text }) => text === 'over'));
  expect(bot.heard.map(({ text }) => text)).toEqual(['hello', 'over']);
});
