/** The service as it runs in production, on a real IRC server: latency, bursts, memory. */
import { readFileSync, statSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { IrcPerson } from '../test/support/irc-client.ts';
import { startIrcServer } from '../test/support/irc-server.ts';
import { Service } from '../test/support/service.ts';
import { snapshotAt } from '../schedule-data/repository.ts';
import { offeredSlots, slotCode } from '../schedule-data/slots.ts';
import { median, ms, percentile, report } from './measure.ts';

const channel = '#ptg';
const runs = 5;
const perRun = 100;
const manyCommands = 10_000;

/** Waits until the page holds a text, looking at it twice a millisecond. */
class Page {
  readonly #path: string;
  readonly #clock = new Int32Array(new SharedArrayBuffer(4));

  constructor(output: string) {
    this.#path = join(output, 'index.html');
  }

  waitFor(text: string, seconds = 30): void {
    const deadline = performance.now() + seconds * 1000;
    let seen = -1;
    for (;;) {
      const { mtimeMs, ino } = statSync(this.#path);
      if (seen !== mtimeMs + ino) {
        seen = mtimeMs + ino;
        if (readFileSync(this.#path, 'utf8').includes(text)) return;
      }
      if (performance.now() > deadline) throw new Error(`the page never showed ${text}`);
      Atomics.wait(this.#clock, 0, 0, 0.5);
    }
  }
}

function memory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

export async function benchService(folder: string, repository: string): Promise<void> {
  const server = await startIrcServer();
  const output = join(folder, 'service-www');
  mkdirSync(output, { recursive: true });
  const ada = await IrcPerson.connect(server.port, 'ada');
  await ada.join(channel);
  const begin = performance.now();
  const service = new Service(
    folder,
    {
      irc: { server: '127.0.0.1', port: server.port, tls: false, channel },
      data: { repository },
      site: { output, listen: '127.0.0.1:0' },
    },
    'start',
  );
  try {
    await ada.waitFor(/ptgbot.* JOIN /);
    report('process start → joined', ms(performance.now() - begin));
    await service.waitFor(service.log, /the page is at/);
    const page = new Page(output);
    const pid = service.process.pid!;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const joined = memory(pid);
    report('memory when joined and published', `${joined.toFixed(0)} MB`, '< 110 MB', joined < 110);
    const { schedule } = await snapshotAt(repository, 'main');
    const tracks = [...schedule.tracks.keys()];

    await latency(ada, page, tracks);
    await bursts(ada, page, repository);
    await endurance(ada, page, tracks, pid);
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
      // The socket is written when this turn of the event loop ends.
      await new Promise((resolve) => setImmediate(resolve));
      page.waitFor(topic);
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

async function bursts(ada: IrcPerson, page: Page, repository: string): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { schedule } = await snapshotAt(repository, 'main');
    const free = offeredSlots(schedule)
      .filter(({ track }) => track === null)
      .slice(0, 100);
    if (free.length < 100) throw new Error('the database has fewer than 100 free slots');
    const [track = ''] = schedule.tracks.keys();
    const start = performance.now();
    for (const slot of free) ada.say(channel, `#${track} book ${slotCode(slot)}`);
    ada.say(channel, `#${track} now burst-${run}-`);
    await new Promise((resolve) => setImmediate(resolve));
    page.waitFor(`burst-${run}-`);
    times.push(performance.now() - start);
    const after = await snapshotAt(repository, 'main');
    const isBooked = (code: string) =>
      offeredSlots(after.schedule).some((one) => slotCode(one) === code && one.track === track);
    if (!free.every((slot) => isBooked(slotCode(slot)))) throw new Error('a booking is missing');
    for (const slot of free) ada.say(channel, `#${track} unbook ${slotCode(slot)}`);
    ada.say(channel, `#${track} now unburst-${run}-`);
    await new Promise((resolve) => setImmediate(resolve));
    page.waitFor(`unburst-${run}-`);
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
    await new Promise((resolve) => setImmediate(resolve));
    page.waitFor(`endurance-${index + batch - 1}-`);
    await settle();
    if ((index + batch) % 2500 === 0) samples.push(memory(pid));
  }
  const last = samples.at(-1)!;
  report(
    `memory after each 2,500 of ${manyCommands} commands`,
    samples.map((one) => one.toFixed(0)).join(', ') + ' MB',
    '< 200 MB',
    last < 200,
  );
}
