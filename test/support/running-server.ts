/** A real server of the tests: started, killed, started again. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { end, until, type DaemonFolder } from './irc-daemon.ts';

export interface RunningServer {
  readonly port: number;
  /** SIGKILL to it and all that it started. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server that stays in the foreground, and waits until it takes connections on its port. */
export async function runServer(
  folder: DaemonFolder,
  port: number,
  command: string,
  args: readonly string[],
): Promise<RunningServer> {
  let server: ReturnType<DaemonFolder['run']> | undefined;
  const run = async () => {
    // When Apache ends, it ends its whole process group.
    const started = folder.runAsUs('setsid', [command, ...args]);
    server = started;
    await until([command, ...args].join(' '), undefined, started, () => accepts(port));
  };
  try {
    await run();
  } catch (error) {
    folder.remove();
    throw error;
  }
  return {
    port,
    restart: run,
    async kill() {
      for (const pid of descendants(server?.pid)) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has just ended.
        }
      }
      await end(server, 'SIGKILL');
    },
    async stop() {
      await end(server);
      folder.remove();
    },
  };
}

/** The processes that a process started, and these in turn. */
function descendants(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return children
      .filter(Boolean)
      .flatMap((child) => [Number(child), ...descendants(Number(child))]);
  } catch {
    return [];
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}
