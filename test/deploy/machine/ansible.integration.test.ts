/** The Ansible role sets up this machine, changes it and clears it; looked at from outside. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import {
  canRead,
  channel,
  streamTellsOf,
  takeMachine,
  topicReachesPage,
  webServerIsStrict,
  type TakenMachine,
} from '../../support/deployment.ts';
import { releaseAs, versionOfRelease } from '../../support/release.ts';
import { temporaryFolder } from '../../support/repository.ts';
import { eventually } from '../../support/service.ts';

const roles = join(import.meta.dirname, '../../../deploy/ansible');
const page = 'http://localhost/';
const secrets = {
  ptgbot_irc_password: 'sesame of the channel',
  ptgbot_webhook_secret: 'sesame of the webhook',
};

let machine: TakenMachine;
let server: TakenMachine['server'];
let person: TakenMachine['person'];
let release: string;

beforeAll(async () => {
  machine = await takeMachine();
  ({ server, person } = machine);
  release = inject('release').tarball;
});

afterAll(() => machine?.giveBack());

const typical = () => ({
  ptgbot_source: release,
  ptgbot_network: server.host,
  ptgbot_channel: channel,
  ptgbot_server_name: 'localhost',
  ptgbot_settings: { irc: { port: server.port, tls: false, rate: { intervalSeconds: 0 } } },
  ...secrets,
});

/** Runs the role, while people on IRC answer their server; says how much it changed. */
async function play(variables: object, ...options: string[]) {
  const folder = temporaryFolder();
  const playbook = [
    { hosts: 'localhost', gather_subset: ['min', 'service_mgr'], roles: ['ptgbot'] },
  ];
  writeFileSync(join(folder, 'playbook.yaml'), stringify(playbook));
  // As a vault would: secrets in a command line are seen by all.
  writeFileSync(join(folder, 'variables.yaml'), stringify(variables));
  const { stdout, stderr } = await promisify(execFile)(
    'ansible-playbook',
    [
      ...['--connection=local', '--inventory=localhost,', '--extra-vars=@variables.yaml'],
      ...options,
      'playbook.yaml',
    ],
    {
      cwd: folder,
      maxBuffer: 1e8,
      env: { ...process.env, ANSIBLE_ROLES_PATH: roles, ANSIBLE_PIPELINING: '1' },
    },
  );
  const output = stdout + stderr;
  return { output, changed: Number(/ changed=(\d+)/.exec(output)?.[1]) };
}

/** Names of the tasks that changed something. */
const changes = (output: string) =>
  [
    ...output.matchAll(
      /^(?:TASK|RUNNING HANDLER) \[ptgbot : ([^\]]+)\] \*+\n((?:(?!TASK|RUNNING).*\n)*)/gm,
    ),
  ]
    .filter(([, , results]) => results!.includes('changed: '))
    .map(([, name]) => name);

test('the role is as ansible-lint wants it in production', () => {
  const { status, stdout } = spawnSync(
    'ansible-lint',
    ['--offline', '--profile=production', 'ptgbot', 'example/playbook.yaml'],
    { cwd: roles, encoding: 'utf8' },
  );
  expect(status, stdout).toBe(0);
});

test('from nothing, the bot joins and Apache serves its pages; nobody learns a secret', async () => {
  const { output } = await play(typical(), '-vvv');
  await person.waitFor(/^:ptgbot!\S+ JOIN /, 60);
  await topicReachesPage(person, page, 'how machines are set up');
  await streamTellsOf(person, page, 'what streams tell');
  await webServerIsStrict(page);

  for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
  const password = '/etc/ptgbot/credentials/irc-password';
  expect(readFileSync(password, 'utf8')).toBe(`${secrets.ptgbot_irc_password}\n`);
  expect(canRead('ptgbot', password)).toBe(true);
  for (const file of [password, '/etc/ptgbot/ptgbot.yaml', '/var/lib/ptgbot/people.git/HEAD'])
    expect(canRead('nobody', file)).toBe(false);
  expect(canRead('nobody', '/var/www/ptgbot/index.html')).toBe(true);
});

test('again, it changes nothing', async () => {
  expect(await play(typical())).toMatchObject({ changed: 0 });
});

test('another configuration is written, and the service restarted; --check only tells so', async () => {
  const variables = { ...typical(), ptgbot_receipts: true };
  expect(changes((await play(variables, '--check')).output)).toEqual(['Write ptgbot.yaml']);
  expect(changes((await play(variables)).output)).toEqual([
    'Write ptgbot.yaml',
    'Stop it',
    'Start it',
  ]);
  await person.waitFor(/^:ptgbot!\S+ JOIN /, 60);
  person.say(channel, '#nova now what receipts are for');
  await person.hears('ptgbot', /The page shows it/);
});

test('another release becomes the current one, and the one before comes back', async () => {
  const current = () => readlinkSync('/opt/ptgbot/current');
  const older = releaseAs('0.0.1', release, temporaryFolder());
  await play({ ...typical(), ptgbot_source: older });
  expect(current()).toBe('/opt/ptgbot/releases/0.0.1');
  await person.waitFor(/^:ptgbot!\S+ JOIN /, 60);
  await play({ ...typical(), ptgbot_source: '', ptgbot_version: versionOfRelease(release) });
  expect(current()).toBe(`/opt/ptgbot/releases/${versionOfRelease(release)}`);
  await person.waitFor(/^:ptgbot!\S+ JOIN /, 60);
  await topicReachesPage(person, page, 'what rolled back');
});

test('removed, only its data and the user that owns it are left', async () => {
  await play({ ptgbot_state: 'absent' });
  await person.waitFor(/^:ptgbot!\S+ (QUIT|PART) /);
  for (const path of ['/opt/ptgbot', '/etc/ptgbot', '/var/www/ptgbot', '/usr/local/bin/ptgbot'])
    expect(existsSync(path), path).toBe(false);
  await eventually(async () => expect((await fetch(`${page}revision.json`)).status).toBe(404));
  const { stdout } = spawnSync(
    'git',
    [
      '-c',
      'safe.directory=*',
      '-C',
      '/var/lib/ptgbot/schedule-data.git',
      'log',
      '--format=%s',
      'main',
    ],
    { encoding: 'utf8' },
  );
  expect(stdout).toContain('what rolled back');
});
