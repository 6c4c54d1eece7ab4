import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from './repository.ts';

/** Node knows no such sockets. */
const receiver = `
  use Socket;
  socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die "$!";
  bind($s, sockaddr_un($ARGV[0])) or die "$!";
  $| = 1; print "bound\\n";
  while (defined recv($s, my $message, 65536, 0)) { print "$message\\n" }
`;

/** Receives what services say to systemd. */
export async function startNotifySocket() {
  const path = join(temporaryFolder(), 'notify');
  const child = spawn('perl', ['-e', receiver, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  /** Line by line, of all messages. */
  const lines: string[] = [];
  const bound = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    bound.resolve();
  });
  await bound.promise;
  return { path, lines, [Symbol.dispose]: () => void child.kill() };
}
