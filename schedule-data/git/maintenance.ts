import { gitWithin, packTimeout } from './git.ts';

/** How long after the last commit the repository is packed, in milliseconds. */
const idleTime = 60_000;

/**
 * Packs the repository while nobody uses it, as each command leaves a few loose objects. `git gc
 * --auto` decides whether it is needed; it keeps unreachable objects for two weeks.
 */
export class Maintenance {
  readonly #gitdir: string;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(gitdir: string, onError: (error: unknown) => void) {
    this.#gitdir = gitdir;
    this.#onError = onError;
  }

  /** To be called after each commit, ours or others'. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      gitWithin(packTimeout, '--git-dir', this.#gitdir, 'gc', '--auto', '--quiet').catch(
        this.#onError,
      );
    }, idleTime).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
