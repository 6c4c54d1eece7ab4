import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** The binary as Debian installs it; undefined where it isn't. */
const binary = ['/usr/sbin/ircd-hybrid', '/usr/bin/ircd-hybrid'].find((path) => existsSync(path));

/** @throws {Error} with the command that installs what is missing */
export async function startIrcServer(): Promise<IrcServer> {
  if (!binary) throw new Error('ircd-hybrid is missing; install it: apt-get install ircd-hybrid');
  const directory = mkdtempSync(join(tmpdir(), 'ptgbot-ircd-'));
  const [port, tlsPort] = await freePorts();
  const ca = join(directory, 'tls.crt');
  makeCertificate(directory, ca);
  writeFileSync(join(directory, 'ircd.conf'), configuration(directory, port, tlsPort));
  const user = ircUser();
  if (user) {
    for (const file of ['.', 'tls.key', 'tls.crt', 'ircd.conf'])
      chownSync(join(directory, file), user.uid, user.gid);
  }

  let server: ChildProcess | undefined;
  const removeAll = () => {
    server?.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', removeAll);

  const run = async () => {
    const output = join(directory, 'ircd.log');
    const file = (name: string) => join(directory, name);
    server = spawn(
      'setpriv',
      [
        ...(user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []),
        // It must not outlive the tests, however they end.
        '--pdeathsig=KILL',
        '--',
        binary,
        '-foreground',
        ...['-configfile', file('ircd.conf'), '-logfile', output, '-pidfile', file('ircd.pid')],
        ...['-klinefile', file('kline.db'), '-dlinefile', file('dline.db')],
        ...['-xlinefile', file('xline.db'), '-resvfile', file('resv.db')],
      ],
      { cwd: directory, stdio: 'ignore' },
    );
    const started = server;
    const ended = () => started.exitCode !== null || started.signalCode !== null;
    for (let tries = 0; !(await answers(port)); tries++) {
      if (ended() || tries === 600) {
        const log = await readFile(output, 'utf8').catch(() => '');
        throw new Error(`ircd-hybrid does not answer:\n${log.slice(-2000)}`);
      }
      await sleep(25);
    }
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill(signal);
    await exit;
  };

  try {
    await run();
  } catch (error) {
    removeAll();
    throw error;
  }

  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    ca,
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      await run();
    },
    async stop() {
      await end('SIGTERM');
      process.off('exit', removeAll);
      removeAll();
    },
  };
}

/** ircd-hybrid refuses to run as root; its package brings this user. */
function ircUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'irc'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports as [number, number];
}

function makeCertificate(directory: string, certificate: string): void {
  const key = join(directory, 'tls.key');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  chmodSync(key, 0o600);
}

/** Registers as a client would: a port that accepts connections is not yet a server. */
async function answers(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  const nick = `probe${process.pid}`;
  socket.on('error', () => socket.destroy());
  socket.write(`NICK ${nick}\r\nUSER ${nick} 0 * :probe\r\n`);
  try {
    for await (const text of socket.setEncoding('utf8'))
      if (/ 001 /.test(String(text))) return true;
  } catch {
    // Refused or cut off: not yet.
  } finally {
    socket.destroy();
  }
  return false;
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
