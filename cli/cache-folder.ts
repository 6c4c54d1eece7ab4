import { homedir } from 'node:os';
import { join } from 'node:path';
import { mayWrite } from './may-write.ts';

/**
 * Where to keep what can be made again, when the configuration does not say: where systemd says, in
 * the folder of the program where that may be written, else in the user's cache (XDG).
 */
export function cacheFolder(
  project: string,
  { CACHE_DIRECTORY, XDG_CACHE_HOME }: NodeJS.ProcessEnv,
): string {
  const given = CACHE_DIRECTORY?.split(':')[0];
  if (given) return given;
  if (mayWrite(project)) return join(project, 'dist');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'ptgbot');
}
