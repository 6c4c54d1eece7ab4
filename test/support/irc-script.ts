import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** One connection of the bot to a server that says only what a test tells it to. */
export interface Scripted {
  readonly port: number;
  /** Every line that the bot sent, on all connections. */
  readonly received: string[];
  /** Sends bytes as they are. */
  write(bytes: string | Buffer): void;
  /** Sends bytes, and waits until they are under way. */
  drain(bytes: string | Buffer): Promise<void>;
  /** The next line that fits, among those that no earlier call has passed over. */
  waitFor(pattern: RegExp): Promise<string>;
  /** `received` has been emptied: looks at it from the start again. */
  rewind(): void;
  /** Plays the part of a server, from a line of the bot up to a channel in which alice is op. */
  welcome(after?: RegExp): Promise<void>;
  /** Sends a last line and closes. */
  hangUp(line: string): void;
  /** Reads and answers nothing any more. */
  freeze(): void;
  stop(): Promise<void>;
}

export async function startScripted(): Promise<Scripted> {
  const received: string[] = [];
  let socket: Socket | undefined;
  let seen = 0;
  let woken = Promise.withResolvers<void>();
  const server = createServer({ noDelay: true }, (connection) => {
    socket = connection;
    let rest = '';
    connection.on('error', () => connection.destroy());
    connection.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop()!;
      received.push(...lines);
      woken.resolve();
      woken = Promise.withResolvers();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const script: Scripted = {
    port: (server.address() as AddressInfo).port,
    received,
    write(bytes) {
      socket?.write(bytes);
    },
    drain: (bytes) =>
      new Promise((resolve) => {
        if (!socket?.writable) resolve();
        else socket.write(bytes, () => resolve());
      }),
    async waitFor(pattern) {
      for (;;) {
        while (seen < received.length) {
          const line = received[seen++]!;
          if (pattern.test(line)) return line;
        }
        await woken.promise;
      }
    },
    rewind() {
      seen = 0;
    },
    async welcome(after = /^USER /) {
      await script.waitFor(after);
      script.write(
        [
          ':irc.script 001 ptgbot :Welcome',
          ':irc.script 005 ptgbot NETWORK=Script CASEMAPPING=ascii PREFIX=(ov)@+ CHANTYPES=# CHANMODES=b,k,l,imnpst :are supported',
          '',
        ].join('\r\n'),
      );
      await script.waitFor(/^JOIN /);
      script.write(
        [
          ':ptgbot!p@host JOIN #ptg',
          ':irc.script 353 ptgbot = #ptg :ptgbot @alice',
          ':irc.script 366 ptgbot #ptg :End',
          '',
        ].join('\r\n'),
      );
    },
    hangUp(line) {
      socket?.end(line);
    },
    freeze() {
      socket?.pause();
    },
    async stop() {
      socket?.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return script;
}
