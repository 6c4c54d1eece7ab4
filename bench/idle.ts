/** What an installed release costs the server beside which it lives: its start, doing nothing, its end. */
import { mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { IrcPerson } from '../test/support/irc-client.ts';
import { ircSection, startIrcServer } from '../test/support/irc-server.ts';
import { makeRelease } from '../test/support/release.ts';
import { Service } from '../test/support/service.ts';
import { discuss } from './discuss.ts';
import { cpuOf, median, memoryOf, report } from './measure.ts';
import { newRepository } from './new-repository.ts';
import { dayOfCommands } from './service.ts';

const starts = 5;
/** What a start leaves to be done when it is quiet, packing and the collection of garbage, is over after so many seconds. */
const settled = 70;
/** For so long nothing happens, in seconds, but that a page is open. */
const quiet = 60;

export async function benchIdle(folder: string, schedule: Schedule): Promise<void> {
  const home = join(folder, 'idle');
  mkdirSync(home);
  const repository = join(home, 'data.git');
  await newRepository(repository, schedule);
  discuss(repository, [...schedule.tracks.keys()], dayOfCommands);
  const { folder: release } = makeRelease();
  const program = [join(release, 'node_modules/.bin/node'), join(release, 'ptgbot.js')];
  const server = await startIrcServer();
  const ada = await IrcPerson.connect(server.port, 'ada');
  await ada.join('#ptg');
  const config = {
    irc: ircSection(server, '#ptg'),
    cache: join(home, 'cache'),
    data: { repository },
    site: { output: join(home, 'www'), listen: '127.0.0.1:0', url: 'https://ptg.example.org' },
  };
  const [joined, published, stopped]: [number[], number[], number[]] = [[], [], []];
  const start = async () => {
    const begin = performance.now();
    const service = new Service(home, config, 'start', { program });
    await ada.waitFor(/ptgbot.* JOIN /, 60);
    const joinedAt = performance.now() - begin;
    const line = await service.waitFor(service.log, /the page is at/);
    return { service, joinedAt, publishedAt: performance.now() - begin, line };
  };
  try {
    // The first start of all compiles, and renders everything.
    await (await start()).service.stop();
    for (let run = 0; run < starts; run++) {
      const { service, joinedAt, publishedAt } = await start();
      joined.push(joinedAt);
      published.push(publishedAt);
      await setTimeout(1000);
      const begin = performance.now();
      await service.stop();
      stopped.push(performance.now() - begin);
    }
    const { service, line } = await start();
    const pid = service.process.pid!;
    const headers = { accept: 'text/event-stream' };
    const request = get(new URL('revision.json', /http:\/\/[^"\s]+/.exec(line)![0]), { headers });
    request.on('response', (response) => response.resume()).on('error', () => undefined);
    await setTimeout(10_000);
    const early = cpuOf(pid);
    await setTimeout((settled - 10) * 1000);
    const before = cpuOf(pid);
    await setTimeout(quiet * 1000);
    const used = (cpuOf(pid) - before) / (quiet * 10);
    report(
      'idle: start → joined, median',
      `${median(joined).toFixed(0)} ms`,
      '≤ 2000 ms',
      median(joined) <= 2000,
    );
    report('idle: start → published, median', `${median(published).toFixed(0)} ms`);
    report(
      'idle: stop, median',
      `${median(stopped).toFixed(0)} ms`,
      '≤ 1000 ms',
      median(stopped) <= 1000,
    );
    report('idle: of one core, with an open page', `${used.toFixed(2)} %`, '≤ 0.2 %', used <= 0.2);
    report('idle: what a start leaves to be done, once', `${(before - early).toFixed(0)} ms`);
    const memory = memoryOf(pid);
    report('idle: memory', `${memory.toFixed(0)} MiB`, '≤ 130 MiB', memory <= 130);
    request.destroy();
    await service.stop();
  } finally {
    await server.stop();
  }
}
