/** The system's git, for what only it does well: creating, moving refs, packing. */
import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { promisify } from 'node:util';
import { StorageError } from './storage-error.ts';

/** No hook and no variable of the caller's git may change what we do; messages come in English. */
const settings = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsync=reference'];

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(?!CONFIG|TRACE|EXEC_PATH|SSH)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_DEFAULT_HASH: 'sha1',
    GIT_DEFAULT_REF_FORMAT: 'files',
  };
}

/** Far more than any question takes; packing a long history may take longer. In milliseconds. */
const answerTimeout = 60_000;
export const packTimeout = 30 * 60_000;

/** Runs git and gives what it printed. @throws {StorageError} with git's own last words */
export function git(...args: string[]): Promise<string> {
  return gitWithin(answerTimeout, ...args);
}

/**
 * Runs git, and ends it when it takes longer than so many milliseconds.
 * @throws {StorageError} with git's own last words
 */
export async function gitWithin(timeout: number, ...args: string[]): Promise<string> {
  try {
    const run = promisify(execFile);
    // Not SIGKILL: git would leave its locks.
    const options = { env: environment(), timeout, killSignal: 'SIGTERM' } as const;
    const { stdout } = await run('git', [...settings, ...args], options);
    return stdout.trim();
  } catch (error) {
    if ((error as { killed?: boolean }).killed)
      // The cause names the command; where the repository is on the disk is not for the channel.
      throw new StorageError(`git did not answer within ${timeout / 1000} s`, { cause: error });
    throw gitError(error as NodeJS.ErrnoException & { stderr?: string });
  }
}

/** Starts a git that stays, and is spoken to through its standard input. */
export function startGit(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn('git', [...settings, ...args], { env: environment() });
}

export function gitError(error: NodeJS.ErrnoException & { stderr?: string }): StorageError {
  if (error.code === 'ENOENT')
    return new StorageError('git is missing: install it (apt-get install git), 2.30 or later', {
      cause: error,
    });
  const words = error.stderr?.trim().split('\n').at(-1) || error.message;
  return new StorageError(words, { cause: error });
}
