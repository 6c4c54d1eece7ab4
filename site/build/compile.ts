/**
 * build/ has Astro compile the pages, for the service and as `astro build`. It never runs while
 * somebody waits for a command. This file: compiling them once for the same sources.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { chmod, glob, mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { compileOnly } from './integration.ts';

const project = dirname(findPackageJSON(import.meta.url)!);
/** What a release brings along. */
const released = join(project, 'renderer');
const ownCache = join(project, 'dist');
const published = join(project, 'site', 'published');
const minutes = 60_000;

/**
 * Compiles the site into a renderer, or finds the one that was compiled from the same sources.
 * Resolves to its folder, for `loadRenderer`. The compiler needs much memory for two seconds, so
 * it is a process of its own. Throws with the compiler's words when the site doesn't compile.
 * @param cache a folder to keep it in
 */
export async function compileSite(cache = ownCache): Promise<string> {
  if (existsSync(released)) return released;
  const hash = await sourceHash();
  const found = [ownCache, cache].map((folder) => join(folder, 'renderer', hash)).find(existsSync);
  return found ?? compileInto(join(cache, 'renderer'), hash);
}

async function compileInto(cache: string, hash: string): Promise<string> {
  const directory = join(cache, hash);
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(join(cache, 'unfinished-'));
  try {
    await runCompiler(aside);
    // Who installs it and who runs it may be two users.
    await chmod(aside, 0o755);
    await rename(aside, directory).catch((error: unknown) => {
      // Somebody else compiled the same sources at the same time.
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  await removeOthers(cache, directory);
  return directory;
}

async function runCompiler(outDir: string): Promise<void> {
  const astro = join(
    createRequire(import.meta.url).resolve('astro/package.json'),
    '../bin/astro.mjs',
  );
  const environment = {
    ...process.env,
    // Test runners say "test" here, which is for other code than that of production.
    NODE_ENV: 'production',
    ASTRO_TELEMETRY_DISABLED: '1',
    [compileOnly]: '1',
  };
  try {
    await promisify(execFile)(
      process.execPath,
      [astro, 'build', '--root', project, '--outDir', outDir],
      { cwd: project, env: environment, maxBuffer: 16 * 1024 * 1024 },
    );
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The site does not compile.\n${stderr}${stdout}`.trim(), { cause: error });
  }
}

/** Names everything that has a say in what the compiler makes. */
async function sourceHash(): Promise<string> {
  const patterns = [
    'site/**/*',
    'schedule-data/**/*.ts',
    // The page of help is made from the commands.
    'bot/**/*.ts',
    'astro.config.mjs',
    'package-lock.json',
  ];
  const paths: string[] = [];
  for await (const file of glob(patterns, { cwd: project, withFileTypes: true }))
    if (file.isFile() && !file.parentPath.startsWith(published))
      paths.push(join(file.parentPath, file.name));
  const hash = createHash('sha256').update(process.version);
  for (const path of paths.sort()) {
    const content = await readFile(path);
    hash.update(`\0${path.slice(project.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 24);
}

/** Renderers of older sources; unfinished ones only when nobody can be working on them any more. */
async function removeOthers(cache: string, current: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (path === current) continue;
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
    if (Date.now() - mtimeMs > 10 * minutes) await rm(path, { recursive: true, force: true });
  }
}
