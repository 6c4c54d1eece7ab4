import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const frontDoor = join(import.meta.dirname, '../../ptgbot.ts');

/** What Node compiled of it: most calls do little more than to start. */
const compileCache = join(import.meta.dirname, '../../node_modules/.cache/node');

/** Calls `ptgbot ARGS…` in a folder, as a person does. */
export function ptgbot(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [frontDoor, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...environment },
  });
  return { status, stdout, stderr };
}
