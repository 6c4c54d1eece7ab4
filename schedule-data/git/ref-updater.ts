import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { gitError, startGit } from './git.ts';
import type { Repository } from './repository.ts';
import { StorageError } from './storage-error.ts';

/** Somebody else moved the branch after it was read: load it again and decide again. */
export class BranchMoved extends Error {
  override readonly name = 'BranchMoved';
}

/** How long to wait for a lock that another program holds, in milliseconds. */
const lockTimeout = 3000;
/** How long git may take for one transaction, including its own waiting for locks, in milliseconds. */
const transactionTimeout = 10_000;

/** The result of one try: git moved the branch, refused, or ended or hung without an answer. */
type Outcome =
  | { readonly kind: 'moved' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Moves one branch, through one long-lived `git update-ref --stdin`: it knows packed refs, takes the
 * locks that pushes take, compares the old value, and frees its lock when this process dies.
 */
export class RefUpdater {
  readonly #repository: Repository;
  readonly #tip: () => Promise<string | undefined>;
  #session: Session | undefined;

  /** @param tip tells where the branch is */
  constructor(repository: Repository, tip: () => Promise<string | undefined>) {
    this.#repository = repository;
    this.#tip = tip;
  }

  /**
   * Moves the branch from one commit to another.
   * @throws {BranchMoved} when it is not at `from`
   * @throws {StorageError} when a lock stays, or git cannot write
   */
  async move(from: string, to: string): Promise<void> {
    const deadline = Date.now() + lockTimeout;
    for (let unanswered = 0; ;) {
      const outcome = await this.#try(from, to);
      if (outcome.kind === 'moved') return;
      if (outcome.kind === 'no-answer') {
        // The branch may have moved all the same; if not, a new git is started once.
        const tip = await this.#tip();
        if (tip === to) return;
        if (tip !== from) throw new BranchMoved();
        if (++unanswered > 1) throw new StorageError('git does not answer');
        continue;
      }
      if (/but expected|reference already exists|unable to resolve reference/.test(outcome.why))
        throw new BranchMoved();
      if (!/Unable to create '.*\.lock': File exists/.test(outcome.why))
        throw new StorageError(outcome.why);
      if (Date.now() > deadline)
        throw new StorageError(
          `another program holds the lock of the branch (${this.#repository.gitdir}/refs/heads/${this.#repository.branch}.lock)`,
        );
      await setTimeout(50);
    }
  }

  /** Ends git; a later `move` starts it again. */
  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  async #try(from: string, to: string): Promise<Outcome> {
    this.#session ??= new Session(
      startGit('--git-dir', this.#repository.gitdir, 'update-ref', '--stdin'),
    );
    const outcome = await this.#session.transaction(
      `update refs/heads/${this.#repository.branch} ${to} ${from}`,
    );
    // After a refusal git ends.
    if (outcome.kind !== 'moved') this.close();
    return outcome;
  }
}

/** A running `git update-ref --stdin`. */
class Session {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #ended: Promise<Outcome>;

  constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    let errorOutput = '';
    process.stderr.on('data', (data) => (errorOutput += String(data)));
    // Writing to a git that has ended fails; #ended tells why it did.
    process.stdin.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      process.once('error', (error) => resolve({ kind: 'refused', why: gitError(error).message }));
      process.once('close', () => {
        const [why] = errorOutput.trim().split('\n');
        resolve(why ? { kind: 'refused', why } : { kind: 'no-answer' });
      });
    });
    this.#answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  }

  async transaction(command: string): Promise<Outcome> {
    const timeout = new AbortController();
    try {
      return await Promise.race([
        this.#dialogue(command),
        setTimeout(transactionTimeout, { kind: 'no-answer' } as const, timeout),
      ]);
    } finally {
      timeout.abort();
    }
  }

  async #dialogue(command: string): Promise<Outcome> {
    this.#process.stdin.write(`start\n${command}\nprepare\ncommit\n`);
    for (const expected of ['start: ok', 'prepare: ok', 'commit: ok']) {
      const answer = await this.#answers.next();
      if (answer.done || answer.value !== expected) return this.#ended;
    }
    return { kind: 'moved' };
  }

  close(): void {
    this.#process.stdin.end();
    // A git that hangs holds the lock; killing an idle one does no harm.
    this.#process.kill('SIGKILL');
  }
}
