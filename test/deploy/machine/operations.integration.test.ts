/** What docs/operations.md tells the person on call to type, typed. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { Clone, git, smallRepository, temporaryFolder } from '../../support/repository.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');

/** The commands of a section, block by block. */
function blocksOf(heading: string): string[] {
  const section = page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  return (section.match(/(?:^ {4}.*\n)+/gm) ?? []).map((block) => block.replaceAll(/^ {4}/gm, ''));
}

/** A machine as the page describes it, below a folder. */
class Machine {
  readonly root = temporaryFolder();
  readonly #programs = join(this.root, 'usr/local/bin');

  constructor() {
    const folders = [
      'var/lib/ptgbot',
      'var/www',
      'etc/ptgbot',
      'opt/ptgbot/releases',
      'work',
      'usr/local/bin',
    ];
    for (const folder of folders) mkdirSync(join(this.root, folder), { recursive: true });
    const config = {
      data: { repository: this.path('/var/lib/ptgbot/schedule-data.git') },
      site: { output: this.path('/var/www/ptgbot') },
    };
    writeFileSync(this.path('/etc/ptgbot/ptgbot.yaml'), stringify(config));
    this.#program('systemctl', `echo "$@" >> ${this.path('/systemctl')}`);
    // Nobody else is there.
    this.#program('sudo', 'shift 2; exec "$@"');
    this.#program('chown', '');
    const shim = readFileSync(join(import.meta.dirname, '../../../deploy/ptgbot'), 'utf8');
    this.#program('ptgbot', this.#here(shim));
  }

  path(path: string): string {
    return join(this.root, path);
  }

  /** Runs commands of the page in a working folder; gives what they print. */
  run(commands: string): string {
    return execFileSync('sh', ['-e', '-u', '-c', this.#here(commands)], {
      cwd: this.path('work'),
      encoding: 'utf8',
      env: { ...process.env, PATH: `${this.#programs}:${process.env['PATH']}` },
    });
  }

  /** What systemctl was told, since it was last asked. */
  told(): string[] {
    const log = this.path('/systemctl');
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    writeFileSync(log, '');
    return lines;
  }

  #here(text: string): string {
    return text
      .replaceAll('ptgbot@ptg.example.org:', '')
      .replaceAll(/(?<![\w.])\/(?=(?:var|etc|opt)\/)/g, `${this.root}/`);
  }

  #program(name: string, script: string): void {
    const file = join(this.#programs, name);
    writeFileSync(file, script.startsWith('#!') ? script : `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
}

const release = inject('release');
let machine: Machine;

beforeAll(async () => {
  machine = new Machine();
  const repository = machine.path('/var/lib/ptgbot/schedule-data.git');
  execFileSync('cp', ['-a', await smallRepository(), repository]);
  new Clone(repository).push('tracks/nova.yaml', 'now: { topic: worth keeping }\n');
  execFileSync('cp', ['-a', release.folder, machine.path('/opt/ptgbot/releases/1.1.0')]);
  execFileSync('ln', [
    '-s',
    machine.path('/opt/ptgbot/releases/1.1.0'),
    machine.path('/opt/ptgbot/current'),
  ]);
});

test('upgrade, and back', () => {
  const [upgrade = ''] = blocksOf('Upgrade and roll back');
  execFileSync('cp', [release.tarball, machine.path('work/ptgbot-1.2.0.tgz')]);
  machine.run(upgrade.replace('tar -xzf ', `tar -xzf ${machine.path('work')}/`));
  expect(readlinkSync(machine.path('/opt/ptgbot/current'))).toMatch(/1\.2\.0$/);
  expect(machine.run('ptgbot check').trim()).toBe('no problems');
  const link = upgrade.split('\n').find((line) => line.startsWith('ln '))!;
  machine.run(link.replaceAll('1.2.0', '1.1.0'));
  expect(machine.run('ptgbot check').trim()).toBe('no problems');
  expect(machine.told()).toEqual(['restart ptgbot']);
});

describe('back up and restore', () => {
  const [mirror = '', drill = '', restore = ''] = blocksOf('Back up and restore');

  test('the drill shows that the backup is whole', () => {
    machine.run(mirror);
    const said = machine.run(drill);
    expect(said).toContain('no problems');
    expect(readFileSync(machine.path('work/pages/index.html'), 'utf8')).toContain('worth keeping');
  });

  test('brings back all that was lost', () => {
    const repository = machine.path('/var/lib/ptgbot/schedule-data.git');
    const tip = git(repository, 'rev-parse', 'main');
    writeFileSync(join(repository, 'HEAD'), 'broken');
    machine.run(restore);
    expect(machine.told()).toEqual(['stop ptgbot', 'start ptgbot']);
    expect(git(repository, 'rev-parse', 'main')).toBe(tip);
    expect(machine.run('ptgbot check').trim()).toBe('no problems');
  });
});

test('a new event leaves the last one as files and as a tag', () => {
  const [archive = ''] = blocksOf('A new event');
  machine.run(archive);
  const index = machine.path('/var/www/archive/denver-2027/index.html');
  expect(readFileSync(index, 'utf8')).toContain('worth keeping');
  const repository = machine.path('/var/lib/ptgbot/schedule-data.git');
  expect(git(repository, 'rev-parse', 'denver-2027')).toBe(git(repository, 'rev-parse', 'main'));
});

test('every command of the page that ptgbot has is one of its commands', () => {
  const commands = machine.run('ptgbot help');
  const named = [...page.matchAll(/(?<=[`\n ])ptgbot ([a-z]+)/g)].map(([, name]) => name!);
  const called = named.filter((name) =>
    new RegExp(`ptgbot ${name}(?: --| [A-Z]|\`|$)`, 'm').test(page),
  );
  expect(called).toContain('doctor');
  for (const name of new Set(called)) expect(commands).toMatch(new RegExp(`^ +${name}\\b`, 'm'));
});
