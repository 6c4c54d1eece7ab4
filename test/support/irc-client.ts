import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A person on IRC: the bare protocol, sharing no code with the bot. */
export class IrcPerson {
  /** Every line received, in order. */
  readonly lines: string[] = [];
  readonly #socket: Socket;
  #rest = '';
  #seen = 0;
  #woken = Promise.withResolvers<void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#wake());
  }

  /** Connects without TLS; resolves when the server has welcomed us. */
  static async connect(port: number, nick: string): Promise<IrcPerson> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(socket, 'connect');
    const person = new IrcPerson(socket);
    person.send(`NICK ${nick}`);
    person.send(`USER person 0 * :${nick}`);
    await person.waitFor(/ 001 /);
    return person;
  }

  send(line: string): void {
    this.#socket.write(`${line}\r\n`);
  }

  /** Resolves when the list of names has come. */
  async join(channel: string): Promise<void> {
    this.send(`JOIN ${channel}`);
    await this.waitFor(/ 366 /);
  }

  say(target: string, text: string): void {
    this.send(`PRIVMSG ${target} :${text}`);
  }

  /**
   * The next line that fits, among those that no earlier call has passed over.
   *
   * @throws {Error} with what came instead, after `seconds` or when the connection ends
   */
  async waitFor(pattern: RegExp, seconds = 15): Promise<string> {
    const deadline = AbortSignal.timeout(seconds * 1000);
    deadline.addEventListener('abort', () => this.#wake());
    for (;;) {
      while (this.#seen < this.lines.length) {
        const line = this.lines[this.#seen++]!;
        if (pattern.test(line)) return line;
      }
      if (deadline.aborted || this.#socket.destroyed)
        throw new Error(
          `no line like ${pattern}; the last ones:\n${this.lines.slice(-8).join('\n')}`,
        );
      await this.#woken.promise;
    }
  }

  /** Like `waitFor`, for a message to a channel or to us; returns its text. */
  async hears(from: string, pattern = /(?:)/, seconds?: number): Promise<string> {
    const message = new RegExp(
      `^:${from.replace(/\W/g, '\\$&')}!\\S+ PRIVMSG \\S+ :(.*${pattern.source})`,
    );
    const line = await this.waitFor(message, seconds);
    return line.slice(line.indexOf(' :') + 2);
  }

  /**
   * Says any number of things as fast as the server takes them: it throws out whoever has more
   * than 8000 bytes waiting with it, whatever its configuration says.
   */
  async sayAll(target: string, texts: Iterable<string>): Promise<void> {
    let bytes = 0;
    for (const text of texts) {
      bytes += Buffer.byteLength(`PRIVMSG ${target} :${text}\r\n`);
      if (bytes > 6000) {
        await this.settle();
        bytes = 0;
      }
      this.say(target, text);
    }
  }

  /** Waits until the server has worked off everything that we sent. */
  async settle(): Promise<void> {
    const token = `t${process.hrtime.bigint()}`;
    this.send(`PING ${token}`);
    await this.waitFor(new RegExp(`PONG .*${token}`));
  }

  async quit(): Promise<void> {
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, 'close');
    this.#socket.end('QUIT :bye\r\n');
    this.#socket.setTimeout(2000, () => this.#socket.destroy());
    await closed;
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\r\n');
    this.#rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith('PING ')) this.send(`PONG ${line.slice(5)}`);
      this.lines.push(line);
    }
    this.#wake();
  }

  #wake(): void {
    this.#woken.resolve();
    this.#woken = Promise.withResolvers();
  }
}
