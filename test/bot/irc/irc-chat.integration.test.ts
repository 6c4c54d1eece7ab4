import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IrcPerson } from '../../support/irc-client.ts';
import { participantsOf, logged } from '../../support/irc-participants.ts';
import { ircNetwork, startIrcServer, type IrcServer } from '../../support/irc-server.ts';

let server: IrcServer;
beforeAll(async () => {
  server = await startIrcServer();
});
afterAll(() => server.stop());

const { people, person, bot } = participantsOf(() => server);

describe('on a real server', () => {
  test('hears who said what where, and is heard', async () => {
    const ptgbot = bot({}, (line, chat) =>
      chat.say(line.channel ?? line.nick, `heard: ${line.text}`),
    );
    await ptgbot.until(() => ptgbot.joins === 1);
    const alice = await person('alice', '#ptg');
    alice.say('#ptg', '\x02#nova\x02 now \x0304testing\x03');
    expect(await alice.hears('ptgbot')).toBe('heard: #nova now testing');
    expect(ptgbot.heard).toMatchObject([
      { nick: 'alice', role: 'none', channel: '#ptg', text: '#nova now testing' },
    ]);
    expect(ptgbot.heard[0]).not.toHaveProperty('account');
    expect(ptgbot.chat.network).toBe(ircNetwork.toLowerCase());
    expect(ptgbot.chat).toMatchObject({ nick: 'ptgbot', joined: ['#ptg'], problems: [] });
    expect(ptgbot.chat.connectedSince).toBeInstanceOf(Date);
  });

  test('answers in private to whom speaks in private, who has no role there', async () => {
    const alice = await person('alice', '#ptg');
    const ptgbot = bot({}, (line, chat) => chat.say(line.channel ?? line.nick, 'yes?'));
    await ptgbot.until(() => ptgbot.joins === 1);
    alice.say('ptgbot', 'psst');
    expect(await alice.waitFor(/^:ptgbot!\S+ PRIVMSG alice :yes\?$/)).toBeDefined();
    expect(ptgbot.heard).toMatchObject([{ nick: 'alice', role: 'none', text: 'psst' }]);
    expect(ptgbot.heard[0]).not.toHaveProperty('channel');
  });

  test('hears people through a bridge, without the rights that it has', async () => {
    const bridge = await person('matrix', '#ptg');
    const ptgbot = bot({ relays: ['Matrix'] });
    await ptgbot.until(() => ptgbot.joins === 1);
    bridge.say('#ptg', '<ada> #nova now cells');
    bridge.say('#ptg', '<ada> * #nova now fixed');
    bridge.say('#ptg', '~emptydb');
    await ptgbot.until(() => ptgbot.heard.length === 3);
    expect(ptgbot.heard).toMatchObject([
      { nick: 'ada via matrix', role: 'none', channel: '#ptg', text: '#nova now cells' },
      { nick: 'ada via matrix', role: 'none', text: '* #nova now fixed' },
      { nick: 'matrix', role: 'none', text: '~emptydb' },
    ]);
  });

  test('listens in several channels', async () => {
    const ptgbot = bot({ channel: ['#one', '#two'] });
    await ptgbot.until(() => ptgbot.joins === 2);
    const alice = await person('alice', '#one,#two');
    alice.say('#one', '1');
    alice.say('#two', '2');
    await ptgbot.until(() => ptgbot.heard.length === 2);
    expect(ptgbot.heard.map((line) => line.channel)).toEqual(['#one', '#two']);
  });

  test('knows roles that were there before it, and follows their changes', async () => {
    const alice = await person('alice', '#ptg');
    const bob = await person('Bob', '#ptg');
    alice.send('MODE #ptg +v Bob');
    await alice.settle();
    const ptgbot = bot({});
    await ptgbot.until(() => ptgbot.joins === 1);
    const roleOf = async (speaker: IrcPerson) => {
      await Promise.all(people.map((someone) => someone.settle()));
      const before = ptgbot.heard.length;
      speaker.say('#ptg', 'who am I?');
      await ptgbot.until(() => ptgbot.heard.length > before);
      return ptgbot.heard.at(-1)!.role;
    };
    expect(await roleOf(alice)).toBe('op');
    expect(await roleOf(bob)).toBe('voice');
    alice.send('MODE #ptg +o-v bob bob');
    expect(await roleOf(bob)).toBe('op');
    alice.send('NICK alice2');
    const carol = await person('alice', '#ptg');
    expect(await roleOf(alice)).toBe('op');
    expect(await roleOf(carol)).toBe('none');
    bob.send('MODE #ptg -o alice2');
    expect(await roleOf(alice)).toBe('none');
    bob.send('PART #ptg');
    bob.send('JOIN #ptg');
    expect(await roleOf(bob)).toBe('none');
  });

  test('ignores notices, actions, other channels and empty lines', async () => {
    const ptgbot = bot({});
    await ptgbot.until(() => ptgbot.joins === 1);
    const alice = await person('alice', '#ptg');
    alice.send('NOTICE #ptg :a notice');
    alice.say('#ptg', '\x01ACTION waves\x01');
    alice.say('#ptg', '\x02');
    alice.say('#ptg', 'words');
    await ptgbot.until(() => ptgbot.heard.length > 0);
    expect(ptgbot.heard.map((line) => line.text)).toEqual(['words']);
  });

  test('answers CTCP VERSION and PING to itself', async () => {
    const ptgbot = bot({});
    await ptgbot.until(() => ptgbot.joins === 1);
    const alice = await person('alice');
    alice.say('ptgbot', '\x01VERSION\x01');
    await alice.waitFor(/NOTICE alice :.VERSION ptgbot.$/);
    alice.say('ptgbot', '\x01PING 12345\x01');
    await alice.waitFor(/NOTICE alice :.PING 12345.$/);
  });

  test('a long reply comes in pieces between words, none of them cut off', async () => {
    const alice = await person('alice', '#ptg');
    const ptgbot = bot({});
    await ptgbot.until(() => ptgbot.joins === 1);
    const long = Array.from({ length: 300 }, (_, index) => `wörd${index}`).join(' ');
    ptgbot.chat.say('#ptg', `${long}\nend of it`);
    const pieces: string[] = [];
    for (let piece; (piece = await alice.hears('ptgbot')) !== 'end of it';) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join(' ')).toBe(long);
  });

  test('text cannot smuggle in commands', async () => {
    const alice = await person('alice', '#ptg');
    const ptgbot = bot({});
    await ptgbot.until(() => ptgbot.joins === 1);
    ptgbot.chat.say('#ptg\r\nQUIT', 'x');
    ptgbot.chat.say('#ptg x', 'x');
    ptgbot.chat.say('#ptg', 'a\rQUIT :no\0\nb');
    expect(await alice.hears('ptgbot')).toBe('a');
    expect(await alice.hears('ptgbot')).toBe('QUIT :no');
    expect(await alice.hears('ptgbot')).toBe('b');
  });

  test('a listener that throws loses its line only', async () => {
    const ptgbot = bot({}, (line) => {
      if (line.text === 'bang') throw new Error('a fault');
    });
    await ptgbot.until(() => ptgbot.joins === 1);
    const alice = await person('alice', '#ptg');
    for (const text of ['one', 'bang', 'two']) alice.say('#ptg', text);
    await ptgbot.until(() => ptgbot.heard.at(-1)?.text === 'two');
    expect(ptgbot.heard.map((line) => line.text)).toEqual(['one', 'bang', 'two']);
    expect(logged(ptgbot, /could not be handled/)).toBe(true);
  });

  test('goes back after a kick, and again after the next', async () => {
    const alice = await person('alice', '#ptg');
    const ptgbot = bot({});
    for (const joins of [1, 2, 3]) {
      await ptgbot.until(() => ptgbot.joins === joins);
      alice.say('#ptg', `hello ${joins}`);
      await ptgbot.until(() => ptgbot.heard.length === joins);
      alice.send('KICK #ptg ptgbot :out');
    }
    expect(ptgbot.heard.every((line) => line.role === 'op')).toBe(true);
    expect(logged(ptgbot, /^alice kicked us out of #ptg/)).toBe(true);
  });

  test.each([
    ['invite-only', '+i', '-i'],
    ['keyed', '+k secret', '-k secret'],
    ['full', '+l 1', '-l'],
  ])('gets into a channel once it is no longer %s', async (_, close, open) => {
    const alice = await person('alice', '#ptg');
    alice.send(`MODE #ptg ${close}`);
    await alice.settle();
    const ptgbot = bot({});
    await ptgbot.until(() => logged(ptgbot, /The server refuses #ptg/));
    expect(ptgbot.chat.joined).toEqual([]);
    alice.send(`MODE #ptg ${open}`);
    await ptgbot.until(() => ptgbot.joins === 1);
    expect(ptgbot.chat.joined).toEqual(['#ptg']);
  });

  test('takes another nick while its own is taken, and its own as soon as that is free', async () => {
    const squatter = await person('ptgbot', '#ptg');
    await person('ptgbot_');
    const ptgbot = bot({}, (line, chat) => chat.say('#ptg', `you are ${line.nick}`), {
      regainSeconds: 3600,
    });
    await ptgbot.until(() => ptgbot.joins === 1);
    expect(ptgbot.chat.nick).toBe('ptgbot__');
    const alice = await person('alice', '#ptg');
    squatter.say('#ptg', 'I am not you');
    expect(await alice.hears('ptgbot__')).toBe('you are ptgbot');
    await squatter.quit();
    await alice.waitFor(/^:ptgbot__!\S+ NICK :ptgbot$/);
    alice.say('#ptg', 'and me?');
    expect(await alice.hears('ptgbot')).toBe('you are alice');
    expect(ptgbot.chat.nick).toBe('ptgbot');
  });

  test('asks for its nick now and then where it cannot see it become free', async () => {
    const squatter = await person('ptgbot');
    const ptgbot = bot({});
    await ptgbot.until(() => ptgbot.joins === 1);
    const alice = await person('alice', '#ptg');
    await squatter.quit();
    await alice.waitFor(/^:ptgbot_!\S+ NICK :ptgbot$/);
  });

  test('says good-bye, and then nothing more', async () => {
    const alice = await person('alice', '#ptg');
    const ptgbot = bot({});
    await ptgbot.until(() => ptgbot.joins === 1);
    await ptgbot.chat.stop('See you');
    ptgbot.chat.say('#ptg', 'too late');
    await alice.waitFor(/^:ptgbot!\S+ QUIT /);
    await alice.settle();
    expect(alice.lines.some((line) => line.includes('too late'))).toBe(false);
    expect(ptgbot.chat.connectedSince).toBeUndefined();
  });
});

describe('over TLS', () => {
  test('a certificate that nobody vouches for is refused, and the log says what to do', async () => {
    const ptgbot = bot({ tls: true, port: server.tlsPort });
    const refusal =
      /^No connection to 127\.0\.0\.1:\d+: its certificate is not from an authority that we trust; name .* ca\. Trying again/;
    await ptgbot.until(() => ptgbot.log.filter(({ msg }) => refusal.test(msg)).length > 1);
    expect(ptgbot.joins).toBe(0);
  });

  test('a certificate that the configuration names is accepted', async () => {
    const ptgbot = bot({ tls: true, port: server.tlsPort, ca: server.ca });
    await ptgbot.until(() => ptgbot.joins === 1);
    const alice = await person('alice', '#ptg');
    alice.say('#ptg', 'in secret');
    await ptgbot.until(() => ptgbot.heard.length === 1);
  });

  test('any certificate is accepted if the configuration says so, with a warning', async () => {
    const ptgbot = bot({ tls: true, port: server.tlsPort, rejectUnauthorized: false });
    await ptgbot.until(() => ptgbot.joins === 1);
    expect(logged(ptgbot, /not checked/)).toBe(true);
  });

  test('a port without TLS is recognised', async () => {
    const ptgbot = bot({ tls: true });
    await ptgbot.until(() => logged(ptgbot, /does not speak TLS on this port/));
  });
});

describe('when the server goes away', () => {
  let own: IrcServer;
  beforeEach(async () => {
    own = await startIrcServer();
  });
  afterEach(() => own.stop());

  test('comes back when it does, and answers', async () => {
    const ptgbot = bot({ port: own.port }, (line, chat) => chat.say('#ptg', `heard ${line.text}`));
    await ptgbot.until(() => ptgbot.joins === 1);
    await own.kill();
    await ptgbot.until(() => logged(ptgbot, /nothing listens on this port/));
    expect(ptgbot.chat.connectedSince).toBeUndefined();
    expect(ptgbot.chat.joined).toEqual([]);
    ptgbot.chat.say('#ptg', 'into the void');
    await own.restart();
    await ptgbot.until(() => ptgbot.joins === 2);
    const alice = await IrcPerson.connect(own.port, 'alice');
    await alice.join('#ptg');
    alice.say('#ptg', 'again');
    expect(await alice.hears('ptgbot')).toBe('heard again');
    await alice.quit();
  });

  test('stops at once while there is no connection', async () => {
    const ptgbot = bot({ port: own.port }, undefined, {
      reconnect: { firstSeconds: 3600, capSeconds: 3600 },
    });
    await ptgbot.until(() => ptgbot.joins === 1);
    await own.kill();
    await ptgbot.until(() => logged(ptgbot, /^No connection/));
    await ptgbot.chat.stop('bye');
  });
});
