import type { ServerResponse } from 'node:http';

/** Short enough for the patience of proxies, and for readers to notice a dead line. */
const heartbeat = 15_000;
/** Bytes that may wait for a reader; whoever is slower has to come again. */
const patience = 64 * 1024;
const mostReaders = 10_000;

/** Tells everybody who listens which revision the site shows, as server-sent events. */
export class Revisions {
  readonly #readers = new Set<ServerResponse>();
  #latest: string | undefined;
  readonly #timer = setInterval(() => this.#send(':\n\n'), heartbeat).unref();

  /** A new reader, who is told the latest revision at once; false when there are too many. */
  add(response: ServerResponse): boolean {
    if (this.#readers.size >= mostReaders) return false;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // nginx would otherwise keep it to itself for a while.
      'X-Accel-Buffering': 'no',
    });
    response.write(this.#latest === undefined ? ':\n\n' : message(this.#latest));
    this.#readers.add(response);
    response.on('close', () => this.#readers.delete(response));
    return true;
  }

  /** Tells all readers; `revision` is one line, the content of `revision.json`. */
  tell(revision: string): void {
    this.#latest = revision;
    this.#send(message(revision));
  }

  /** Ends all streams. */
  close(): void {
    clearInterval(this.#timer);
    for (const response of this.#readers) response.end();
  }

  #send(text: string): void {
    for (const response of this.#readers)
      if (response.writableLength > patience) response.destroy();
      else response.write(text);
  }
}

const message = (revision: string) => `data: ${revision}\n\n`;
