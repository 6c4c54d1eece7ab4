import { writeFileSync } from 'node:fs';
import {
  answers,
  DaemonFolder,
  end,
  freePorts,
  makeCertificate,
  programOf,
  until,
} from './irc-daemon.ts';

/** A real ircd-hybrid on loopback, the family of server that OFTC runs. */
export interface IrcServer {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number;
  /** File of the self-signed certificate, for `localhost` and 127.0.0.1. */
  readonly ca: string;
  /** SIGKILL: connections end without a word. */
  kill(): Promise<void>;
  /** Starts it again on the same ports, after `kill` or while it runs. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

export const ircNetwork = 'TestNet';

/** The section of a configuration for it, without a limit to what the bot says. */
export const ircSection = ({ host, tlsPort, ca }: IrcServer, channel: string) => ({
  server: host,
  port: tlsPort,
  ca,
  channel,
  rate: { intervalSeconds: 0 },
});

/** @throws {Error} with the command that installs what is missing */
export async function startIrcServer(): Promise<IrcServer> {
  const binary = programOf('ircd-hybrid');
  const folder = new DaemonFolder();
  const [port = 0, tlsPort = 0] = await freePorts(2);
  const ca = folder.file('tls.crt');
  makeCertificate(ca, folder.file('tls.key'));
  writeFileSync(folder.file('ircd.conf'), configuration(folder.path, port, tlsPort));
  let server: ReturnType<DaemonFolder['run']> | undefined;

  const run = async () => {
    const log = folder.file('ircd.log');
    const started = folder.run(binary, [
      '-foreground',
      ...['-configfile', folder.file('ircd.conf'), '-logfile', log],
      ...['-pidfile', folder.file('ircd.pid'), '-klinefile', folder.file('kline.db')],
      ...['-dlinefile', folder.file('dline.db'), '-xlinefile', folder.file('xline.db')],
      ...['-resvfile', folder.file('resv.db')],
    ]);
    server = started;
    await until('ircd-hybrid', log, started, () => answers(port));
  };

  try {
    await run();
  } catch (error) {
    folder.remove();
    throw error;
  }

  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    ca,
    kill: () => end(server, 'SIGKILL'),
    async restart() {
      await end(server);
      await run();
    },
    async stop() {
      await end(server);
      folder.remove();
    },
  };
}

/** Nothing in it holds clients back, so that tests see the bot's own patience only. */
const configuration = (directory: string, port: number, tlsPort: number) => `
serverinfo {
  name = "irc.test"; sid = "1TS"; description = "tests"; network_name = "${ircNetwork}";
  default_max_clients = 256; max_nick_length = 30; max_topic_length = 300;
  rsa_private_key_file = "${directory}/tls.key";
  tls_certificate_file = "${directory}/tls.crt";
};
admin { name = "tests"; description = "tests"; email = "tests@irc.test"; };
class {
  name = "people"; ping_time = 90 seconds; max_number = 250;
  number_per_ip_local = 250; number_per_ip_global = 250;
  sendq = 2 megabytes; recvq = 8000 bytes;
};
listen { host = "127.0.0.1"; port = ${port}; flags = tls; port = ${tlsPort}; };
auth { user = "*@*"; class = "people"; flags = exceed_limit, can_flood, no_tilde; };
channel {
  max_channels = 100; default_join_flood_count = 0;
  invite_client_count = 1000; invite_delay_channel = 0;
  knock_client_count = 1000; knock_delay_channel = 0;
};
general {
  disable_auth = yes; ping_cookie = no; warn_no_connect_block = no;
  throttle_count = 10000; throttle_time = 1 second; default_floodcount = 0;
  anti_nick_flood = no; away_count = 1000; pace_wait = 0; pace_wait_simple = 0;
  caller_id_wait = 0; max_targets = 20; anti_spam_exit_message_time = 0;
};
`;
