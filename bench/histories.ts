/**
 * Long histories: how soon a service with one is there, what a command costs in it, what it takes on
 * the disk, and whether packing it keeps commands waiting.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Maintenance } from '../schedule-data/git/maintenance.ts';
import { repositoryAt } from '../schedule-data/git/repository.ts';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { ScheduleStore } from '../schedule-data/store/schedule-store.ts';
import { eventually, Service } from '../test/support/service.ts';
import { addHistory } from './long-history.ts';
import { median, memoryOf, ms, percentile, report, timings } from './measure.ts';
import { newRepository } from './new-repository.ts';
import { Subject } from './service.ts';
import { talkAt, timeOfTalk } from './talk.ts';

/** In commits; and how soon a service without caches is to have read each, in milliseconds. */
const lengths = [100, 20_000, 100_000];
const coldAims = [30_000, 30_000, 150_000];
const starts = 3;
const runs = 3;
/** Made one by one, through the store. */
const commands = 20_000;
/** So many commands a second while it is packed. */
const rate = 15;

const author = { name: 'ada', email: 'ada@nicks.bench.invalid' };

export async function benchHistories(folder: string, schedule: Schedule): Promise<void> {
  const homes: string[] = [];
  for (const commits of lengths) {
    const home = await makeHome(folder, schedule, `history-${commits}`);
    await addHistory(repositoryIn(home), schedule, commits);
    homes.push(home);
  }
  console.log(
    `  after ${lengths.map((length) => length.toLocaleString('en')).join(' / ')} commits:`,
  );
  await benchStarts(homes);
  await benchCommands(homes, [...schedule.tracks.keys()]);
  await benchWaiting(repositoryIn(homes.at(-1)!));
  await benchPacking(folder, schedule);
}

const repositoryIn = (home: string) => join(home, 'data.git');

async function makeHome(folder: string, schedule: Schedule, name: string): Promise<string> {
  const home = join(folder, name);
  mkdirSync(home);
  await newRepository(repositoryIn(home), schedule, timeOfTalk(0));
  return home;
}

/** One line with a value for each history. */
function row(
  what: string,
  values: readonly number[],
  unit: string,
  aims?: readonly number[],
): void {
  const shown = values.map((value) => value.toFixed(unit === '×' ? 2 : 0));
  const aim = aims && `≤ ${[...new Set(aims)].join(' / ')} ${unit}`;
  const isMet = aims && values.every((value, index) => value <= aims[index]!);
  report(what, `${shown.join(' / ')} ${unit}`, aim, isMet);
}

async function benchStarts(homes: readonly string[]): Promise<void> {
  // The first start of all compiles.
  await start(homes[0]!);
  const cold = [];
  for (const home of homes) cold.push(await start(home));
  const warm: Started[][] = homes.map(() => []);
  for (let run = 0; run < starts; run++)
    for (const [index, home] of homes.entries()) warm[index]!.push(await start(home));
  const middle = (key: keyof Started) => warm.map((ones) => median(ones.map((one) => one[key])));
  const pageAims = lengths.map(() => 3000);
  row('start → page served', middle('page'), 'ms', pageAims);
  row('start → history complete', middle('complete'), 'ms', pageAims);
  row('memory then', middle('memory'), 'MiB');
  row(
    'without cache: start → page served',
    cold.map(({ page }) => page),
    'ms',
  );
  row(
    'without cache: history complete',
    cold.map(({ complete }) => complete),
    'ms',
    coldAims,
  );
  row(
    'without cache: memory at the peak',
    cold.map(({ peak }) => peak),
    'MiB',
  );
}

/** In milliseconds, and MiB. */
interface Started {
  readonly page: number;
  readonly complete: number;
  readonly memory: number;
  readonly peak: number;
}

/** Starts a service without a chat, and ends it when all is there. */
async function start(home: string): Promise<Started> {
  const begin = performance.now();
  const site = { output: join(home, 'www'), listen: '127.0.0.1:0' };
  const service = new Service(home, { data: { repository: repositoryIn(home) }, site }, 'start');
  const pid = service.process.pid!;
  try {
    const line = await service.waitFor(service.log, /the page is at/, 120);
    const answer = await fetch(/http:[^" ]+/.exec(line)![0]);
    if (!(await answer.text()).includes('part ')) throw new Error('the page shows no topic');
    const page = performance.now() - begin;
    await eventually(() => {
      const read = service.log.findIndex((line) => line.includes('the history is read'));
      const published = service.log.findLastIndex((line) => line.includes('"published"'));
      if (read < 0 || published < read) throw new Error('the history is not read');
    }, 300);
    const complete = performance.now() - begin;
    await setTimeout(1000);
    return { page, complete, memory: memoryOf(pid), peak: memoryOf(pid, 'VmHWM') };
  } finally {
    await service.stop();
  }
}

/** What a command costs, in turns: what else goes on concerns all histories. */
async function benchCommands(homes: readonly string[], tracks: readonly string[]): Promise<void> {
  const subjects: Subject[] = [];
  try {
    for (const home of homes) subjects.push(await Subject.start(home, tracks, undefined));
    for (let run = -1; run < runs; run++)
      for (const subject of subjects) await subject.latency(run);
    const costs = {
      'line → main page, p50': subjects.map(({ figures }) => median(figures.p50)),
      'line → all pages, p50': subjects.map(({ figures }) => median(figures.all)),
    };
    for (const [what, values] of Object.entries(costs)) {
      row(what, values, 'ms');
      const ratios = values.map((value) => value / values[0]!);
      row(
        '… of that after the shortest',
        ratios,
        '×',
        lengths.map(() => 1.2),
      );
    }
    // After 100 commits the page of a track has few topics yet.
    const cpu = subjects.map(({ figures }) => median(figures.cpu));
    row('CPU time of a command', cpu, 'ms');
    row(
      'memory of the service, joined',
      subjects.map(({ pid }) => memoryOf(pid)),
      'MiB',
    );
  } finally {
    for (const subject of subjects) await subject.stop();
  }
}

/** One command, as the bot has the store do it. */
async function command(store: ScheduleStore, index: number): Promise<void> {
  await store.update((snapshot) => {
    const { subject, schedule } = talkAt(snapshot.schedule, index);
    const message = {
      subject,
      author,
      time: new Date(),
      trailers: [['Irc-Channel', '#ptg']],
    } as const;
    return { result: undefined, change: { schedule, message } };
  });
}

/** What many commands leave on the disk, packed as the service does it. */
async function benchPacking(folder: string, schedule: Schedule): Promise<void> {
  const repository = repositoryIn(await makeHome(folder, schedule, 'commands'));
  const store = new ScheduleStore(repositoryAt(repository));
  let packed = 0;
  const fail = (error: unknown) => {
    throw error;
  };
  const maintenance = new Maintenance(() => store.pack().then(() => void packed++), fail);
  store.onSnapshot(() => maintenance.changed());
  // It complains of files that are packed away meanwhile.
  const size = () => parseInt(spawnSync('du', ['-sm', repository], { encoding: 'utf8' }).stdout);
  let largest = 0;
  const begin = performance.now();
  for (let index = 0; index < commands; index++) {
    await command(store, index);
    if (index % 500 === 0) largest = Math.max(largest, size());
  }
  const seconds = (performance.now() - begin) / 1000;
  maintenance.close();
  await store.close();
  const what = `${commands.toLocaleString('en')} commands in ${seconds.toFixed(0)} s, packed ${packed} times`;
  report(what, `${size()} MB, at most ${largest} MB`, '≤ 30 MB', size() <= 30);
  execFileSync('git', ['--git-dir', repository, 'fsck', '--strict', '--connectivity-only']);
}

/** How long commands wait while the repository is packed. */
async function benchWaiting(repository: string): Promise<void> {
  const store = new ScheduleStore(repositoryAt(repository));
  let index = lengths.at(-1)!;
  /** The times of commands at a fixed rate, as long as some work goes on. */
  const during = async (work: Promise<unknown>) => {
    const times: number[] = [];
    let isOver = false;
    const over = work.finally(() => (isOver = true));
    while (!isOver) {
      times.push(...(await timings(1, () => command(store, index++))));
      await setTimeout(1000 / rate);
    }
    await over;
    return times;
  };
  const [alone, packed, all]: [number[], number[], number[]] = [[], [], []];
  // In turns: what else goes on concerns all of them.
  for (let run = 0; run < runs; run++)
    for (const [times, limit] of [
      [packed, 50],
      [all, 1],
    ] as const) {
      for (let made = 0; made < 1000; made++) await command(store, index++);
      alone.push(...(await during(setTimeout(5000))));
      execFileSync('git', ['--git-dir', repository, 'config', 'gc.autoPackLimit', String(limit)]);
      times.push(...(await during(store.pack())));
    }
  for (const [what, times] of [
    ['without packing', alone],
    ['while 1,000 commits are packed', packed],
    ['while 100,000 commits are packed anew', all],
  ] as const) {
    const [p50, p95, worst] = [0.5, 0.95, 1].map((share) => percentile(times, share));
    const shown = `${ms(p50!)}, ${ms(p95!)}, ${ms(worst!)} of ${times.length}`;
    const isMet = times === alone ? undefined : worst! <= 100;
    report(`a commit ${what}: p50, p95, worst`, shown, '≤ 100 ms', isMet);
  }
  await store.close();
}
