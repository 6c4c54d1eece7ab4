/** How soon the bot is in its channel: after its start, and after the server was gone. */
import { setTimeout } from 'node:timers/promises';
import { startIrcServer } from '../test/support/irc-server.ts';
import { Service } from '../test/support/service.ts';
import { median, ms, report } from './measure.ts';

const runs = 5;
const gone = 1500;

const joined = /Joined #ptg/;
const waits = /Trying again in ([\d.]+) s/;

/** Lines of the log that fit, each with its time in milliseconds. */
const entries = (service: Service, pattern: RegExp) =>
  service.log
    .filter((line) => pattern.test(line))
    .map((line) => ({ line, at: (JSON.parse(line) as { time: number }).time }));

export async function benchIrc(folder: string, repository: string): Promise<void> {
  const server = await startIrcServer();
  const config = {
    irc: { server: '127.0.0.1', port: server.port, tls: false, channel: '#ptg' },
    data: { repository },
  };
  const starts: number[] = [];
  let service: Service | undefined;
  try {
    for (let run = 0; run < runs; run++) {
      await service?.stop();
      const begin = performance.now();
      service = new Service(folder, config, 'bot');
      await service.waitFor(service.log, joined);
      starts.push(performance.now() - begin);
    }
    report('process start → joined', ms(median(starts)), '≤ 2000 ms', median(starts) <= 2000);
    const late: number[] = [];
    for (let run = 1; run <= runs; run++) {
      await server.kill();
      await setTimeout(gone);
      await server.restart();
      const back = Date.now();
      while (entries(service!, joined).length <= run) await setTimeout(5);
      const wait = Number(waits.exec(entries(service!, waits).at(-1)!.line)![1]) * 1000;
      late.push(entries(service!, joined).at(-1)!.at - back - wait);
    }
    const worst = Math.max(...late);
    const shown = `${ms(Math.max(0, median(late)))}, at most ${ms(Math.max(0, worst))}`;
    report('server back → joined again, beyond the backoff', shown, '≤ 2000 ms', worst <= 2000);
  } finally {
    await service?.kill();
    await server.stop();
  }
}
