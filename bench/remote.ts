/** How soon the page shows what somebody pushed to the remote, once its webhook (or SIGUSR1) says so. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startSshServer } from '../test/support/git-servers.ts';
import { Service } from '../test/support/service.ts';
import { ms, median, percentile, report } from './measure.ts';
import { waitForFile } from './wait-for-file.ts';

const runs = 30;
const aim = 1000;

/** @param remote a repository with an event, of which the service makes its own */
export async function benchRemote(folder: string, remote: string): Promise<void> {
  const server = await startSshServer();
  const { key: sshKey, knownHosts: sshKnownHosts } = server;
  try {
    await bench(folder, 'path', remote, { remote });
    await bench(folder, 'ssh', remote, { remote: server.url(remote), sshKey, sshKnownHosts });
  } finally {
    await server.stop();
  }
}

async function bench(folder: string, name: string, remote: string, data: object): Promise<void> {
  const clone = join(folder, `remote-clone-${name}`);
  execFileSync('git', ['clone', '--quiet', remote, clone]);
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-C', clone, '-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...args],
      { stdio: 'pipe' },
    );
  const output = join(folder, `remote-www-${name}`);
  const repository = join(folder, `remote-${name}.git`);
  const service = new Service(
    folder,
    {
      data: { ...data, repository, people: join(folder, `remote-people-${name}.git`) },
      site: { output, listen: '127.0.0.1:0' },
    },
    'start',
  );
  try {
    await service.waitFor(service.log, /the page is at/);
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const topic = `remote-${name}-${run}-`;
      writeFileSync(join(clone, 'tracks/remote.yaml'), `now: { topic: "${topic}" }\n`);
      git('add', '--all');
      git('commit', '--quiet', '-m', topic);
      git('push', '--quiet');
      const begin = performance.now();
      service.process.kill('SIGUSR1');
      await waitForFile(join(output, 'index.html'), (text) => text.includes(topic));
      times.push(performance.now() - begin);
      await setTimeout(100);
    }
    const p95 = percentile(times, 0.95);
    report(`pushed to a remote by ${name} → page, p50`, ms(median(times)));
    report(`pushed to a remote by ${name} → page, p95`, ms(p95), `≤ ${aim} ms`, p95 <= aim);
  } finally {
    await service.kill();
  }
}
