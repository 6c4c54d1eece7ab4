import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { stringify } from 'yaml';

const ours = join(import.meta.dirname, '../..');

export interface ServiceOptions {
  readonly project?: string;
  /** What is run with the command as its arguments, instead of Node with that checkout. */
  readonly program?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** `ptgbot` as a process of its own, as it runs in production. */
export class Service {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  /** What it printed, by stream; the log is JSON, a line each. */
  readonly printed: string[] = [];
  readonly log: string[] = [];
  readonly #ended: Promise<unknown>;
  #wake = Promise.withResolvers<void>();

  /**
   * Starts `ptgbot COMMAND…`; `config` becomes a ptgbot.yaml in the folder.
   * @param where to start another checkout of ptgbot, or with other variables
   */
  constructor(
    folder: string,
    config: object,
    command: string | readonly string[],
    where: ServiceOptions = {},
  ) {
    const { project = ours, environment } = where;
    const { program = [process.execPath, join(project, 'ptgbot.ts')] } = where;
    const file = join(folder, 'ptgbot.yaml');
    writeFileSync(file, stringify(config));
    const [first = '', ...others] = [...program, ...[command].flat(), '--config', file];
    this.process = spawn(first, others, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#ended = once(this.process, 'close').then(() => this.#wake.resolve());
    this.#collect(this.process.stdout, this.printed);
    this.#collect(this.process.stderr, this.log);
    this.process.stdin.on('error', () => undefined);
  }

  /** Types a line into the terminal. */
  type(line: string): void {
    this.process.stdin.write(`${line}\n`);
  }

  /** The first line of a stream that fits, now or within some seconds. */
  async waitFor(lines: readonly string[], pattern: RegExp, seconds = 20): Promise<string> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const found = lines.find((line) => pattern.test(line));
      if (found !== undefined) return found;
      if (Date.now() > deadline || this.process.exitCode !== null)
        throw new Error(`no ${String(pattern)} in:\n${[...this.printed, ...this.log].join('\n')}`);
      await Promise.race([this.#wake.promise, new Promise((resolve) => setTimeout(resolve, 500))]);
    }
  }

  /** Asks it to stop as an init system would; gives the exit code. */
  async stop(): Promise<number | null> {
    this.process.kill('SIGTERM');
    await this.#ended;
    return this.process.exitCode;
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.#ended;
  }

  #collect(stream: Readable, lines: string[]): void {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      this.#wake.resolve();
      this.#wake = Promise.withResolvers();
    });
  }
}

/** Tries until it succeeds, or fails for the last time after some seconds. */
export async function eventually<T>(look: () => T | Promise<T>, seconds = 10): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
