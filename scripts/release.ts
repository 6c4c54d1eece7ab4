/**
 * `npm run release`: makes `dist/ptgbot-VERSION.tgz`, which holds the program in few files of JavaScript,
 * with the parts of its libraries that it uses (whole, they take 9 MB more memory, and 0.3 s more to start),
 * and its pages compiled. To install it: unpack it, then `npm ci --omit=dev` in its folder, which brings
 * Node.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
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

const compiledIntoPages = ['astro', 'idiomorph', 'linkify-it', 'uqr'];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const modules = await bundleProgram();
for (const path of copied) cpSync(join(project, path), join(folder, path), { recursive: true });
cpSync(await compileSite(), join(folder, 'renderer'), { recursive: true });
writeFileSync(join(folder, 'guard.mjs'), await bundleGuard());
writeFileSync(join(folder, 'THIRD-PARTY-LICENSES'), licenses(modules));
writePackage();
const [packed] = JSON.parse(run('npm', 'pack', '--json', '--pack-destination', dist, folder)) as [
  { filename: string },
];
console.log(join('dist', packed.filename));

/** Not made smaller, so that a stack trace can be read. Resolves to the files that went into it. */
async function bundleProgram(): Promise<string[]> {
  const { output } = await build({
    input: join(project, 'ptgbot.ts'),
    platform: 'node',
    logLevel: 'warn',
    // Only sources are compiled, and bundled, by these.
    external: /^(?:astro|rolldown)\b/,
    output: { dir: folder, chunkFileNames: 'chunks/[name].js' },
  });
  return output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
}

/** What the authors of all that is in it want to be said. */
function licenses(files: readonly string[]): string {
  const packages = new Set([
    ...files.flatMap((file) => /.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []),
    ...compiledIntoPages.map((name) => join(project, 'node_modules', name)),
  ]);
  return [...packages]
    .sort()
    .map((path) => {
      const { name, version, license } = JSON.parse(
        readFileSync(join(path, 'package.json'), 'utf8'),
      ) as Record<string, string>;
      const texts = globSync('{licen[cs]e,LICEN[CS]E,NOTICE,copying,COPYING}*', { cwd: path });
      return [
        `${name} ${version}: ${license}`,
        ...texts.map((text) => readFileSync(join(path, text), 'utf8').trim()),
      ].join('\n\n');
    })
    .join('\n\n----\n\n');
}

/** Its own description: Node, in the version that was tested. */
function writePackage(): void {
  const {
    dependencies: _,
    devDependencies: __,
    scripts: ___,
    private: ____,
    ...rest
  } = json('package.json');
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
