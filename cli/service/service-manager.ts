import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Logger } from 'pino';

/** How often it is asked how things stand, in milliseconds. */
const interval = 1000;
/** After so long the pages are served whether or not the chat can be reached: a restart would not help. */
const longestStart = 60_000;

/**
 * Tells systemd, where it waits for that (`Type=notify`), that we are ready, how things stand and that we
 * live (`WatchdogSec=`). By the program that comes with it: Node knows no datagram sockets of Unix.
 */
export class ServiceManager {
  readonly #isTold: boolean;
  readonly #faults: () => readonly string[];
  readonly #logger: Logger;
  readonly #watchdog: number;
  readonly #begun = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #told = '';
  #toldAt = -Infinity;
  #isReady = false;

  /** @param faults what keeps us from being ready */
  constructor(environment: NodeJS.ProcessEnv, faults: () => readonly string[], logger: Logger) {
    this.#isTold = environment['NOTIFY_SOCKET'] !== undefined;
    this.#watchdog = Number(environment['WATCHDOG_USEC'] ?? Infinity) / 1000;
    this.#faults = faults;
    this.#logger = logger;
  }

  /** Everything is begun; what takes its time may go on. */
  started(): void {
    if (!this.#isTold) return;
    this.#look();
    this.#timer = setInterval(() => this.#look(), interval).unref();
  }

  reloading(): void {
    this.#told = 'reloading';
    if (this.#isTold) this.#notify('STATUS=reloading');
  }

  stopping(): void {
    clearInterval(this.#timer);
    if (this.#isTold) this.#notify('STOPPING=1');
  }

  #look(): void {
    const now = performance.now();
    const faults = this.#faults();
    const becomesReady = !this.#isReady && (!faults.length || now - this.#begun > longestStart);
    const status = faults.length ? faults.join('; ') : 'ready';
    const isDue = now - this.#toldAt >= this.#watchdog / 3;
    if (status === this.#told && !becomesReady && !isDue) return;
    this.#isReady ||= becomesReady;
    this.#told = status;
    this.#toldAt = now;
    this.#notify(`STATUS=${status}`, 'WATCHDOG=1', ...(becomesReady ? ['READY=1'] : []));
  }

  #notify(...messages: string[]): void {
    promisify(execFile)('systemd-notify', messages).catch((error: unknown) =>
      this.#logger.error({ err: error }, 'systemd cannot be told how things stand'),
    );
  }
}
