/** git in somebody's clone, as they have it: their name, their hooks, their signature. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gitError } from './git.ts';

/** Runs git in a folder and gives what it printed. @throws {StorageError} with git's own last words */
export async function gitInClone(folder: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', args, { cwd: folder });
    return stdout.trim();
  } catch (error) {
    throw gitError(error as NodeJS.ErrnoException & { stderr?: string });
  }
}
