/** How soon the page shows what was taken back: in the channel, and by a push. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { IrcPerson } from '../test/support/irc-client.ts';
import { startIrcServer } from '../test/support/irc-server.ts';
import { Service } from '../test/support/service.ts';
import { discuss } from './discuss.ts';
import { ms, percentile, report } from './measure.ts';
import { newRepository } from './new-repository.ts';
import { dayOfCommands } from './service.ts';
import { waitForFile } from './wait-for-file.ts';

const channel = '#ptg';
const runs = 30;
const aim = 150;

export async function benchUndo(folder: string, schedule: Schedule): Promise<void> {
  const repository = join(folder, 'undo.git');
  const output = join(folder, 'undo-www');
  await newRepository(repository, schedule);
  const tracks = [...schedule.tracks.keys()];
  discuss(repository, tracks, dayOfCommands);
  const server = await startIrcServer();
  const ada = await IrcPerson.connect(server.port, 'ada');
  await ada.join(channel);
  const config = {
    irc: { server: '127.0.0.1', port: server.port, tls: false, channel },
    data: { repository },
    site: { output, listen: '127.0.0.1:0', url: 'https://ptg.example.org/schedule' },
  };
  const service = new Service(folder, config, 'start');
  const page = (fits: (page: string) => boolean) => waitForFile(join(output, 'index.html'), fits);
  try {
    await ada.waitFor(/ptgbot.* JOIN /, 60);
    await service.waitFor(service.log, /the page is at/);
    const undone: number[] = [];
    const pushed: number[] = [];
    /** How long git itself took for it. */
    const pushes: number[] = [];
    const clone = join(folder, 'undo-clone');
    const git = (...args: string[]) =>
      execFileSync(
        'git',
        ['-C', clone, '-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...args],
        { stdio: 'pipe' },
      );
    execFileSync('git', ['clone', '--quiet', repository, clone]);
    for (let run = 0; run < runs; run++) {
      const track = tracks[run % tracks.length]!;
      for (const [times, takeBack] of [
        [undone, () => ada.say(channel, `#${track} undo`)],
        [
          pushed,
          () => {
            git('pull', '--quiet', '--rebase');
            git('revert', '--no-edit', 'HEAD');
            return () => git('push', '--quiet');
          },
        ],
      ] as const) {
        const topic = `undo-${run}-${times === undone ? 'said' : 'pushed'}-`;
        ada.say(channel, `#${track} now ${topic}`);
        await page((text) => text.includes(topic));
        await setTimeout(100);
        const last = takeBack();
        const asked = performance.now();
        last?.();
        const begin = performance.now();
        if (last) pushes.push(begin - asked);
        await page((text) => !text.includes(topic));
        times.push(performance.now() - begin);
        await setTimeout(100);
      }
    }
    for (const [what, times] of [
      ['undo in the channel → page, p95', undone],
      ['revert by git push → page, from the end of the push on, p95', pushed],
    ] as const) {
      const p95 = percentile(times, 0.95);
      report(what, ms(p95), `≤ ${aim} ms`, p95 <= aim);
    }
    report('git push itself, p95', ms(percentile(pushes, 0.95)));
  } finally {
    await service.kill();
    await server.stop();
  }
}
