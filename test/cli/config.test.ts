import { describe, expect, test } from 'vitest';
import { parseConfig, readConfig } from '../../cli/config.ts';

const parse = (text: string, environment: NodeJS.ProcessEnv = {}) =>
  parseConfig(text, 'ptgbot.yaml', environment);

describe('a configuration', () => {
  test('may be empty: then the terminal is the chat', () => {
    expect(parse('')).toMatchObject({
      data: { branch: 'main', hook: true, fetchPrivateAddresses: false },
      site: { listen: '127.0.0.1:8000' },
    });
    expect(parse('').irc).toBeUndefined();
    expect(parse('data:\nsite:\n')).toEqual(parse(''));
  });

  test('for IRC needs a server and a channel', () => {
    expect(parse('irc: { server: irc.oftc.net, channel: "#openinfra-events" }').irc).toMatchObject({
      server: 'irc.oftc.net',
      port: 6697,
      tls: true,
      nick: 'ptgbot',
      channel: [{ name: '#openinfra-events' }],
      rate: { burst: 5, intervalSeconds: 2 },
    });
  });

  test('takes the password from the environment', () => {
    const text = 'irc: { server: irc.oftc.net, channel: "#ptg" }';
    expect(parse(text, { PTGBOT_IRC_PASSWORD: 'secret' }).irc?.password).toBe('secret');
    const withAccount = 'irc: { server: irc.oftc.net, channel: "#ptg", sasl: { account: ptgbot } }';
    expect(parse(withAccount, { PTGBOT_IRC_PASSWORD: 'secret' }).irc).toMatchObject({
      sasl: { account: 'ptgbot', password: 'secret' },
    });
  });

  test('takes the secret of the webhook from the environment', () => {
    const environment = { PTGBOT_WEBHOOK_SECRET: 'sesame, sesame, sesame' };
    expect(parse('', environment).site.webhookSecret).toBe('sesame, sesame, sesame');
    expect(parse('site: { listen: false }', environment).site).toMatchObject({
      listen: false,
      webhookSecret: 'sesame, sesame, sesame',
    });
  });

  test.each([
    'ssh://git@example.org:29418/ptg.git',
    'git@example.org:ptg.git',
    'https://bot@example.org/ptg.git',
    'file:///srv/ptg.git',
    '../ptg.git',
  ])('may name the remote %s', (remote) => {
    expect(parse(`data: { remote: "${remote}" }`).data.remote).toBe(remote);
  });

  test.each(['--upload-pack=sh', 'ftp://example.org/ptg.git', 'ext::sh -c true', ''])(
    'may not name the remote %s',
    (remote) => {
      expect(() => parse(`data: { remote: "${remote}" }`)).toThrow(/^ptgbot.yaml: data.remote: /);
    },
  );

  test.each([
    [
      'irc: { server: irc.oftc.net }',
      'irc.channel: expected a channel such as "#openinfra-events" (in quotes), or a list of them',
    ],
    [
      'irc: { server: irc.oftc.net, channel: "#ptg", port: many }',
      'irc.port: expected a port from 1 to 65535',
    ],
    [
      'site: { listen: 8000 }',
      'site.listen: expected an address and port such as 127.0.0.1:8000, or false',
    ],
    [
      'site: { url: ptg.example.org }',
      'site.url: expected a web address such as https://ptg.example.org',
    ],
    ['site: { ouput: x }', 'unknown key site.ouput; expected output'],
    [
      'irc: { server: irc.oftc.net, channel: "#ptg", nik: x }',
      'unknown key irc.nik; expected nick',
    ],
    [
      'site: { listen: "127.0.0.1:99999" }',
      'site.listen: expected an address and port such as 127.0.0.1:8000, or false',
    ],
    ['7', 'expected sections such as irc, data and site'],
    ['site: *a', 'expected valid YAML: '],
    ['date: {}', 'unknown key date; expected data'],
    ['data: { branch: a..b c }', 'data.branch: expected the name of a branch such as main'],
    [
      'data: { fetchPrivateAddresses: maybe }',
      'data.fetchPrivateAddresses: expected true or false',
    ],
    ['data: { hook: never }', 'data.hook: expected true or false'],
    ['data: { repository: 7 }', 'data.repository: expected a path'],
    [
      'data: { remote: "ext::sh -c true" }',
      'data.remote: expected an address such as ssh://git@example.org/ptg.git, or a path',
    ],
    [
      'data: { remote: "https://ada:sesame@example.org/ptg.git" }',
      'data.remote: expected an address without a password: give it as PTGBOT_GIT_TOKEN',
    ],
    [
      'data: { remoteInterval: often }',
      'data.remoteInterval: expected a number of seconds such as 30',
    ],
    [
      'site: { webhookSecret: sesame }',
      'site.webhookSecret: expected a secret of at least 16 characters',
    ],
  ])('%s is refused: %s', (text, complaint) => {
    expect(() => parse(text)).toThrow(`ptgbot.yaml: ${complaint}`);
  });

  test('that is no YAML is refused with its line', () => {
    expect(() => parse('site:\n  - {')).toThrow(/^ptgbot\.yaml:2: expected valid YAML/);
  });

  test('that was named must be there', () => {
    expect(() => readConfig('/nowhere/ptgbot.yaml', {})).toThrow(
      '/nowhere/ptgbot.yaml cannot be read',
    );
  });
});
