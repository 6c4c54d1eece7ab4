import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Logger } from 'pino';
import { replaceFile } from '../../schedule-data/git/replace-file.ts';
import { project, repositoryOf, type Config } from '../config.ts';
import { hookScript, isOurs } from '../guard/hook-script.ts';
import { compileCache } from './node-flags.ts';

/**
 * Has our own repository answer pushes, as the configuration says: writes the `update` hook, for the
 * paths of today, or removes it. A hook of somebody else stays. Without a hook all goes on, so what
 * fails is only said.
 */
export async function keepHook(config: Config, logger: Logger): Promise<void> {
  const { gitdir, branch } = repositoryOf(config);
  // Hooks run in the folder of the repository.
  const folder = resolve(gitdir, 'hooks');
  const hook = join(folder, 'update');
  const program = join(folder, 'ptgbot-guard.mjs');
  try {
    const present = await textIn(hook);
    if (present !== undefined && !isOurs(present)) {
      if (config.data.hook) logger.info({ hook }, 'pushes are not checked: this hook is not ours');
      return;
    }
    if (!config.data.hook) {
      await rm(hook, { force: true });
      await rm(program, { force: true });
      return;
    }
    await mkdir(folder, { recursive: true });
    await replaceFile(program, await bundle());
    const node = process.execPath;
    const script = hookScript({
      branch,
      node,
      program,
      compileCache: compileCache(config),
      page: config.site.url,
    });
    if (script === present) return;
    await replaceFile(hook, script, { mode: 0o755 });
    logger.info({ hook }, 'pushes are checked');
  } catch (error) {
    logger.warn({ err: error }, 'pushes are not checked: the hook could not be kept');
  }
}

/** As a release brings it along; else made in a process of its own: the bundler would stay in our memory. */
async function bundle(): Promise<string> {
  const released = await textIn(resolve(project, 'guard.mjs'));
  if (released !== undefined) return released;
  const bundler = resolve(project, 'cli/guard/bundle.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [bundler], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

async function textIn(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
