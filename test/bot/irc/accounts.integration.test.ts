import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { startBot, TestBot } from '../../support/irc-bot.ts';
import type { IrcPerson } from '../../support/irc-client.ts';
import { participantsOf, logged } from '../../support/irc-participants.ts';
import { makeCertificate } from '../../support/irc-daemon.ts';
import { startNetwork, type IrcNetwork } from '../../support/irc-network.ts';

/** Real servers with services: who people are, whether services know us, and netsplits. */
let network: IrcNetwork;
beforeAll(async () => {
  network = await startNetwork();
  const owner = await network.register('ptgbot', 'sesame1');
  const alice = await network.register('alice', 'sesame2');
  await alice.join('#home');
  alice.say('ChanServ', 'REGISTER #home');
  await alice.waitFor(/#home\W+is now registered/);
  await Promise.all([owner.quit(), alice.quit()]);
});
afterAll(() => network.stop());

const { bots, person, bot } = participantsOf(() => network);
const identified = async (nick: string, password: string, channel?: string) => {
  const someone = await person(nick);
  someone.say('NickServ', `IDENTIFY ${nick} ${password}`);
  await someone.waitFor(/ 900 /);
  if (channel) await someone.join(channel);
  return someone;
};
const joined = async (...args: Parameters<typeof startBot>) => {
  const started = bot(...args);
  await started.until(() => started.joins > 0);
  return started;
};
const last = (one: TestBot) => one.heard.at(-1)!;
const says = async (one: TestBot, speaker: IrcPerson, target: string, text: string) => {
  const before = one.heard.length;
  speaker.say(target, text);
  await one.until(() => one.heard.length > before);
  return last(one);
};
/** What services and the server know about somebody who calls themselves so. */
const accountOf = async (nick: string) => {
  const asking = await person(`ask${Math.trunc(Math.random() * 1e6)}`);
  asking.send(`WHOIS ${nick}`);
  const lines: string[] = [];
  for (let line = ''; !/ 318 /.test(line);) lines.push((line = await asking.waitFor(/ 3\d\d /)));
  return lines.map((line) => / 330 \S+ \S+ (\S+)/.exec(line)?.[1]).find(Boolean);
};

describe('who people are', () => {
  test('is their account, as long as they are logged in, and nobody who merely has their nick', async () => {
    const ptgbot = await joined({});
    const alice = await person('alice', '#ptg');
    expect(await says(ptgbot, alice, '#ptg', '1')).not.toHaveProperty('account');
    alice.say('NickServ', 'IDENTIFY sesame2');
    await alice.waitFor(/ 900 /);
    expect(await says(ptgbot, alice, '#ptg', '2')).toMatchObject({ account: 'alice' });
    alice.send('NICK somebody');
    await alice.waitFor(/ NICK /);
    expect(await says(ptgbot, alice, '#ptg', '3')).toMatchObject({
      nick: 'somebody',
      account: 'alice',
    });
    alice.say('NickServ', 'LOGOUT');
    await alice.waitFor(/ 901 /);
    expect(await says(ptgbot, alice, '#ptg', '4')).not.toHaveProperty('account');
  });

  test('is known of those who were there before, so that they can be reached', async () => {
    await identified('alice', 'sesame2', '#ptg');
    const ptgbot = await joined({});
    await expect.poll(() => ptgbot.chat.reach({ nick: 'al', account: 'Alice' })).toBe('alice');
  });

  test('makes operators of those whom the configuration names, also in private, until they log out', async () => {
    const ptgbot = await joined({ operators: ['Alice'] });
    const alice = await identified('alice', 'sesame2', '#ptg');
    const mallory = await person('alice_', '#ptg');
    expect(await says(ptgbot, alice, 'ptgbot', '~list')).toMatchObject({ role: 'op' });
    expect(await says(ptgbot, alice, '#ptg', '~list')).toMatchObject({ role: 'op' });
    expect(await says(ptgbot, mallory, '#ptg', '~list')).toMatchObject({ role: 'none' });
    alice.say('NickServ', 'LOGOUT');
    await alice.waitFor(/ 901 /);
    expect(await says(ptgbot, alice, 'ptgbot', '~list')).toMatchObject({ role: 'none' });
  });

  test('is not asked of those who share no channel with us: they are not heard', async () => {
    const ptgbot = await joined({});
    const [mallory, alice] = await Promise.all([person('mallory'), person('alice', '#ptg')]);
    mallory.say('ptgbot', 'psst');
    await mallory.settle();
    await says(ptgbot, alice, 'ptgbot', 'me too');
    expect(ptgbot.heard.map(({ nick }) => nick)).toEqual(['alice']);
  });

  test('op from ChanServ counts, and is gone when ChanServ takes it back', async () => {
    const ptgbot = await joined({ channel: '#home' });
    const alice = await identified('alice', 'sesame2', '#home');
    await alice.waitFor(/ MODE #home \+\w*o/);
    expect(await says(ptgbot, alice, '#home', '1')).toMatchObject({ role: 'op' });
    alice.say('ChanServ', 'DEOP #home');
    await alice.waitFor(/ MODE #home -o/);
    expect(await says(ptgbot, alice, '#home', '2')).toMatchObject({ role: 'none' });
  });
});

describe('signing in', () => {
  const sasl = { account: 'ptgbot', password: 'sesame1' };

  test('with SASL PLAIN happens before we join', async () => {
    const ptgbot = await joined({ sasl, signIn: 'first' });
    expect(await accountOf('ptgbot')).toBe('ptgbot');
    expect(logged(ptgbot, /^Signed in as ptgbot$/)).toBe(true);
    expect(ptgbot.chat.problems).toEqual([]);
  });

  test('with a wrong password is said once, and does not keep us from joining', async () => {
    const ptgbot = await joined({ sasl: { ...sasl, password: 'wrong' }, signIn: 'first' });
    const first = ptgbot.joins;
    network.operator.send('KILL ptgbot :again');
    await ptgbot.until(() => ptgbot.joins > first);
    expect(ptgbot.log.filter(({ msg }) => /^Not signed in: /.test(msg))).toHaveLength(1);
    expect(ptgbot.chat.problems).toEqual([
      expect.stringMatching(/^I am not signed in: SASL did not let us in: \w/),
    ]);
    expect(await accountOf('ptgbot')).toBeUndefined();
  });

  test('that fails ends it where the configuration says so', async () => {
    const ptgbot = bot({ sasl: { ...sasl, password: 'wrong' }, signIn: 'required' });
    await ptgbot.until(() => ptgbot.refusals.length > 0);
    expect(ptgbot.refusals[0]).toMatch(/^SASL did not let us in/);
    expect(ptgbot.joins).toBe(0);
  });

  test('with a client certificate: SASL EXTERNAL', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ptgbot-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [crt, key, pem] = ['own.crt', 'own.key', 'own.pem'].map((name) => join(folder, name));
    makeCertificate(crt!, key!);
    writeFileSync(pem!, readFileSync(crt!, 'utf8') + readFileSync(key!, 'utf8'));
    const print = execFileSync('openssl', [
      'x509',
      '-in',
      crt!,
      '-noout',
      '-fingerprint',
      '-sha256',
    ])
      .toString()
      .replace(/.*=|:|\s/g, '')
      .toLowerCase();
    const tls = { tls: true, port: network.tlsPort, ca: network.ca, certificate: pem! };
    const unknown = await joined({ ...tls, nick: 'other', signIn: 'first' });
    expect(unknown.chat.problems).toEqual([expect.stringMatching(/not signed in: SASL/)]);
    const owner = await identified('ptgbot', 'sesame1');
    owner.say('NickServ', `CERT ADD ${print}`);
    await owner.waitFor(/NOTICE ptgbot :.*(?:added|fingerprint)/i);
    await owner.quit();
    const known = await joined({ ...tls, signIn: 'first' });
    expect(logged(known, /^Signed in as ptgbot$/)).toBe(true);
  });

  test('with NickServ, before joining a channel that lets in registered people only', async () => {
    const alice = await identified('alice', 'sesame2', '#closed');
    alice.send('MODE #closed +R');
    const ptgbot = await joined({
      channel: '#closed',
      nickserv: { password: 'sesame1' },
      signIn: 'first',
    });
    expect(await accountOf('ptgbot')).toBe('ptgbot');
    expect(logged(ptgbot, /refuses #closed/)).toBe(false);
  });

  test('with a wrong password for NickServ is told in its words', async () => {
    const ptgbot = await joined({ nickserv: { password: 'wrong' }, signIn: 'first' });
    expect(ptgbot.chat.problems).toEqual([
      expect.stringMatching(/NickServ did not let us in; it said: Invalid password/),
    ]);
  });

  test('with NickServ as soon as services are back', async () => {
    await network.stopServices();
    const ptgbot = await joined({ nickserv: { password: 'sesame1' } }, undefined, {
      signInSeconds: 0.2,
    });
    await ptgbot.until(() => logged(ptgbot, /Not signed in: NickServ does not answer/));
    await network.startServices();
    await ptgbot.until(() => logged(ptgbot, /^Signed in as ptgbot$/));
    expect(ptgbot.chat.problems).toEqual([]);
  });

  test('with SASL as soon as services are back', async () => {
    await network.stopServices();
    const ptgbot = await joined({ sasl });
    expect(ptgbot.chat.problems).toEqual([expect.stringMatching(/the server does not offer it/)]);
    await network.startServices();
    await ptgbot.until(() => logged(ptgbot, /^Signed in as ptgbot$/));
    expect(ptgbot.chat.problems).toEqual([]);
  });

  test('has services free our nick from whoever has it', async () => {
    const squatter = await person('ptgbot', '#ptg');
    const ptgbot = await joined({ sasl });
    await expect.poll(() => ptgbot.chat.nick).toBe('ptgbot');
    await squatter.waitFor(/^ERROR /);
  });

  test('has NickServ free our nick with its password, and then knows us', async () => {
    await person('ptgbot', '#ptg');
    const ptgbot = await joined({ nickserv: { password: 'sesame1' } });
    await ptgbot.until(() => logged(ptgbot, /^Signed in as ptgbot$/));
    expect(ptgbot.chat.nick).toBe('ptgbot');
  });
});

describe('a bot among others on a network', () => {
  test('it is marked as a bot', async () => {
    await joined({});
    const alice = await person('alice');
    alice.send('WHOIS ptgbot');
    await alice.waitFor(/ 335 alice ptgbot /);
  });

  test('it does not hear other bots, nor itself, nor what was said before it came', async () => {
    const alice = await person('alice', '#ptg');
    alice.send('MODE #ptg +H 50:1h');
    alice.say('#ptg', '#nova now long ago');
    await alice.settle();
    const [one, two] = await Promise.all([
      joined({}, (line, chat) => chat.say('#ptg', `#nova ${line.text}`)),
      joined({ nick: 'otherbot' }, (line, chat) => chat.say('#ptg', `#nova ${line.text}`)),
    ]);
    await says(one, alice, '#ptg', 'hello');
    for (const _ of bots) await alice.waitFor(/PRIVMSG #ptg :#nova hello$/);
    await alice.settle();
    expect([one, two].map(({ heard }) => heard.map(({ text }) => text))).toEqual([
      ['hello'],
      ['hello'],
    ]);
  });

  test('two bots that answer in private do not answer each other', async () => {
    const one = await joined({}, (line, chat) => chat.say(line.nick, line.text));
    await joined({ nick: 'otherbot' }, (line, chat) => chat.say(line.nick, line.text));
    one.chat.say('otherbot', 'hello');
    const alice = await person('alice', '#ptg');
    await says(one, alice, 'ptgbot', 'over');
    expect(one.heard).toHaveLength(1);
  });

  test('an invitation elsewhere is declined kindly, once; one to our own channel is followed', async () => {
    const alice = await person('alice', '#party');
    await alice.join('#ptg');
    alice.send('MODE #ptg +i');
    const ptgbot = bot({}, undefined, { rejoin: { firstSeconds: 3600, capSeconds: 3600 } });
    await ptgbot.until(() => logged(ptgbot, /refuses #ptg/));
    expect(ptgbot.chat.problems).toEqual(['I do not get into #ptg']);
    alice.send('INVITE ptgbot #party');
    expect(await alice.hears('ptgbot')).toMatch(
      /^Thank you for the invitation; I only join the channels I was set up for: #ptg/,
    );
    alice.send('INVITE ptgbot #party');
    alice.send('INVITE ptgbot #ptg');
    await ptgbot.until(() => ptgbot.joins === 1);
    await alice.settle();
    expect(alice.lines.filter((line) => /Thank you/.test(line))).toHaveLength(1);
    expect(ptgbot.chat.joined).toEqual(['#ptg']);
    expect(ptgbot.chat.problems).toEqual([]);
  });

  test('the key of a channel is in the configuration', async () => {
    const alice = await person('alice', '#locked');
    alice.send('MODE #locked +k sesame');
    await alice.settle();
    await joined({ channel: { name: '#locked', key: 'sesame' } });
  });

  test('a server that wants TLS gets it, and keeps it', async () => {
    const ptgbot = bot({ server: 'localhost', port: network.leaf.port, ca: network.ca });
    await ptgbot.until(() => ptgbot.joins === 1);
    expect(logged(ptgbot, /localhost wants TLS, on port/)).toBe(true);
    const leaf = await person('alice', '#ptg', network.leaf.port);
    leaf.send('WHOIS ptgbot');
    await leaf.waitFor(/ 671 alice ptgbot /);
  });

  test('a server that wants TLS and has a certificate of nobody is not used', async () => {
    const ptgbot = bot({ server: 'localhost', port: network.leaf.port });
    const refusal = /not from an authority that we trust/;
    await ptgbot.until(() => ptgbot.log.filter(({ msg }) => refusal.test(msg)).length > 1);
    expect(ptgbot.chat.connectedSince).toBeUndefined();
  });
});

describe('shut out by the network', () => {
  const refusals = (one: TestBot, pattern: RegExp) =>
    one.log.filter(({ msg }) => msg.startsWith('No connection') && pattern.test(msg));

  test('as a banned user it knocks again until the ban is lifted', async () => {
    const ptgbot = await joined({});
    network.operator.send('KLINE ptgbot@* 1h :no bots');
    await ptgbot.until(() => refusals(ptgbot, /it said: .*no bots/).length > 2);
    network.operator.send('KLINE ptgbot@*');
    await ptgbot.until(() => ptgbot.joins === 2);
  });
});

describe('in a netsplit', () => {
  test('roles go with those who are gone, and come back with them', async () => {
    await network.link();
    const far = await person('far', '#ptg', network.leaf.port);
    const near = await person('near', '#ptg');
    near.send('MODE #ptg +v near');
    const ptgbot = await joined({});
    expect(await says(ptgbot, far, '#ptg', '1')).toMatchObject({ nick: 'far', role: 'op' });
    await network.split();
    await expect.poll(() => ptgbot.chat.reach({ nick: 'far' })).toBeUndefined();
    const impostor = await person('impostor', '#ptg');
    impostor.send('NICK far');
    expect(await says(ptgbot, impostor, '#ptg', '2')).toMatchObject({ nick: 'far', role: 'none' });
    impostor.send('NICK gone');
    await impostor.settle();
    await network.link();
    await near.waitFor(/^:far!\S+ JOIN /);
    expect(await says(ptgbot, far, '#ptg', '3')).toMatchObject({ nick: 'far', role: 'op' });
    expect(ptgbot.heard.map(({ text }) => text)).toEqual(['1', '2', '3']);
    await network.split();
  });
});
