import { ByteReader } from './byte-reader.ts';
import { startGit } from './git.ts';
import { exitOf } from './process-exit.ts';
import { StorageError } from './storage-error.ts';

/**
 * Reads objects one after the other, through a `git cat-file` that runs until it is told to end: git
 * finds an object of a long history at once, and again when it was packed meanwhile.
 */
export class ObjectReader {
  readonly #git: ReturnType<typeof startGit>;
  readonly #exit: Promise<void>;
  readonly #output: ByteReader;
  #last: Promise<unknown> = Promise.resolve();

  constructor(gitdir: string) {
    this.#git = startGit('--git-dir', gitdir, 'cat-file', '--batch');
    this.#exit = exitOf(this.#git);
    // When git is gone, its exit says why.
    this.#git.stdin.on('error', () => undefined);
    this.#output = new ByteReader(this.#git.stdout as AsyncIterable<Buffer>);
  }

  /** The content of an object. @throws {StorageError} when it is missing, damaged or something else */
  read(type: string, oid: string): Promise<Buffer> {
    this.#git.stdin.write(`${oid}\n`);
    const read = this.#last.then(() => this.#answer(type));
    this.#last = read.catch(() => undefined);
    return read;
  }

  end(): void {
    this.#git.kill();
  }

  async #answer(expected: string): Promise<Buffer> {
    const answer = await this.#output.line();
    const [, type, size] = answer.split(' ');
    // `OID missing`
    if (type === 'missing')
      throw new StorageError('an object or ref is missing; git fsck tells more');
    const content = size === undefined ? undefined : await this.#take(Number(size));
    if (!content) {
      await this.#exit;
      throw new StorageError('git ended');
    }
    if (type !== expected) throw new StorageError(`it is a ${type}; expected a ${expected}`);
    return content;
  }

  async #take(size: number): Promise<Buffer | undefined> {
    const content = await this.#output.take(size, size);
    return content && (await this.#output.take(1, 1)) && content;
  }
}
