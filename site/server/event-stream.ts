import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { reached } from '../../schedule-data/store/stage.ts';

/** Short enough for proxies not to give up, and for readers to notice a dead line. */
const heartbeat = 15_000;
/** Bytes that may wait for a reader; whoever is slower has to come again. */
const mostUnreadBytes = 64 * 1024;
const mostReaders = 10_000;
/** Readers who are told in one go; then other work has its turn, commands above all. */
const atOnce = 50;

/** Tells everybody who listens which revision the site shows, as server-sent events. */
export class EventStream {
  readonly #readers = new Set<ServerResponse>();
  #latest: string | undefined;
  readonly #timer = setInterval(() => void this.#send(':\n\n'), heartbeat).unref();

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

  get readers(): number {
    return this.#readers.size;
  }

  /** Tells all readers; `revision` is one line, the content of `revision.json`. */
  tell(revision: string): void {
    this.#latest = revision;
    void this.#send(message(revision));
  }

  /** Ends all streams. */
  close(): void {
    clearInterval(this.#timer);
    for (const response of this.#readers) response.end();
  }

  async #send(text: string): Promise<void> {
    const latest = this.#latest;
    let count = 0;
    for (const response of [...this.#readers]) {
      if (response.writableLength > mostUnreadBytes) response.destroy();
      else if (!response.writableEnded) response.write(text);
      count += 1;
      if (count % atOnce === 0) await setImmediate();
      // A newer one is on its way to everybody.
      if (this.#latest !== latest) return;
    }
    reached('told');
  }
}

const message = (revision: string) => `data: ${revision}\n\n`;
