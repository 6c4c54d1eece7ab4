import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { migratedConfig } from '../../cli/commands/migrated-config.ts';
import { parseConfig } from '../../cli/config.ts';

const python = {
  irc_nick: 'ptgbot',
  irc_pass: '',
  irc_server: 'irc.oftc.net',
  irc_port: 6697,
  irc_channel: '#openinfra-events',
  db_filename: 'html/ptg.json',
};

const migrated = (more: object) =>
  migratedConfig({ ...python, ...more }, 'config.json', 'schedule-data.git');

const irc = {
  server: 'irc.oftc.net',
  port: 6697,
  tls: true,
  nick: 'ptgbot',
  channel: '#openinfra-events',
};

describe('the configuration of a Python ptgbot', () => {
  test.each([
    ['as the sample has it', {}, irc],
    ['with a port in quotes', { irc_port: '6697' }, irc],
    [
      'with another port, where it spoke without TLS',
      { irc_port: 6667 },
      { port: 6667, tls: false },
    ],
    ['without a password', { irc_pass: null }, irc],
    ['with a password, which is for NickServ', { irc_pass: 'sesame' }, { ...irc, nickserv: {} }],
  ])('%s becomes one of ours', (_what, more, expected) => {
    const { configuration } = migrated(more);
    expect(configuration).toEqual({
      irc: { ...irc, ...expected },
      data: { repository: 'schedule-data.git' },
      site: { output: 'www' },
    });
    expect(parseConfig(stringify(configuration), 'x', { PTGBOT_IRC_PASSWORD: 'x' })).toBeDefined();
  });

  test('keeps the password apart, whatever stands in it', () => {
    const secret = '#: {"*": &x}';
    const { configuration, password } = migrated({ irc_pass: secret });
    expect(password).toBe(secret);
    expect(JSON.stringify(configuration)).not.toContain('&x');
  });

  test('is written so that it reads as it was meant', () => {
    for (const name of ['#yes&no*{}', `#'"[%@\``, '#null', '#-']) {
      const { configuration } = migrated({ irc_channel: name });
      expect(parse(stringify(configuration))).toEqual(configuration);
    }
  });

  test('has each key named that has no counterpart, on one line', () => {
    const hostile = `a\n\u001b[2Jb${'x'.repeat(1000)}`;
    const { remarks } = migrated({ slots: {}, ['__proto__']: 1, [hostile]: 1, irc_port: 6667 });
    expect(remarks).toEqual([
      'slots: has no counterpart; left out',
      expect.stringMatching(/^__proto__: /) as string,
      expect.stringMatching(/^a \[2Jbx{94}: has no counterpart; left out$/) as string,
      'irc_port: 6667 is without TLS, as before; most networks have 6697',
      expect.stringMatching(/^the folder html, where the page was, stays as it is/) as string,
      expect.stringMatching(/^changes to the HTML, styles and scripts/) as string,
    ]);
  });

  test('may name no database', () => {
    const { database, remarks } = migrated({ db_filename: undefined });
    expect(database).toBeUndefined();
    expect(remarks).toEqual(['db_filename: there is none, so no data is imported']);
  });

  test.each([
    [{ irc_server: undefined }, 'irc_server: expected the name of a server such as irc.oftc.net'],
    [{ irc_server: 'irc.oftc.net\nnick: x' }, 'irc_server: expected the name of a server'],
    [{ irc_nick: ['ptgbot'] }, 'irc_nick: expected a nick such as ptgbot'],
    [{ irc_nick: undefined }, 'irc_nick: expected a nick such as ptgbot'],
    [{ irc_port: [6697] }, 'irc_port: expected a port from 1 to 65535'],
    [{ irc_port: '6697 ' }, 'irc_port: expected a port from 1 to 65535'],
    [{ irc_port: 65536 }, 'irc_port: expected a port from 1 to 65535'],
    [{ irc_channel: 7 }, 'irc_channel: expected a channel such as "#openinfra-events"'],
    [{ irc_channel: '#a,#b' }, 'irc_channel: expected a channel such as "#openinfra-events"'],
    [{ irc_pass: { a: 1 } }, 'irc_pass: expected some text'],
    [{ irc_pass: 'a\nb' }, 'irc_pass: expected some text on one line'],
    [{ db_filename: 'a\0b' }, 'db_filename: expected the path of the database, on one line'],
    [{ db_filename: {} }, 'db_filename: expected the path of the database, on one line'],
  ])('with %j is refused: %s', (more, complaint) => {
    expect(() => migrated(more)).toThrow(`config.json: ${complaint}`);
  });

  test.each([[[]], [null], ['text'], [7]])('that is %j is refused', (json) => {
    expect(() => migratedConfig(json, 'config.json', 'x')).toThrow(
      'config.json: expected an object with keys such as irc_server',
    );
  });
});
