import { glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git, gitInBackground, gitThatPacks } from './git.ts';

/**
 * For how long nothing has to be committed before the repository is packed, in milliseconds, after so
 * many commits: each leaves three or four small files, which take 16 KB. On a busy day there may be no
 * quiet at all.
 */
export function quietBeforePacking(commits: number): number {
  if (commits < 100) return Infinity;
  if (commits < 500) return 60_000;
  return commits < 1000 ? 2000 : 0;
}

/** Has a repository packed: when it is quiet, and every now and then when it is not. */
export class Maintenance {
  readonly #pack: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  /** How many were made since it was packed; what was left before the start counts as enough. */
  #commits = 100;
  #timer: NodeJS.Timeout | undefined;
  #isPacking = false;

  constructor(pack: () => Promise<void>, onError: (error: unknown) => void) {
    this.#pack = pack;
    this.#onError = onError;
  }

  /** To be called after each commit, ours or others'. */
  changed(): void {
    this.#commits++;
    this.#wait();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const quiet = quietBeforePacking(this.#commits);
    if (this.#isPacking || quiet === Infinity) return;
    this.#timer = setTimeout(() => void this.#packNow(), quiet).unref();
  }

  async #packNow(): Promise<void> {
    this.#commits = 0;
    this.#isPacking = true;
    try {
      await this.#pack();
    } catch (error) {
      this.#onError(error);
    }
    this.#isPacking = false;
    this.#wait();
  }
}

/**
 * Packs the objects that are files of their own, together with the older ones of their history, and now
 * and then (`gc.autoPackLimit`) all packs into one. Unreachable objects are kept for two weeks.
 * @throws {StorageError}
 */
export async function packRepository(gitdir: string): Promise<void> {
  await gitInBackground('--git-dir', gitdir, 'repack', '-d', '--quiet');
  await gitInBackground('--git-dir', gitdir, 'gc', '--auto', '--quiet');
}

/** Deletes for good what no branch reaches any more; nothing else may pack meanwhile. @throws {StorageError} */
export async function deleteUnreachable(gitdir: string): Promise<void> {
  // A git that was killed leaves them, and no git removes them.
  for await (const file of glob(join(gitdir, 'objects/pack/.tmp-*'))) await rm(file);
  await git('--git-dir', gitdir, 'reflog', 'expire', '--expire=now', '--all');
  await gitThatPacks('--git-dir', gitdir, 'gc', '--prune=now', '--quiet');
}
