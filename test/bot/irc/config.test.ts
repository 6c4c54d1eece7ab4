import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createIrcChat } from '../../../bot/irc/irc-chat.ts';
import { ircConfigSchema } from '../../../bot/irc/config.ts';
import { parseConfig } from '../../../cli/config.ts';

const least = { server: 'irc.oftc.net', channel: '#ptg' };

describe('the configuration', () => {
  test('needs a server and a channel only', () => {
    expect(ircConfigSchema.parse(least)).toEqual({
      server: 'irc.oftc.net',
      port: 6697,
      tls: true,
      rejectUnauthorized: true,
      nick: 'ptgbot',
      channel: [{ name: '#ptg' }],
      topic: false,
      operators: [],
      relays: [],
      signIn: 'optional',
      rate: { burst: 5, intervalSeconds: 2 },
    });
  });

  test('takes a list of channels, and half a rate', () => {
    const config = ircConfigSchema.parse({
      ...least,
      channel: ['#a', { name: '#b', key: 'sesame' }],
      rate: { intervalSeconds: 0 },
    });
    expect(config.channel).toEqual([{ name: '#a' }, { name: '#b', key: 'sesame' }]);
    expect(config.rate).toEqual({ burst: 5, intervalSeconds: 0 });
  });

  test.each<[object, string, RegExp]>([
    [{ server: undefined }, 'server', /expected the name of a server/],
    [{ server: 'irc.oftc.net/#ptg' }, 'server', /expected the name of a server/],
    [{ channel: undefined }, 'channel', /expected a channel such as "#openinfra-events"/],
    [{ channel: 'ptg' }, 'channel', /in quotes/],
    [{ channel: '#a,#b' }, 'channel', /expected a channel/],
    [{ channel: [] }, 'channel', /expected/],
    [{ channel: '#a\r\nQUIT' }, 'channel', /expected a channel/],
    [{ port: 0 }, 'port', /from 1 to 65535/],
    [{ port: '6697' }, 'port', /from 1 to 65535/],
    [{ tls: 'yes' }, 'tls', /true or false/],
    [{ nick: '1bot' }, 'nick', /not a digit first/],
    [{ nick: 'a b' }, 'nick', /expected a nick/],
    [{ password: 'a\nb' }, 'password', /on one line/],
    [{ sasl: { account: 'x', password: 1 } }, 'sasl.password', /PTGBOT_IRC_PASSWORD/],
    [{ rate: { burst: 0 } }, 'rate.burst', /from 1 to 1000/],
    [{ rate: { intervalSeconds: -1 } }, 'rate.intervalSeconds', /from 0/],
    [{ channel: { name: '#a', key: 'two words' } }, 'channel.key', /without spaces/],
    [{ operators: 'alice' }, 'operators', /a list of accounts/],
    [{ topic: 'yes' }, 'topic', /true or false/],
    [{ signIn: 'maybe' }, 'signIn', /expected optional, first/],
    [{ signIn: 'first' }, 'signIn', /expected sasl, certificate or nickserv/],
    [{ nickserv: { password: 1 } }, 'nickserv.password', /PTGBOT_IRC_PASSWORD/],
    [{ nickserv: { password: 'x', name: 'two words' } }, 'nickserv.name', /such as NickServ/],
    [{ tls: false, certificate: 'x.pem' }, 'certificate', /expected tls: true/],
  ])('%j is refused at %s', (change, path, message) => {
    const issue = ircConfigSchema.safeParse({ ...least, ...change }).error?.issues[0];
    expect(issue?.path.join('.')).toBe(path);
    expect(issue?.message).toMatch(message);
  });

  test.each([
    ['chanel: "#ptg"', 'unknown key irc.chanel; expected channel'],
    ['shade: dark', 'unknown key irc.shade; expected server, port, tls, rejectUnauthorized, ca, '],
    ['rate: { brust: 3 }', 'unknown key irc.rate.brust; expected burst'],
    ['rate: { x: 3 }', 'unknown key irc.rate.x; expected burst, intervalSeconds'],
    ['rate: 3', 'irc.rate: expected burst, intervalSeconds'],
    ['sasl: mine', 'irc.sasl: expected account, password'],
    ['nickserv: { password: x, nam: y }', 'unknown key irc.nickserv.nam; expected name'],
  ])('%s is answered with: %s', (line, sentence) => {
    const text = `irc:\n  server: irc.oftc.net\n  channel: "#ptg"\n  ${line}\n`;
    expect(() => parseConfig(text, 'ptgbot.yaml', {})).toThrow(`ptgbot.yaml: ${sentence}`);
  });

  test('a wrong key of one channel of a list is answered with those of a channel', () => {
    const text = 'irc: { server: x, channel: ["#a", { name: "#b", key: c, kye: d }] }';
    expect(() => parseConfig(text, 'ptgbot.yaml', {})).toThrow(
      'ptgbot.yaml: unknown key irc.channel.1.kye; expected key',
    );
  });

  test.each([
    ['sasl', { sasl: { account: 'x' } }],
    ['nickserv', { nickserv: {} }],
  ])('may lack the password for %s, but not where it is used', (section, change) => {
    const config = ircConfigSchema.parse({ ...least, ...change });
    expect(() => createIrcChat(config, pino({ enabled: false }))).toThrow(
      `irc.${section}.password: expected a password, here or better as PTGBOT_IRC_PASSWORD`,
    );
  });

  test.each(['ca', 'certificate'] as const)('a file for %s must exist and be PEM', (key) => {
    const directory = mkdtempSync(join(tmpdir(), 'ptgbot-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'x.pem');
    const create = () =>
      createIrcChat(ircConfigSchema.parse({ ...least, [key]: file }), pino({ level: 'silent' }));
    expect(create).toThrow(`irc.${key}: cannot use ${file}, expected a PEM file`);
    writeFileSync(file, '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n');
    expect(create).toThrow(`irc.${key}: cannot use ${file}, expected a PEM file`);
  });
});
