/** What it costs to know what was discussed: a long history once, and then one command. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { discuss } from './discuss.ts';
import { TopicLogReader } from '../schedule-data/history/topic-log-reader.ts';
import { trackChangesOf } from '../schedule-data/history/track-changes.ts';
import { snapshotAt } from '../schedule-data/store/schedule-store.ts';
import { withTrack } from '../schedule-data/schedule/schedule.ts';
import { median, ms, percentile, report, timings } from './measure.ts';

const commits = 20_000;
const runs = 5;

/** What git itself takes to tell the same changes. */
function plainLog(repository: string): void {
  execFileSync('git', ['--git-dir', repository, 'log', '-p', '--reverse', 'main'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export async function benchLog(folder: string, repository: string): Promise<void> {
  const { schedule } = await snapshotAt(repository, 'main');
  const tracks = [...schedule.tracks.keys()];
  discuss(repository, tracks, commits);
  const before = await snapshotAt(repository, 'main');
  const read = async (cache: string) => {
    const history = new TopicLogReader(repository, { folder: join(folder, cache) });
    await history.read(before.commit);
    return history;
  };
  const once: number[] = [];
  const peers: number[] = [];
  for (let run = 0; run < runs; run++) {
    once.push(...(await timings(1, () => read(`cache-${run}`))));
    peers.push(...(await timings(1, () => plainLog(repository))));
  }
  const [our, peer] = [median(once), median(peers)];
  report(`${commits} commits read for the logs`, ms(our), '≤ 30 s', our <= 30_000);
  report('git log -p of them', `${ms(peer)} (ratio ${(our / peer).toFixed(1)})`);
  const again = median(await timings(runs, () => read('cache-0')));
  report('the same from the cache', ms(again));

  const history = await read('cache-0');
  let snapshot = before;
  const message = { subject: 'bench', author: { name: 'a', email: 'a@b' }, trailers: [] };
  const times = await timings(1000, (index) => {
    const slug = tracks[index % tracks.length]!;
    const track = { ...snapshot.schedule.tracks.get(slug)!, now: { topic: `new ${index}` } };
    const next = {
      ...snapshot,
      commit: String(index).padStart(40, '0'),
      schedule: withTrack(snapshot.schedule, slug, track),
    };
    const made = { before: snapshot, message: { ...message, time: new Date() } };
    if (!history.add(trackChangesOf(next, made))) throw new Error('the commit did not follow');
    history.of(next.schedule.tracks);
    snapshot = next;
  });
  const [p50, worst] = [median(times), percentile(times, 1)];
  report(
    'the logs after one more commit, p50 and worst',
    `${ms(p50)}, ${ms(worst)}`,
    '≤ 5 ms',
    p50 <= 5,
  );
}
