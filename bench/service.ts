/**
 * The service as it runs in production: a real IRC server, an address of the site, the history of a
 * day, somebody checked in, readers. How long a line takes to the page, where the time goes, what it
 * costs, a burst, memory; of this code, and in turns with it of another revision.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { IrcPerson } from '../test/support/irc-client.ts';
import { startIrcServer, type IrcServer } from '../test/support/irc-server.ts';
import { Service } from '../test/support/service.ts';
import { waitForFile } from './wait-for-file.ts';
import { discuss } from './discuss.ts';
import { cpuOf, median, memoryOf, ms, percentile, report } from './measure.ts';
import { newRepository } from './new-repository.ts';

const channel = '#ptg';
const runs = 5;
const perRun = 100;
const burst = 1000;
const readers = 5;
/** Commits in the history after a day of an event. */
export const dayOfCommands = 500;

export interface ServiceBench {
  /** What the figures are of: `real`, `big`. */
  readonly name: string;
  readonly schedule: Schedule;
  readonly aims: {
    readonly p50: number;
    readonly p95: number;
    readonly all: number;
    readonly cpu: number;
    readonly burst: number;
    readonly joined?: number;
    readonly grown?: number;
  };
  /** Commits in the history. */
  readonly commits: number;
  /** After how many commands the memory is looked at again; 0 for none. */
  readonly endurance: number;
}

/** What the service is compared with. */
export interface Compared {
  /** The folder of another checkout. */
  readonly project: string;
}

/** Measures this code, and what it is compared with, in turns. */
export async function benchService(
  folder: string,
  bench: ServiceBench,
  compared?: Compared,
): Promise<void> {
  const tracks = [...bench.schedule.tracks.keys()];
  const subjects: Subject[] = [];
  try {
    for (const [index, project] of [undefined, ...(compared ? [compared.project] : [])].entries()) {
      const home = join(folder, `${bench.name}-${index}`);
      const repository = join(home, 'data.git');
      await newRepository(repository, bench.schedule);
      discuss(repository, tracks, bench.commits);
      subjects.push(await Subject.start(home, tracks, project));
    }
    await setTimeout(2000);
    for (const subject of subjects) subject.figures.joined = memoryOf(subject.pid);
    for (let run = -1; run < runs; run++)
      for (const subject of subjects) await subject.latency(run);
    for (let run = 0; run < runs; run++) for (const subject of subjects) await subject.burst(run);
    for (const subject of subjects) await subject.endure(bench.endurance);
  } catch (error) {
    for (const { service } of subjects) console.log(service.log.slice(-5).join('\n'));
    throw error;
  } finally {
    for (const subject of subjects) await subject.stop();
  }
  print(bench, subjects[0]!.figures, subjects[1]?.figures);
}

/** Lists of one value a run, in milliseconds, but for memory in MiB. */
class Figures {
  joined = NaN;
  readonly grown: number[] = [];
  readonly p50: number[] = [];
  readonly p95: number[] = [];
  readonly all: number[] = [];
  readonly cpu: number[] = [];
  readonly bursts: number[] = [];
  /** From one stage to the next, a value a line. */
  readonly stages = new Map<string, number[]>();
}

export class Subject {
  readonly figures = new Figures();
  readonly service: Service;
  readonly #server: IrcServer;
  readonly #ada: IrcPerson;
  readonly #tracks: readonly string[];
  readonly #output: string;
  readonly #repository: string;
  readonly #stages: string;
  #stagesRead = 0;

  private constructor(
    server: IrcServer,
    ada: IrcPerson,
    service: Service,
    folder: string,
    tracks: readonly string[],
  ) {
    this.#server = server;
    this.#ada = ada;
    this.service = service;
    this.#tracks = tracks;
    this.#output = join(folder, 'www');
    this.#repository = join(folder, 'data.git');
    this.#stages = join(folder, 'stages');
  }

  /** @param folder holds the repository `data.git` */
  static async start(
    folder: string,
    tracks: readonly string[],
    project: string | undefined,
  ): Promise<Subject> {
    const server = await startIrcServer();
    const ada = await IrcPerson.connect(server.port, 'ada');
    await ada.join(channel);
    const config = {
      irc: { server: '127.0.0.1', port: server.port, tls: false, channel },
      data: { repository: join(folder, 'data.git') },
      site: {
        output: join(folder, 'www'),
        listen: '127.0.0.1:0',
        url: 'https://ptg.example.org/schedule',
      },
    };
    const environment = {
      PTGBOT_BENCH_STAGES: join(folder, 'stages'),
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'stage-recorder.mjs')}`,
    };
    const begin = async () => {
      const options = { environment, ...(project !== undefined && { project }) };
      const service = new Service(folder, config, 'start', options);
      await ada.waitFor(/ptgbot.* JOIN /, 60);
      return { service, line: await service.waitFor(service.log, /the page is at/) };
    };
    // The first start after an installation compiles; it is not the one that lasts.
    await (await begin()).service.stop();
    const { service, line } = await begin();
    const url = /http:[^" ]+/.exec(line)![0];
    for (let index = 0; index < readers; index++) listen(`${url}revision.json`);
    ada.say(channel, `+in #${tracks[0]}`);
    await ada.hears('ptgbot', /Checked in/);
    return new Subject(server, ada, service, folder, tracks);
  }

  get pid(): number {
    return this.service.process.pid!;
  }

  /** Says a topic at a time; the first run, below 0, warms up. */
  async latency(run: number): Promise<void> {
    const [first, all]: [number[], number[]] = [[], []];
    const cpu = cpuOf(this.pid);
    for (let index = 0; index < perRun; index++) {
      const topic = `latency-${run}-${index}-`;
      const begin = performance.now();
      const said = performance.timeOrigin + begin;
      this.#ada.say(channel, `#${this.#tracks[(index * 7) % this.#tracks.length]} now ${topic}`);
      await this.#shown(topic);
      first.push(performance.now() - begin);
      await this.#published();
      all.push(performance.now() - begin);
      await setTimeout(30);
      if (run >= 0) this.#noteStages(said);
    }
    if (run < 0) return this.#noteStages(Infinity);
    this.figures.p50.push(percentile(first, 0.5));
    this.figures.p95.push(percentile(first, 0.95));
    this.figures.all.push(percentile(all, 0.5));
    this.figures.cpu.push((cpuOf(this.pid) - cpu) / perRun);
  }

  async burst(run: number): Promise<void> {
    const begin = performance.now();
    const lines = Array.from(
      { length: burst },
      (_, index) => `#${this.#tracks[index % this.#tracks.length]} now burst-${run}-${index}-`,
    );
    await this.#ada.sayAll(channel, lines);
    await this.#shown(`burst-${run}-${burst - 1}-`);
    await this.#published();
    this.figures.bursts.push(performance.now() - begin);
  }

  async endure(commands: number): Promise<void> {
    const batch = 50;
    for (let index = 0; index < commands; index += batch) {
      for (let i = index; i < index + batch; i++)
        this.#ada.say(channel, `#${this.#tracks[i % this.#tracks.length]} now endurance-${i}-`);
      await this.#shown(`endurance-${index + batch - 1}-`);
      await setTimeout(30);
      if ((index + batch) % 2500 === 0) this.figures.grown.push(memoryOf(this.pid));
    }
  }

  async stop(): Promise<void> {
    await this.service.kill();
    await this.#server.stop();
  }

  /** Waits until the main page holds a text, looking at it every millisecond. */
  #shown(text: string): Promise<void> {
    return waitForFile(join(this.#output, 'index.html'), (page) => page.includes(text));
  }

  /** Waits until `revision.json` tells where the branch is. */
  #published(): Promise<void> {
    const tip = readFileSync(join(this.#repository, 'refs/heads/main'), 'utf8').trim();
    return waitForFile(join(this.#output, 'revision.json'), (revision) => revision.includes(tip));
  }

  /** Takes the times of the stages of one line, which was said at a moment. */
  #noteStages(said: number): void {
    if (!existsSync(this.#stages)) return;
    const text = readFileSync(this.#stages, 'utf8');
    const lines = text.slice(this.#stagesRead).split('\n').filter(Boolean);
    this.#stagesRead = text.length;
    if (said === Infinity) return;
    let last = said;
    for (const line of lines) {
      const [time = '', ...stage] = line.split(' ');
      const times = this.figures.stages.get(stage.join(' ')) ?? [];
      this.figures.stages.set(stage.join(' '), [...times, Number(time) - last]);
      last = Number(time);
    }
  }
}

function listen(url: string): void {
  get(url, { headers: { Accept: 'text/event-stream' } }, (response) => {
    response.on('error', () => undefined).resume();
  }).on('error', () => undefined);
}

function print({ name, aims, endurance }: ServiceBench, ours: Figures, theirs?: Figures): void {
  const line = (what: string, of: (figures: Figures) => number, aim?: number, unit = 'ms') => {
    const [mine, other] = [of(ours), theirs && of(theirs)];
    const ratio =
      other === undefined ? '' : `, ×${(mine / other).toFixed(2)} of ${other.toFixed(1)}`;
    report(
      `${name}: ${what}`,
      `${mine.toFixed(1)} ${unit}${ratio}`,
      aim === undefined ? '' : `≤ ${aim} ${unit}`,
      aim === undefined ? undefined : mine <= aim,
    );
  };
  line('line → main page on disk, p50', ({ p50 }) => median(p50), aims.p50);
  line('line → main page on disk, p95', ({ p95 }) => median(p95), aims.p95);
  line('line → all pages and revision.json, p50', ({ all }) => median(all), aims.all);
  line('CPU time of the service per command', ({ cpu }) => median(cpu), aims.cpu);
  line(`${burst} commands at once, published`, ({ bursts }) => median(bursts), aims.burst);
  line('memory when joined and published', ({ joined }) => joined, aims.joined, 'MiB');
  if (endurance)
    line(`memory after ${endurance} more`, ({ grown }) => grown.at(-1) ?? NaN, aims.grown, 'MiB');
  for (const [stage, times] of ours.stages)
    report(
      `${name}: … to “${stage}”, p50 and p95`,
      `${ms(median(times))}, ${ms(percentile(times, 0.95))}`,
    );
}

/** Another revision of this project in a folder of its own, ready to be started. */
export function checkOut(folder: string, revision: string): string {
  const project = join(import.meta.dirname, '..');
  const checkout = join(folder, 'compared');
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-C', cwd, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  git(folder, 'clone', '--quiet', '--shared', '--no-checkout', project, checkout);
  git(checkout, 'checkout', '--quiet', '--detach', git(project, 'rev-parse', revision).trim());
  const lock = (where: string) => readFileSync(join(where, 'package-lock.json'), 'utf8');
  if (lock(project) === lock(checkout))
    symlinkSync(join(project, 'node_modules'), join(checkout, 'node_modules'));
  else
    execFileSync('npm', ['install', '--no-save', '--loglevel=error'], {
      cwd: checkout,
      stdio: 'inherit',
    });
  return checkout;
}
