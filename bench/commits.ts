/** What a commit costs: alone, beside git's own, and with a long history. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { withTrack } from '../schedule-data/schedule/schedule.ts';
import { repositoryAt } from '../schedule-data/git/repository.ts';
import { ScheduleStore } from '../schedule-data/store/schedule-store.ts';
import { median, ms, report, timings } from './measure.ts';

const author = { name: 'bench', email: 'bench@nicks.bench.invalid' };
const runs = 5;
const perRun = 100;

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
}

/** The median over five runs of the median time of a commit. */
async function commitTime(store: ScheduleStore, count = perRun): Promise<number> {
  const { schedule } = await store.current();
  const [slug = ''] = schedule.tracks.keys();
  const times = await timings(count, (index) =>
    store.update((snapshot) => ({
      result: 0,
      change: {
        schedule: withTrack(snapshot.schedule, slug, {
          ...snapshot.schedule.tracks.get(slug)!,
          now: { topic: `topic ${index} ${Math.random()}` },
        }),
        message: { subject: 'bench', author, time: new Date(), trailers: [] },
      },
    })),
  );
  return median(times);
}

/** Four small files, synced and renamed: what no way of writing four objects can do without. */
async function floor(folder: string): Promise<number> {
  return median(
    await timings(perRun, (index) => {
      for (let file = 0; file < 4; file++) {
        const path = join(folder, `floor-${index}-${file}`);
        const handle = openSync(path, 'w');
        writeSync(handle, 'x'.repeat(200));
        fsyncSync(handle);
        closeSync(handle);
        renameSync(path, `${path}.done`);
      }
    }),
  );
}

export async function benchCommits(folder: string, repository: string): Promise<void> {
  const clone = join(folder, 'clone');
  git(folder, 'clone', '--quiet', repository, clone);
  git(clone, 'config', 'user.name', 'bench');
  git(clone, 'config', 'user.email', 'bench@example.org');
  const [file = ''] = git(clone, 'ls-files', 'tracks').split('\n');
  const store = new ScheduleStore(repositoryAt(repository));
  const ours: number[] = [];
  const theirs: number[] = [];
  const floors: number[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await commitTime(store));
    const peer = await timings(perRun / 2, (index) => {
      appendFileSync(join(clone, file), `# ${run} ${index}\n`);
      git(clone, '-c', 'core.fsync=all', 'commit', '--quiet', '--all', '--message', 'bench');
    });
    theirs.push(median(peer));
    floors.push(await floor(folder));
  }
  await store.close();
  const [our, their] = [median(ours), median(theirs)];
  report('commit alone, p50', `${ms(our)} (floor ${ms(median(floors))})`);
  report('git -c core.fsync=all commit -a, p50', ms(their));
  report('ratio', (our / their).toFixed(2), '≤ 0.5', our / their <= 0.5);
}

/** Two bare copies of a repository, with so many commits each. */
function withHistory(folder: string, repository: string, commits: number): string {
  const copy = join(folder, `history-${commits}.git`);
  git(folder, 'clone', '--quiet', '--bare', repository, copy);
  const [tip, files] = [
    git(copy, 'rev-parse', 'main').trim(),
    git(copy, 'ls-tree', '-r', '--name-only', 'main'),
  ];
  const path = files.split('\n').find((one) => one.startsWith('tracks/'))!;
  const stream = Array.from({ length: commits }, (_, index) => {
    const text = `now:\n  topic: "topic ${index}"\n`;
    return `commit refs/heads/main\ncommitter bench <bench@example.org> ${1_500_000_000 + index} +0000\ndata 5\nbench\n${
      index ? '' : `from ${tip}\n`
    }M 100644 inline ${path}\ndata ${text.length}\n${text}\n`;
  });
  execFileSync('git', ['--git-dir', copy, 'fast-import', '--quiet'], { input: stream.join('') });
  git(copy, 'gc', '--quiet');
  return copy;
}

export async function benchHistory(folder: string, repository: string): Promise<void> {
  const short = new ScheduleStore(repositoryAt(withHistory(folder, repository, 100)));
  const long = new ScheduleStore(repositoryAt(withHistory(folder, repository, 20_000)));
  const [shortTimes, longTimes]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    shortTimes.push(await commitTime(short));
    longTimes.push(await commitTime(long));
  }
  await Promise.all([short.close(), long.close()]);
  const [few, many] = [median(shortTimes), median(longTimes)];
  report('commit p50 after 100 and after 20,000 commits', `${ms(few)}, ${ms(many)}`);
  report('ratio', (many / few).toFixed(2), '≤ 1.2', many / few <= 1.2);
}
