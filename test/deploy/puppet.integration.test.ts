/** The Puppet module as it stands there: valid, tidy, and its examples say what it understands. */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { temporaryFolder } from '../support/repository.ts';

const folder = join(import.meta.dirname, '../../deploy/puppet/ptgbot');
const modules = join(folder, '..');
const stdlib = '/usr/share/puppet/modules';
const files = (pattern: string) => globSync(join(folder, pattern)).sort();
const example = (name: string) => join(folder, 'examples', name);

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const quiet = { status: 0, stdout: '', stderr: '' };

test('manifests are valid, and puppet-lint has nothing to say', () => {
  expect(run('puppet', 'parser', 'validate', ...files('**/*.pp'))).toEqual(quiet);
  expect(run('puppet-lint', '--fail-on-warnings', folder)).toEqual(quiet);
});

test('templates are valid', () => {
  expect(run('puppet', 'epp', 'validate', ...files('templates/*.epp'))).toEqual(quiet);
});

test('scripts are valid', () => {
  expect(run('bash', '-n', ...files('files/*'))).toEqual(quiet);
});

test('every parameter is described, and every class and type', () => {
  for (const file of files('{manifests,types,functions}/**/*.pp')) {
    const text = readFileSync(file, 'utf8');
    expect(text, file).toMatch(/^# @summary /);
    const described = [...text.matchAll(/^# @param (\w+)$/gm)].map(([, name]) => name);
    const [head = ''] = /^(?:class|define|function) .*?\{\n/ms.exec(text) ?? [];
    const parameters = [...head.matchAll(/\$(\w+)(?=[ ,)]|$)/gm)].map(([, name]) => name);
    expect(described, file).toEqual(parameters.filter((name) => name !== 'facts'));
  }
});

test('metadata.json says for what it is', () => {
  const { operatingsystem_support, requirements, dependencies } = JSON.parse(
    readFileSync(join(folder, 'metadata.json'), 'utf8'),
  ) as Record<string, unknown>;
  expect(operatingsystem_support).toEqual([
    { operatingsystem: 'Debian', operatingsystemrelease: ['12', '13'] },
    { operatingsystem: 'Ubuntu', operatingsystemrelease: ['22.04', '24.04'] },
  ]);
  expect(requirements).toEqual([{ name: 'puppet', version_requirement: '>= 7.9.0 < 9.0.0' }]);
  expect(dependencies).toEqual([
    { name: 'puppetlabs/stdlib', version_requirement: '>= 8.0.0 < 10.0.0' },
  ]);
  // What Puppet itself reads of it.
  expect(run('puppet', 'module', 'list', '--modulepath', `${modules}:${stdlib}`)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('openinfra-ptgbot') as string,
    stderr: '',
  });
});

describe('examples, for a server with systemd,', () => {
  /** What Puppet would do there. */
  function compile(node: string, manifest: string, ...options: string[]): string {
    const { status, stdout, stderr } = spawnSync(
      'puppet',
      [
        ...['catalog', 'compile', node, '--certname', node, '--manifest', manifest],
        ...['--strict=error', '--modulepath', `${modules}:${stdlib}`],
        ...['--confdir', temporaryFolder(), '--vardir', temporaryFolder(), ...options],
      ],
      { encoding: 'utf8', env: { ...process.env, FACTER_service_provider: 'systemd' } },
    );
    expect(status, stderr).toBe(0);
    return stdout;
  }

  test('of a server of its own', () => {
    const catalog = compile('ptg.example.org', example('node.pp'));
    expect(catalog).toContain('"https://releases.example.org/ptgbot-1.2.0.tgz"');
    expect(catalog).toContain('/opt/ptgbot/current/deploy/systemd/ptgbot.service');
    expect(catalog).toContain('SSLCertificateFile');
  });

  test('of one among other bots', () => {
    const catalog = compile('bots.example.org', example('beside-others.pp'));
    expect(catalog).toContain('Define ptgbot_server http://127.0.0.1:8010');
    expect(catalog).toContain('"/opt/ptgbot/releases/1.2.0"');
  });

  test('of an infrastructure repository', () => {
    // The same data without the keys to it.
    const copy = temporaryFolder();
    cpSync(example('infrastructure'), copy, { recursive: true });
    const hiera = parse(readFileSync(join(copy, 'hiera.yaml'), 'utf8')) as {
      hierarchy: { name: string; path: string }[];
    };
    const hierarchy = hiera.hierarchy.map(({ name, path }) => ({ name, path }));
    const defaults = { datadir: 'data', data_hash: 'yaml_data' };
    writeFileSync(join(copy, 'hiera.yaml'), stringify({ ...hiera, defaults, hierarchy }));
    const manifest = join(copy, 'site.pp');
    writeFileSync(manifest, 'include profile::ptgbot\n');
    const catalog = compile(
      'ptg.example.org',
      manifest,
      ...['--hiera_config', join(copy, 'hiera.yaml')],
      ...['--modulepath', [modules, join(copy, 'site'), stdlib].join(':')],
    );
    expect(catalog).toContain('LoadCredential=irc-password:/etc/ptgbot/credentials/irc-password');
    expect(catalog).toContain('sshKnownHosts: \\"/etc/ptgbot/known_hosts\\"');
    expect(catalog).toContain('signIn: first');
  });
});
