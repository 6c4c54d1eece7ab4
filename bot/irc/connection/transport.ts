import { EventEmitter } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { Transport } from 'irc-framework';
import { LineReader } from './line-reader.ts';

export interface TransportSettings {
  readonly host: string;
  readonly port: number;
  /** `false`: without TLS. */
  readonly tls: ConnectionOptions | false;
  /** Whoever handled the line threw: the line is lost, nothing else is. */
  readonly onHandlerError: (error: unknown, line: string) => void;
}

/** A server that keeps asking and does not read the answers must not fill the memory. */
const maxUnreadBytes = 1024 * 1024;
/** IRCv3 allows 8191 bytes of tags and 512 for the rest; more is no line of the protocol. */
const maxLineBytes = 16 * 1024;
/** For name resolution, connecting and the TLS handshake. */
const connectMilliseconds = 20_000;
/** Well above the client's own ping, which notices first when the connection can still be written. */
const idleMilliseconds = 150_000;

/**
 * Carries lines between irc-framework and a server, instead of its own transport: that one keeps
 * its buffer when a listener throws and so reads the same lines again for ever, lets a line
 * without end fill the memory, and accepts no certificate authorities.
 */
export class LineTransport extends EventEmitter implements Transport {
  readonly #settings: TransportSettings;
  #socket: Socket | undefined;
  #open = false;

  constructor(settings: TransportSettings) {
    super();
    this.#settings = settings;
  }

  /** A class such as irc-framework wants it, which it makes its transports from. */
  static with(settings: TransportSettings): new () => Transport {
    return class extends LineTransport {
      constructor() {
        super(settings);
      }
    };
  }

  connect(): void {
    const { host, port, tls, onHandlerError } = this.#settings;
    const socket = tls
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...tls })
      : connectTcp({ host, port });
    this.#socket = socket;
    const reader = new LineReader(maxLineBytes);
    let failure: Error | false = false;

    socket.setNoDelay(true).setKeepAlive(true).setTimeout(connectMilliseconds);
    socket.on(tls ? 'secureConnect' : 'connect', () => {
      this.#open = true;
      socket.setTimeout(idleMilliseconds);
      this.emit('open');
    });
    socket.on('data', (bytes: Buffer) => {
      for (const line of reader.push(bytes)) {
        if (this.#socket !== socket) return;
        try {
          this.emit('line', line);
        } catch (error) {
          onHandlerError(error, line);
        }
      }
    });
    socket.on('timeout', () => {
      socket.destroy(new Error(this.#open ? 'the server fell silent' : 'no answer'));
    });
    socket.on('error', (error: Error) => {
      failure = error;
    });
    socket.on('close', () => {
      this.#open = false;
      this.emit('close', failure);
    });
  }

  writeLine(line: string, written?: () => void): void {
    if (this.#open && this.#socket?.writable) {
      this.#socket.write(`${line.replace(/[\r\n\0]+/g, ' ')}\r\n`, () => written?.());
      if (this.#socket.writableLength > maxUnreadBytes)
        this.#socket.destroy(new Error('it does not read what we answer'));
    } else if (written) process.nextTick(written);
  }

  close(force = false): void {
    if (force || !this.#open) this.#socket?.destroy();
    else this.#socket?.end();
  }

  disposeSocket(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  /** Lines are UTF-8, whatever is wished for. */
  setEncoding(): boolean {
    return true;
  }
}
