import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const project = join(import.meta.dirname, '../..');

const run = (command: string, args: readonly string[], cwd = project) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A release of this checkout. */
export interface Release {
  readonly tarball: string;
  /** Where it is installed. */
  readonly folder: string;
}

/** Makes a release, and installs it as its users do; anybody may read the folder. */
export function makeRelease(): Release {
  const tarball = join(project, run(process.execPath, ['scripts/release.ts']).trim());
  const folder = mkdtempSync(join(tmpdir(), 'ptgbot-release-'));
  chmodSync(folder, 0o755);
  run('tar', ['--extract', '--file', tarball, '--strip-components=1'], folder);
  run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--loglevel=error'], folder);
  return { tarball, folder };
}

/** The same release under another version, as if it were an older or a newer one; in an empty folder. */
export function releaseAs(version: string, tarball: string, folder: string): string {
  run('tar', ['-xzf', tarball, '-C', folder]);
  for (const name of ['package.json', 'npm-shrinkwrap.json']) {
    const file = join(folder, 'package', name);
    const description = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...description, version }));
  }
  const made = join(folder, `ptgbot-${version}.tgz`);
  run('tar', ['-czf', made, '-C', folder, 'package']);
  return made;
}

/** `1.2.0` of `ptgbot-1.2.0.tgz`. */
export const versionOfRelease = (tarball: string) =>
  basename(tarball, '.tgz').replace('ptgbot-', '');
