/** The system's git, for what only it does well: creating, moving refs, packing. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
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
export type FailedGit = Omit<NodeJS.ErrnoException, 'code'> & {
  readonly code?: string | number | null;
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

/** More than any answer has; a remote may say as much as it likes. In characters. */
const mostPrinted = 16_000_000;

/** A service that may not (seccomp) does with the usual one. */
function trySetPriority(pid: number, priority: number): void {
  try {
    setPriority(pid, priority);
  } catch (error) {
    const { code, info } = error as NodeJS.ErrnoException & { info?: NodeJS.ErrnoException };
    if (!['EPERM', 'EACCES'].includes(info?.code ?? code ?? '')) throw error;
  }
}

/**
 * Runs git and gives what it printed. When it takes too long, or is not wanted any more, it ends with all
 * that it started: an ssh would stay.
 * @throws {FailedGit}
 */
export async function runGit(
  args: readonly string[],
  { timeout, signal, priority, variables }: GitOptions,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const child = spawn('git', [...settings, ...args], {
    env: { ...environment(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group, which can be ended as a whole.
    detached: true,
  });
  if (priority !== undefined && child.pid !== undefined) trySetPriority(child.pid, priority);
  const tooLong = AbortSignal.timeout(timeout);
  const limit = signal ? AbortSignal.any([signal, tooLong]) : tooLong;
  // Not SIGKILL: git would leave its locks.
  const end = () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    process.kill(-child.pid, 'SIGTERM');
    // What does not end does not hold us.
    for (const stream of [child.stdout, child.stderr]) stream.destroy();
  };
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    const printed = { text: '' };
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed.text += text;
      if (printed.text.length > mostPrinted) end();
    });
    return printed;
  }) as [{ text: string }, { text: string }];
  if (limit.aborted) end();
  limit.addEventListener('abort', end, { once: true });
  try {
    const [code, how] = (await once(child, 'close')) as [number | null, string | null];
    if (code === 0) return { stdout: stdout.text.trim(), stderr: stderr.text };
    throw Object.assign(new Error(`git ended with ${code ?? how}`), {
      code,
      killed: tooLong.aborted,
      stdout: stdout.text,
      stderr: stderr.text,
    });
  } finally {
    limit.removeEventListener('abort', end);
  }
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
