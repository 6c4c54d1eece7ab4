/** The service as it runs in production, on a real IRC server: latency, bursts, memory. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { IrcPerson } from '../test/support/irc-client.ts';
import { startIrcServer } from '../test/support/irc-server.ts';
import { Service } from '../test/support/service.ts';
import { snapshotAt } from '../schedule-data/store/schedule-store.ts';
import { offeredSlots, slotCode } from '../schedule-data/schedule/slots.ts';
import { median, memoryOf, ms, percentile, report } from './measure.ts';

const channel = '#ptg';
const runs = 5;
const perRun = 100;
const manyCommands = 10_000;

/** Waits until the page holds a text, looking at it every millisecond. */
export class Page {
  readonly #path: string;

  constructor(output: string) {
    this.#path = join(output, 'index.html');
  }

  async waitFor(text: string, seconds = 30): Promise<void> {
    const deadline = performance.now() + seconds * 1000;
    let seen = '';
    for (;;) {
      const { mtimeMs, ino } = statSync(this.#path);
      const version = `${mtimeMs} ${ino}`;
      if (seen !== version) {
        seen = version;
        if (readFileSync(this.#path, 'utf8').includes(text)) return;
      }
      if (performance.now() > deadline) throw new Error(`the page never showed ${text}`);
      await setTimeout(1);
    }
  }
}

const settle = () => setTimeout(30);

export async function benchService(folder: string, repository: string): Promise<void> {
  const server = await startIrcServer();
  const output = join(folder, 'service-www');
  mkdirSync(output, { recursive: true });
  const ada = await IrcPerson.connect(server.port, 'ada');
  await ada.join(channel);
  const config = {
    irc: { server: '127.0.0.1', port: server.port, tls: false, channel },
    data: { repository },
    site: { output, listen: '127.0.0.1:0' },
  };
  // The first start after an installation compiles; it is not the one that lasts.
  const first = new Service(folder, config, 'start');
  await first.waitFor(first.log, /the page is at/);
  await ada.waitFor(/ptgbot.* JOIN /);
  await first.stop();
  const service = new Service(folder, config, 'start');
  try {
    await ada.waitFor(/ptgbot.* JOIN /);
    await service.waitFor(service.log, /the page is at/);
    const page = new Page(output);
    const pid = service.process.pid!;
    await setTimeout(2000);
    const joined = memoryOf(pid);
    report('memory when joined and published', `${joined.toFixed(0)} MB`, '< 110 MB', joined < 110);
    const { schedule } = await snapshotAt(repository, 'main');
    const tracks = [...schedule.tracks.keys()];

    await latency(ada, page, tracks);
    await reverts(ada, page, folder, repository, tracks);
    await bursts(ada, page, repository);
    await endurance(ada, page, tracks, pid);
  } catch (error) {
    console.log([...service.log.slice(-5), ...ada.lines.slice(-3)].join('\n'));
    throw error;
  } finally {
    await service.kill();
    await server.stop();
  }
}

async function latency(ada: IrcPerson, page: Page, tracks: readonly string[]): Promise<void> {
  const [p50s, p95s]: [number[], number[]] = [[], []];
  for (let run = -1; run < runs; run++) {
    const times: number[] = [];
    for (let index = 0; index < perRun; index++) {
      const topic = `latency-${run}-${index}-`;
      const start = performance.now();
      ada.say(channel, `#${tracks[index % tracks.length]} now ${topic}`);
      await page.waitFor(topic);
      times.push(performance.now() - start);
      await settle();
    }
    // The first run warms up.
    if (run < 0) continue;
    p50s.push(percentile(times, 0.5));
    p95s.push(percentile(times, 0.95));
  }
  report('IRC line → page on disk, p50', ms(median(p50s)), '≤ 25 ms', median(p50s) <= 25);
  report('IRC line → page on disk, p95', ms(median(p95s)), '≤ 80 ms', median(p95s) <= 80);
}

/** From the moment at which the push of a revert returns. */
async function reverts(
  ada: IrcPerson,
  page: Page,
  folder: string,
  repository: string,
  [track = '']: readonly string[],
): Promise<void> {
  const clone = join(folder, 'reverting');
  const git = (...args: string[]) => execFileSync('git', ['-C', clone, ...args], { stdio: 'pipe' });
  execFileSync('git', ['clone', '--quiet', repository, clone]);
  git('config', 'user.name', 'bench');
  git('config', 'user.email', 'bench@example.org');
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    for (const topic of [`kept-${run}-`, `regretted-${run}-`]) {
      ada.say(channel, `#${track} now ${topic}`);
      await page.waitFor(topic);
    }
    git('pull', '--quiet');
    git('revert', '--no-edit', 'HEAD');
    git('push', '--quiet');
    const start = performance.now();
    await page.waitFor(`kept-${run}-`);
    times.push(performance.now() - start);
  }
  const time = median(times);
  report('git revert pushed → page on disk', ms(time), '≤ 1500 ms', time <= 1500);
}

async function bursts(ada: IrcPerson, page: Page, repository: string): Promise<void> {
  const times: number[] = [];
  const { schedule } = await snapshotAt(repository, 'main');
  const slots = offeredSlots(schedule)
    .toSorted((a, b) => Number(a.track !== null) - Number(b.track !== null))
    .slice(0, 100);
  const [track = ''] = schedule.tracks.keys();
  const say = async (lines: readonly string[], marker: string) => {
    // The server refuses more than 8 kB at once; this hands over the lines as it takes them.
    await ada.sayAll(channel, [...lines, `#${track} now ${marker}`]);
    await page.waitFor(marker);
  };
  const booked = slots.filter((slot) => slot.track !== null);
  await say(
    booked.map((slot) => `#${slot.track} unbook ${slotCode(slot)}`),
    'burst-begins-',
  );
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await say(
      slots.map((slot) => `#${track} book ${slotCode(slot)}`),
      `burst-${run}-`,
    );
    times.push(performance.now() - start);
    const after = offeredSlots((await snapshotAt(repository, 'main')).schedule);
    const codes = new Set(after.filter((slot) => slot.track === track).map(slotCode));
    if (!slots.every((slot) => codes.has(slotCode(slot)))) throw new Error('a booking is missing');
    await say(
      slots.map((slot) => `#${track} unbook ${slotCode(slot)}`),
      `burst-over-${run}-`,
    );
  }
  report(
    '100 bookings at once → all committed and published',
    ms(median(times)),
    '≤ 3000 ms',
    median(times) <= 3000,
  );
}

async function endurance(
  ada: IrcPerson,
  page: Page,
  tracks: readonly string[],
  pid: number,
): Promise<void> {
  const batch = 50;
  const samples: number[] = [];
  for (let index = 0; index < manyCommands; index += batch) {
    for (let i = index; i < index + batch; i++)
      ada.say(channel, `#${tracks[i % tracks.length]} now endurance-${i}-`);
    await page.waitFor(`endurance-${index + batch - 1}-`);
    await settle();
    if ((index + batch) % 2500 === 0) samples.push(memoryOf(pid));
  }
  const last = samples.at(-1)!;
  report(
    `memory after each 2,500 of ${manyCommands} commands`,
    samples.map((one) => one.toFixed(0)).join(', ') + ' MB',
    '< 200 MB',
    last < 200,
  );
}
