/** The Puppet module, applied to this machine: from nothing to a page that others read, and back. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse, stringify } from 'yaml';
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

const modules = join(import.meta.dirname, '../../../deploy/puppet');
const secret = 'sesame, open';
const page = 'http://localhost/';

let machine: TakenMachine;
let server: TakenMachine['server'];
let person: TakenMachine['person'];
let release: string;
let folder: string;
let basic: Record<string, unknown>;

beforeAll(async () => {
  machine = await takeMachine();
  ({ server, person } = machine);
  folder = temporaryFolder();
  release = inject('release').tarball;
  basic = {
    source: release,
    checksum: createHash('sha256').update(readFileSync(release)).digest('hex'),
    // npm is there, and brought by Debian's package or by that of NodeSource.
    packages: ['curl', 'git'],
    network: server.host,
    channel,
    server_name: 'localhost',
    irc_password: secret,
    settings: { irc: { port: server.port, tls: false, rate: { intervalSeconds: 0 } } },
  };
});

afterAll(() => machine?.giveBack());

/** Applies the class with these parameters beside the basic ones, given as Hiera gives them. */
function apply(
  parameters: Record<string, unknown> = {},
  { options = [], facts = {} }: { options?: string[]; facts?: Record<string, string> } = {},
) {
  const hiera = join(folder, 'hiera.yaml');
  const paths = [{ name: 'all', path: 'all.yaml' }];
  const defaults = { datadir: folder, data_hash: 'yaml_data' };
  writeFileSync(hiera, stringify({ version: 5, defaults, hierarchy: paths }));
  const given = Object.entries({ ...basic, ...parameters });
  const data = Object.fromEntries(given.map(([name, value]) => [`ptgbot::${name}`, value]));
  writeFileSync(join(folder, 'all.yaml'), stringify(data));
  const { status, stdout, stderr } = spawnSync(
    'puppet',
    [
      ...['apply', '--execute', 'include ptgbot', '--detailed-exitcodes', '--show_diff'],
      ...['--strict=error', '--strict_variables', '--color=false', '--hiera_config', hiera],
      ...['--modulepath', `${modules}:/usr/share/puppet/modules`],
      ...['--confdir', join(folder, 'conf'), '--vardir', join(folder, 'var'), ...options],
    ],
    { encoding: 'utf8', env: { ...process.env, ...facts } },
  );
  return { status, output: stdout + stderr };
}

/** The resources on which the last run acted. */
function acted(): string[] {
  const report = readFileSync(join(folder, 'var/state/last_run_report.yaml'), 'utf8');
  const { resource_statuses } = parse(report, { logLevel: 'error' }) as {
    resource_statuses: Record<string, { changed: boolean; restarted?: boolean }>;
  };
  return Object.entries(resource_statuses)
    .filter(([, { changed, restarted }]) => changed || restarted)
    .map(([name]) => name)
    .sort();
}

const joined = () => person.waitFor(/:ptgbot!\S+ JOIN/, 30);
const pidOf = (file: string) => readFileSync(file, 'utf8').trim();
const nothing = { status: 0, output: expect.not.stringContaining('Error: /Stage') as string };
const something = { ...nothing, status: 2 };
const version = () => execFileSync('ptgbot', ['--version'], { encoding: 'utf8' }).trim();

describe('from nothing', () => {
  let output: string;
  beforeAll(async () => {
    const applied = apply();
    expect(applied).toEqual(something);
    ({ output } = applied);
    await joined();
  });

  test('the bot hears in the channel what Apache shows under its name', async () => {
    await topicReachesPage(person, page, 'what Puppet set up');
    expect(await (await fetch('http://127.0.0.1/')).text()).not.toContain('what Puppet set up');
  });

  test('open pages are told through Apache', () => streamTellsOf(person, page, 'the stream'));

  test('the server sends our headers, and hides what is nobody’s business', () =>
    webServerIsStrict(page));

  test('assets are kept for long', async () => {
    const [asset] = /\/assets\/site\.[\w-]+\.js/.exec(await (await fetch(page)).text())!;
    const { headers } = await fetch(new URL(asset, page));
    expect(headers.get('Cache-Control')).toContain('immutable');
  });

  test('the service runs as a user of its own, who cannot write the code', () => {
    const pid = pidOf('/run/ptgbot.pid');
    const user = execFileSync('ps', ['-o', 'user=', '-p', pid], { encoding: 'utf8' }).trim();
    expect(user).toBe('ptgbot');
    const writable = execFileSync(
      'setpriv',
      [
        ...['--reuid=ptgbot', '--regid=ptgbot', '--clear-groups'],
        ...['find', '/opt/ptgbot', '/etc/ptgbot/ptgbot.yaml', '!', '-type', 'l', '-writable'],
      ],
      { encoding: 'utf8' },
    );
    expect(writable).toBe('');
  });

  test('secrets are for the service alone, and not in what Puppet says or keeps', () => {
    const file = '/etc/ptgbot/credentials/irc-password';
    expect(readFileSync(file, 'utf8')).toBe(`${secret}\n`);
    expect(canRead('ptgbot', file)).toBe(true);
    expect(canRead('nobody', file)).toBe(false);
    expect(canRead('nobody', '/etc/ptgbot/ptgbot.yaml')).toBe(false);
    expect(output).not.toContain(secret);
    const { stdout } = spawnSync('grep', ['-rl', secret, join(folder, 'var')], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });

  test('a second run changes nothing', () => {
    expect(apply()).toEqual(nothing);
  });
});

describe('changes', () => {
  test('of configuration and secrets restart the service and nothing else, and are not shown', async () => {
    const apache = pidOf('/run/apache2/apache2.pid');
    const { status, output } = apply({ receipts: true, irc_password: 'open, sesame' });
    expect(status).toBe(2);
    expect(output).not.toMatch(/sesame/);
    expect(acted()).toEqual([
      'File[/etc/ptgbot/credentials/irc-password]',
      'File[/etc/ptgbot/ptgbot.yaml]',
      'Service[ptgbot]',
    ]);
    expect(pidOf('/run/apache2/apache2.pid')).toBe(apache);
    await joined();
    await topicReachesPage(person, page, 'after a restart');
  });

  test('a mistake in the configuration is told, and what worked goes on', () => {
    const before = pidOf('/run/ptgbot.pid');
    const { status, output } = apply({ settings: { irc: { nicks: 'ptgbot' } } });
    expect(status).toBe(6);
    expect(output).toContain('unknown key irc.nicks; expected nick');
    expect(pidOf('/run/ptgbot.pid')).toBe(before);
    expect(readFileSync('/etc/ptgbot/ptgbot.yaml', 'utf8')).not.toContain('nicks');
  });

  test('another release takes over, and the one of before comes back without being fetched', async () => {
    expect(
      apply({ source: releaseAs('9.9.9', release, temporaryFolder()), checksum: undefined }),
    ).toEqual(something);
    expect(version()).toBe('9.9.9');
    await joined();
    await topicReachesPage(person, page, 'in the next release');

    // It could not be fetched.
    expect(apply({ source: `/nowhere/${basename(release)}` })).toEqual(something);
    expect(version()).toBe(versionOfRelease(release));
    expect(acted()).toEqual([
      'Exec[ptgbot: reload apache2]',
      'Exec[ptgbot: test apache2]',
      'File[/opt/ptgbot/current]',
      'Service[ptgbot]',
    ]);
    await joined();
    await topicReachesPage(person, page, 'in the release of before');
  });

  test('a tarball with another checksum is not installed, nor half of one', () => {
    const install = (...args: string[]) =>
      spawnSync('/opt/ptgbot/install-release', args, { encoding: 'utf8' });
    const { status, stdout } = install('0.0.1', 'tarball', release, '0'.repeat(64));
    expect(status).toBe(1);
    expect(stdout).toMatch(/FAILED/);
    const broken = join(folder, 'broken.tgz');
    writeFileSync(broken, readFileSync(release).subarray(0, 100_000));
    expect(install('0.0.1', 'tarball', broken).status).not.toBe(0);
    expect(readdirSync('/opt/ptgbot/releases')).toEqual([versionOfRelease(release), '9.9.9']);
  });

  test('one process becomes two', async () => {
    expect(apply({ mode: 'two' })).toEqual(something);
    expect(existsSync('/run/ptgbot.pid')).toBe(false);
    await joined();
    await topicReachesPage(person, page, 'from two processes');
  });
});

describe('for systemd', () => {
  test('units are those of the release, and hand over the secrets that there are', () => {
    const facts = { FACTER_service_provider: 'systemd' };
    // It does not run here: what there is to see are the files.
    const options = ['--tags', 'ptgbot::service::unit_file'];
    apply({ webhook_secret: 'a secret of the forge' }, { options, facts });
    const unit = '/etc/systemd/system/ptgbot.service';
    const shipped = '/opt/ptgbot/current/deploy/systemd/ptgbot.service';
    expect(readFileSync(unit, 'utf8')).toBe(readFileSync(shipped, 'utf8'));
    expect(readFileSync(`${unit}.d/credentials.conf`, 'utf8')).toContain(
      [
        '[Service]',
        'LoadCredential=irc-password:/etc/ptgbot/credentials/irc-password',
        'LoadCredential=webhook-secret:/etc/ptgbot/credentials/webhook-secret',
        '',
      ].join('\n'),
    );
    const { stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    expect(
      stderr
        .split('\n')
        .filter((line) => /ptgbot/.test(line) && !/man page|Documentation/.test(line)),
    ).toEqual([]);
  });
});

describe('removed', () => {
  test('all of it is gone but the data, which its user keeps', async () => {
    expect(apply({ ensure: 'absent' })).toEqual(something);
    await person.waitFor(/:ptgbot!\S+ (?:QUIT|PART)/);
    for (const path of [
      ...['/opt/ptgbot', '/etc/ptgbot', '/var/cache/ptgbot', '/var/www/ptgbot'],
      ...['/usr/local/bin/ptgbot', '/etc/apache2/sites-available/ptgbot.conf'],
      ...['/run/ptgbot-bot.pid', '/etc/logrotate.d/ptgbot-bot', '/var/log/ptgbot-bot.log'],
    ])
      expect(existsSync(path), path).toBe(false);
    expect(lstatSync('/etc/apache2/sites-enabled/ptgbot.conf', { throwIfNoEntry: false })).toBe(
      undefined,
    );
    const data = '/var/lib/ptgbot/schedule-data.git';
    const owner = Number(execFileSync('id', ['-u', 'ptgbot'], { encoding: 'utf8' }));
    expect(statSync(data).uid).toBe(owner);
    expect(await (await fetch(page)).text()).not.toContain('in the release of before');
    expect(apply({ ensure: 'absent' })).toEqual(nothing);
  });
});
