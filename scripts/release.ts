/**
 * `npm run release`: makes `dist/ptgbot-VERSION.tgz`, which holds the program as plain JavaScript with
 * its pages compiled. To install it: unpack it, then `npm ci --omit=dev` in its folder.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleGuard } from '../cli/guard/bundle.ts';
import { compileSite } from '../site/build/compile.ts';
import { versionOf } from './version.ts';

const project = join(import.meta.dirname, '..');
const dist = join(project, 'dist');
const folder = join(dist, 'release');
/** What goes into it as it is. */
const copied = [
  'cli/launch.mjs',
  'schedule-data/example',
  'deploy',
  'docs',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
run('node', 'node_modules/typescript/bin/tsc', '--project', 'tsconfig.release.json');
for (const path of copied) cpSync(join(project, path), join(folder, path), { recursive: true });
cpSync(await compileSite(), join(folder, 'renderer'), { recursive: true });
writeFileSync(join(folder, 'guard.mjs'), await bundleGuard());
writePackage();
const [packed] = JSON.parse(run('npm', 'pack', '--json', '--pack-destination', dist, folder)) as [
  { filename: string },
];
console.log(join('dist', packed.filename));

/** Its own description: what it needs when it runs, locked to the versions that were tested. */
function writePackage(): void {
  const { devDependencies: _, scripts: __, private: ___, ...rest } = json('package.json');
  const version = versionOf(String(rest.version), gitDescription());
  write('package.json', { ...rest, version });
  write('package-lock.json', json('package-lock.json'));
  // Takes out what only the making of it needed.
  run('npm', 'install', '--prefix', folder, '--package-lock-only', '--ignore-scripts');
  run('npm', 'shrinkwrap', '--prefix', folder);
}

/** `v1.2.0-14-g0520e93`, or only the commit where there is no tag yet; undefined outside of git. */
function gitDescription(): string | undefined {
  try {
    return run('git', 'describe', '--tags', '--match', 'v[0-9]*', '--always').trim();
  } catch {
    return undefined;
  }
}

function json(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(project, name), 'utf8')) as Record<string, unknown>;
}

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, undefined, 2)}\n`);
}

function run(command: string, ...args: string[]): string {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: [...stdio] });
}
