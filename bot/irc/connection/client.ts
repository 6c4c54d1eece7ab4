import type { ConnectionOptions } from 'node:tls';
import { Client } from 'irc-framework';
import type { IrcConfig } from '../config.ts';
import { LineTransport } from './transport.ts';

/** Where a connection goes. */
export interface Endpoint {
  readonly port: number;
  /** `false`: without TLS. */
  readonly tls: ConnectionOptions | false;
}

/** @param onHandlerError whoever handled a line threw */
export function createClient(
  config: IrcConfig,
  { port, tls }: Endpoint,
  onHandlerError: (error: unknown, line: string) => void,
): Client {
  return new Client({
    nick: config.nick,
    username: config.nick.replace(/[^A-Za-z0-9]/g, '').slice(0, 10) || 'ptgbot',
    gecos: 'ptgbot, shows what is being discussed where',
    password: config.password,
    // Without an account here the library would use the server's password for SASL.
    account: config.sasl ?? {},
    sasl_mechanism: config.sasl || !config.certificate ? 'PLAIN' : 'EXTERNAL',
    // Its own answer would go past the outbox: anybody could have us thrown out for flooding.
    version: '',
    auto_reconnect: false,
    ping_interval: 30,
    ping_timeout: 90,
    message_max_length: 512,
    transport: LineTransport.with({ host: config.server, port, tls, onHandlerError }),
  });
}
