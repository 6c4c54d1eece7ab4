import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { gitError } from './git.ts';

/** Resolves when git has ended. @throws {StorageError} with the end of its error output when it failed */
export function exitOf(child: ChildProcessWithoutNullStreams): Promise<void> {
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2000);
  });
  const exit = new Promise<void>((resolve, reject) => {
    child.on('error', (error) => reject(gitError(error)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(gitError(Object.assign(new Error(`git ended with ${code}`), { stderr })));
    });
  });
  // It may be rejected before anybody awaits it.
  exit.catch(() => undefined);
  return exit;
}
