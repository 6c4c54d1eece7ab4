/** Reads from chunks of bytes. After their end, everything it gives is empty. */
export class ByteReader {
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
