/** Moving over from the Python ptgbot, as a person does it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ptgbot } from '../support/command-line.ts';
import { git, temporaryFolder } from '../support/repository.ts';

const config = {
  irc_nick: 'ptgbot',
  irc_pass: 'sesame',
  irc_server: 'irc.oftc.net',
  irc_port: 6697,
  irc_channel: '#openinfra-events',
  db_filename: 'html/ptg.json',
  source_dir: 'html',
};

const database = {
  eventid: 'DEN-ptg',
  tracks: ['nova', 'cinder'],
  slots: { Monday: [{ name: 'MonA1', desc: '09:00-10:45' }] },
  schedule: { Aspen: { MonA1: 'nova' } },
  now: { nova: 'cells' },
  subscriptions: { ada: 'cells' },
};

/** An installation of the Python ptgbot, in a folder beside which ours is to be. */
function installation(settings: unknown = config): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'old/html'), { recursive: true });
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  writeFileSync(join(folder, 'old/config.json'), text);
  writeFileSync(join(folder, 'old/html/ptg.json'), JSON.stringify(database));
  return folder;
}

const call = ['migrate', 'old/config.json'];
const event = ['--start-date', '2018-09-10', '--timezone', 'America/Denver', '--name', 'Denver'];

test('makes a configuration and the data, with which everything else runs', () => {
  const folder = installation();
  const { status, stdout } = ptgbot(folder, [...call, ...event]);
  expect(status).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines[0]).toBe('source_dir: has no counterpart; left out');
  expect(stdout).toContain('imported 2 tracks, 1 room and 1 day into the new repository');
  expect(lines.slice(-4)).toEqual([
    'wrote ptgbot.yaml; now:',
    expect.stringMatching(/^1\. put the password .* irc-password, or .* PTGBOT_IRC_PASSWORD/),
    expect.stringMatching(/^2\. .*: ptgbot check --config ptgbot\.yaml$/),
    expect.stringMatching(/^3\. .*: ptgbot start --config ptgbot\.yaml$/),
  ]);
  const text = readFileSync(join(folder, 'ptgbot.yaml'), 'utf8');
  expect(text + stdout).not.toContain('sesame');
  expect(parse(text)).toMatchObject({ irc: { tls: true, nickserv: {} } });

  expect(ptgbot(folder, ['check']).stdout).toBe('no problems\n');
  expect(ptgbot(folder, ['render', '--out', 'pages']).status).toBe(0);
  expect(readFileSync(join(folder, 'pages/index.html'), 'utf8')).toContain('cells');
  expect(existsSync(join(folder, 'people.git'))).toBe(true);
  // Only who signs in needs the password.
  expect(ptgbot(folder, ['bot'])).toMatchObject({
    status: 2,
    stderr:
      'ptgbot: irc.nickserv.password: expected a password, here or better as PTGBOT_IRC_PASSWORD\n',
  });

  expect(ptgbot(folder, call)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('ptgbot.yaml is there already, and stays as it is') as string,
  });
  expect(readFileSync(join(folder, 'ptgbot.yaml'), 'utf8')).toBe(text);
});

test('puts both where it is told to', () => {
  const folder = installation();
  mkdirSync(join(folder, 'etc'));
  const where = ['--config', 'etc/our bot.yaml', '--repository', 'var/data.git'];
  const { stdout } = ptgbot(folder, [...call, ...where]);
  expect(stdout).toContain(`ptgbot check --config 'etc/our bot.yaml'`);
  expect(parse(readFileSync(join(folder, 'etc/our bot.yaml'), 'utf8'))).toMatchObject({
    data: { repository: join(folder, 'var/data.git') },
  });
  expect(git(join(folder, 'var/data.git'), 'log', '--format=%s', 'main')).toBe('Import DEN-ptg');
});

test.each([
  ['{ "irc_pass": "sesame"', [], 'old/config.json: expected the config.json of a Python ptgbot'],
  [{ ...config, irc_server: undefined }, [], 'old/config.json: irc_server: expected the name of'],
  [{ ...config, db_filename: 'absent.json' }, [], 'old/absent.json: expected the database that'],
  [{ ...config, db_filename: 'config.json' }, [], 'old/config.json: expected the JSON of a ptgbot'],
  [config, ['--timezone', 'Denver'], '--timezone: expected an IANA time zone'],
])('%j with %j is refused in one sentence, and nothing is written', (settings, more, complaint) => {
  const folder = installation(settings);
  const { status, stderr } = ptgbot(folder, [...call, ...more]);
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(complaint)]);
  expect(stderr).not.toContain('sesame');
  expect(status).toBe(2);
  expect(readdirSync(folder)).toEqual(['old']);
});

test.each([
  [['migrate'], 'expected: ptgbot migrate CONFIG'],
  [['migrate', 'absent.json'], 'absent.json cannot be read'],
])('%j is answered with what was expected', (args, complaint) => {
  expect(ptgbot(temporaryFolder(), args)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(complaint) as string,
  });
});
