/** What a commit costs: alone, and beside git's own. */
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
