const newline = 0x0a;

/**
 * Cuts a stream of bytes into lines of text, however it arrives in pieces. A line longer than
 * `limit` bytes is dropped whole, so that a stream without newlines takes no memory. Carriage
 * returns and NULs, which are not legal inside a line, are left out; so are empty lines.
 */
export class LineReader {
  readonly #limit: number;
  #parts: Buffer[] = [];
  #length = 0;
  #dropping = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the next bytes; returns the lines that they complete. */
  push(bytes: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end; (end = bytes.indexOf(newline, start)) !== -1; start = end + 1) {
      this.#keep(bytes.subarray(start, end));
      if (!this.#dropping) lines.push(decode(this.#parts));
      this.#forget();
      this.#dropping = false;
    }
    this.#keep(bytes.subarray(start));
    return lines.filter((line) => line !== '');
  }

  #keep(part: Buffer): void {
    if (this.#dropping || part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#limit) {
      this.#forget();
      this.#dropping = true;
    } else {
      // A copy: a view of few bytes would keep the whole buffer of the socket alive.
      this.#parts.push(Buffer.from(part));
    }
  }

  #forget(): void {
    this.#parts = [];
    this.#length = 0;
  }
}

function decode(parts: readonly Buffer[]): string {
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/[\r\0]+/g, '');
}
