/** A release as whoever installs it has it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { smallRepository, temporaryFolder } from '../../support/repository.ts';

const { folder, tarball } = inject('release');
let version: string;

beforeAll(() => {
  ({ version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
  });
});

test('holds no sources of pages, no tests and nothing that only its making needs', () => {
  const missing = [
    'astro.config.mjs',
    'ptgbot.ts',
    'test',
    'node_modules/astro',
    'node_modules/rolldown',
  ];
  for (const name of missing) expect(existsSync(join(folder, name)), name).toBe(false);
  for (const name of [
    'ptgbot.js',
    'guard.mjs',
    'renderer/server/entry.mjs',
    'deploy/systemd/ptgbot.service',
  ])
    expect(existsSync(join(folder, name)), name).toBe(true);
});

test('names no host that packages come from', () => {
  const lock = readFileSync(join(folder, 'npm-shrinkwrap.json'), 'utf8');
  expect(lock).not.toMatch(
    /"resolved"|https?:\/\/(?!(?:www\.)?(?:opencollective|github|patreon|paypal|tidelift|feross|buymeacoffee))/,
  );
});

describe('the command, installed by npm into somebody’s project', () => {
  test('tells its version, and renders pages of a repository', async () => {
    const project = temporaryFolder();
    writeFileSync(join(project, 'package.json'), '{}');
    execFileSync(
      'npm',
      ['install', '--omit=dev', '--ignore-scripts', '--loglevel=error', tarball],
      {
        cwd: project,
      },
    );
    const ptgbot = (...args: string[]) =>
      execFileSync('npx', ['--no-install', 'ptgbot', ...args], { cwd: project, encoding: 'utf8' });
    expect(ptgbot('--version').trim()).toBe(version);
    const repository = await smallRepository();
    expect(ptgbot('check', '--repository', repository)).toBe('no problems\n');
    ptgbot('render', '--repository', repository, '--out', 'www');
    expect(readFileSync(join(project, 'www/index.html'), 'utf8')).toContain('nova');
  });
});

test('code that is not writable ends no command with a stack trace', async () => {
  const home = temporaryFolder();
  const repository = join(home, 'data.git');
  cpSync(await smallRepository(), repository, { recursive: true });
  execFileSync('chown', ['-R', 'nobody', home]);
  const args = ['ptgbot.js', 'render', '--repository', repository, '--out', join(home, 'www')];
  const node = join(folder, 'node_modules/.bin/node');
  const { stderr, status } = spawnSync(
    'setpriv',
    ['--reuid=nobody', '--regid=nogroup', '--clear-groups', node, ...args],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: home } },
  );
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});
