/** What all real servers of the tests have in common: a folder, a user, a certificate, an end. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The path of a program as Debian installs it. @throws {Error} with the command that installs it */
export function programOf(debianPackage: string, program = debianPackage): string {
  const found = ['/usr/sbin', '/usr/bin']
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
  if (found) return found;
  throw new Error(`${program} is missing; install it: apt-get install ${debianPackage}`);
}

/** A folder that is gone when the tests end, however they do. */
export class DaemonFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'ptgbot-irc-'));
  readonly #processes = new Set<ChildProcess>();

  constructor() {
    process.once('exit', this.remove);
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Starts a program that must not outlive the tests; IRC servers refuse to run as root. */
  run(command: string, args: readonly string[]): ChildProcess {
    const user = ircUser();
    if (user)
      for (const name of ['.', ...readdirSync(this.path)])
        chownSync(join(this.path, name), user.uid, user.gid);
    return this.#spawn(command, args, user);
  }

  /** As `run`, as whoever runs the tests: what it writes is theirs. */
  runAsUs(command: string, args: readonly string[]): ChildProcess {
    return this.#spawn(command, args, undefined);
  }

  #spawn(command: string, args: readonly string[], user: ReturnType<typeof ircUser>): ChildProcess {
    const child = spawn(
      'setpriv',
      [
        ...(user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []),
        '--pdeathsig=KILL',
        ...['--', 'prlimit', '--core=0', command, ...args],
      ],
      { cwd: this.path, stdio: 'ignore' },
    );
    this.#processes.add(child);
    child.once('exit', () => this.#processes.delete(child));
    return child;
  }

  readonly remove = () => {
    for (const child of this.#processes) child.kill('SIGKILL');
    process.off('exit', this.remove);
    rmSync(this.path, { recursive: true, force: true });
  };
}

export const hasEnded = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null;

/** Ends a program and waits for it. */
export async function end(
  child: ChildProcess | undefined,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<void> {
  if (!child || hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Debian's packages bring this user. */
function ircUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'irc'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Waits until a program answers, for 20 s at most. @throws {Error} with the end of its log, where it has one */
export async function until(
  what: string,
  log: string | undefined,
  child: ChildProcess,
  holds: () => Promise<boolean>,
): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (hasEnded(child) || tries === 800) {
      const text = log !== undefined && existsSync(log) ? await readFile(log, 'utf8') : '';
      throw new Error(`${what} does not answer:\n${text.slice(-2000)}`);
    }
    await sleep(25);
  }
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** A self-signed certificate for `localhost` and 127.0.0.1, and its key. */
export function makeCertificate(certificate: string, key: string): void {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  chmodSync(key, 0o600);
}

/** Registers as a client would: a port that accepts connections is not yet a server. */
export async function answers(port: number): Promise<boolean> {
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
