/** The system's git, for what only it does well: creating, moving refs, packing. */
import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { constants, setPriority } from 'node:os';
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
const packTimeout = 30 * 60_000;

/** Packs are on the disk before the files that they replace are removed. */
const packSettings = ['core.fsync=all', 'pack.threads=1', 'gc.autoDetach=false'].flatMap(
  (setting) => ['-c', setting],
);

/** Runs git and gives what it printed. @throws {StorageError} with git's own last words */
export function git(...args: string[]): Promise<string> {
  return gitWithin(answerTimeout, ...args);
}

/**
 * Runs git, and ends it when it takes longer than so many milliseconds.
 * @throws {StorageError} with git's own last words
 */
export async function gitWithin(timeout: number, ...args: string[]): Promise<string> {
  return answerOf(args, { timeout });
}

/** Runs a git that packs, for somebody who waits. @throws {StorageError} with git's own last words */
export async function gitThatPacks(...args: string[]): Promise<void> {
  await answerOf([...packSettings, ...args], { timeout: packTimeout });
}

/** Runs a git that packs, when nobody else needs the processor. @throws {StorageError} */
export async function gitInBackground(...args: string[]): Promise<void> {
  const options = { timeout: packTimeout, priority: constants.priority.PRIORITY_LOW };
  await answerOf([...packSettings, ...args], options);
}

async function answerOf(args: readonly string[], options: GitOptions): Promise<string> {
  try {
    return (await runGit(args, options)).stdout;
  } catch (error) {
    if ((error as FailedGit).killed)
      // The cause names the command; where the repository is on the disk is not for the channel.
      throw new StorageError(`git did not answer within ${options.timeout / 1000} s`, {
        cause: error,
      });
    throw gitError(error as FailedGit);
  }
}

/** What Node tells of a git that failed: whether it was ended by us, and all that it printed. */
export type FailedGit = NodeJS.ErrnoException & {
  readonly killed?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
};

interface GitOptions {
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** Of the process, from -20 to 19. */
  readonly priority?: number;
  /** Variables that it sees besides ours. */
  readonly variables?: NodeJS.ProcessEnv;
}

/** Runs git and gives what it printed. @throws {FailedGit} */
export async function runGit(
  args: readonly string[],
  { variables, priority, ...options }: GitOptions,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const running = promisify(execFile)('git', [...settings, ...args], {
    ...options,
    env: { ...environment(), ...variables },
    // Not SIGKILL: git would leave its locks.
    killSignal: 'SIGTERM',
  });
  const { pid } = running.child;
  if (priority !== undefined && pid !== undefined) setPriority(pid, priority);
  const { stdout, stderr } = await running;
  return { stdout: stdout.trim(), stderr };
}

/** Starts a git that stays, and is spoken to through its standard input. */
export function startGit(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn('git', [...settings, ...args], { env: environment() });
}

export function gitError(error: FailedGit): StorageError {
  if (error.code === 'ENOENT')
    return new StorageError('git is missing: install it (apt-get install git), 2.30 or later', {
      cause: error,
    });
  const words = error.stderr?.trim().split('\n').at(-1) || error.message;
  return new StorageError(words, { cause: error });
}
