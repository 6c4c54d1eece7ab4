import { startGit } from './git.ts';
import { exitOf } from './process-exit.ts';

/**
 * Reads blobs through one `git cat-file`, which takes about as long for a thousand as for one.
 * @param sizeLimit larger ones, in bytes, are skipped without being held in memory
 * @returns id and bytes, in the order of the ids; without bytes what is too large or missing
 */
export async function* readBlobs(
  gitdir: string,
  oids: Iterable<string>,
  sizeLimit: number,
): AsyncGenerator<readonly [oid: string, bytes: Uint8Array | undefined]> {
  const child = startGit('--git-dir', gitdir, 'cat-file', '--batch', '--buffer');
  const exit = exitOf(child);
  // When git is gone, its exit says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end([...oids].map((oid) => `${oid}\n`).join(''));
  const output = new ByteReader(child.stdout as AsyncIterable<Buffer>);
  try {
    for (const oid of oids) {
      const [, type, size] = (await output.line()).split(' ');
      if (size === undefined) {
        yield [oid, undefined];
        continue;
      }
      const bytes = await output.take(Number(size), sizeLimit);
      await output.take(1, 1);
      yield [oid, type === 'blob' ? bytes : undefined];
    }
    await exit;
  } finally {
    child.kill();
  }
}

/** Reads from chunks of bytes. After their end, everything it gives is empty. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Up to the next line feed, which is left out. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf(10);
      if (end >= 0) {
        const line = this.#rest.toString('latin1', 0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return line;
      }
      const chunk = await this.#chunk();
      if (!chunk) return '';
      this.#rest = Buffer.concat([this.#rest, chunk]);
    }
  }

  /** The next bytes; skipped, and undefined, when they are more than `limit`. */
  async take(count: number, limit: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    for (let missing = count; missing > 0;) {
      if (!this.#rest.length) this.#rest = (await this.#chunk()) ?? Buffer.alloc(0);
      if (!this.#rest.length) return undefined;
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
      if (count <= limit) parts.push(part);
    }
    return count <= limit ? Buffer.concat(parts) : undefined;
  }

  async #chunk(): Promise<Buffer | undefined> {
    const next = await this.#chunks.next();
    return next.done ? undefined : next.value;
  }
}
