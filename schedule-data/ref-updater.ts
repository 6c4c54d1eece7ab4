import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { gitError, startGit } from './git.ts';
import { StorageError } from './storage-error.ts';

/** Somebody else moved the branch since it was read: load it again and decide again. */
export class BranchMoved extends Error {
  override readonly name = 'BranchMoved';
}

/** How long a lock that another program holds is waited for, in milliseconds. */
const lockPatience = 3000;

/**
 * Moves one branch, through one long-lived `git update-ref --stdin`: it knows packed refs, respects
 * pushes, compares the old value, and frees its lock when we die.
 */
export class RefUpdater {
  readonly #gitdir: string;
  readonly #branch: string;
  #session: Session | undefined;

  constructor(gitdir: string, branch: string) {
    this.#gitdir = gitdir;
    this.#branch = branch;
  }

  /**
   * Moves the branch from one commit to another.
   * @throws {BranchMoved} when it is not at `from`
   * @throws {StorageError} when a lock stays, or git cannot write
   */
  async move(from: string, to: string): Promise<void> {
    const deadline = Date.now() + lockPatience;
    for (;;) {
      const refusal = await this.#try(from, to);
      if (refusal === undefined) return;
      if (/but expected|reference already exists|unable to resolve reference/.test(refusal))
        throw new BranchMoved();
      const isLocked = /Unable to create '.*\.lock'/.test(refusal);
      if (!isLocked) throw new StorageError(`nothing was saved: ${refusal}`);
      if (Date.now() > deadline)
        throw new StorageError(
          `nothing was saved: another program holds the lock of the branch (${this.#gitdir}/refs/heads/${this.#branch}.lock)`,
        );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Ends git; a later `move` starts it again. */
  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  /** What git says against it; undefined when it moved. */
  async #try(from: string, to: string): Promise<string | undefined> {
    this.#session ??= new Session(startGit('--git-dir', this.#gitdir, 'update-ref', '--stdin'));
    const refusal = await this.#session.transaction(
      `update refs/heads/${this.#branch} ${to} ${from}`,
    );
    // After a refusal git ends.
    if (refusal !== undefined) this.close();
    return refusal;
  }
}

/** A running `git update-ref --stdin`. */
class Session {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #ended: Promise<string>;

  constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    let complaint = '';
    process.stderr.on('data', (data) => (complaint += String(data)));
    // Writing to a git that has ended fails; #ended tells why it did.
    process.stdin.on('error', () => undefined);
    this.#ended = Promise.race([
      once(process, 'close').then(() => complaint.trim().split('\n')[0] || 'git ended'),
      once(process, 'error').then(([error]) => gitError(error as Error).message),
    ]);
    this.#ended.catch(() => undefined);
    this.#answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  }

  async transaction(command: string): Promise<string | undefined> {
    this.#process.stdin.write(`start\n${command}\nprepare\ncommit\n`);
    for (const expected of ['start: ok', 'prepare: ok', 'commit: ok']) {
      const answer = await this.#answers.next();
      if (answer.done || answer.value !== expected) return this.#ended;
    }
    return undefined;
  }

  close(): void {
    this.#process.stdin.end();
  }
}
