/** What it costs to render and publish the whole site, beside a build from nothing. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withTrack } from '../schedule-data/schedule/schedule.ts';
import { snapshotAt } from '../schedule-data/store/schedule-store.ts';
import { Publisher } from '../site/publish/publisher.ts';
import { compileSite } from '../site/build/compile.ts';
import { loadRenderer } from '../site/render/load.ts';
import { SitePlanner } from '../site/render/plan.ts';
import { median, ms, report, timings } from './measure.ts';

const project = join(import.meta.dirname, '..');

export async function benchRendering(folder: string, repository: string): Promise<void> {
  const renderer = await loadRenderer(await compileSite());
  const publisher = await Publisher.open(join(folder, 'www'));
  const snapshot = await snapshotAt(repository, 'main');
  const [slug = ''] = snapshot.schedule.tracks.keys();
  const planner = new SitePlanner(renderer);
  const publishTopic = async (topic: string) => {
    const track = { ...snapshot.schedule.tracks.get(slug)!, now: { topic } };
    const next = { ...snapshot, schedule: withTrack(snapshot.schedule, slug, track) };
    await publisher.publish(
      next,
      await planner.plan({ ...next, presence: [], history: new Map() }),
    );
  };
  await timings(20, (index) => publishTopic(`warm ${index}`));
  const ours: number[] = [];
  const builds: number[] = [];
  for (let run = 0; run < 5; run++) {
    ours.push(median(await timings(20, (index) => publishTopic(`${run} ${index}`))));
    const outDir = join(folder, 'build');
    rmSync(outDir, { recursive: true, force: true });
    rmSync(join(project, 'dist/.astro'), { recursive: true, force: true });
    const astro = join(project, 'node_modules/astro/bin/astro.mjs');
    const build = () =>
      execFileSync(process.execPath, [astro, 'build', '--outDir', outDir], {
        cwd: project,
        stdio: 'pipe',
        env: { ...process.env, PTGBOT_REPOSITORY: repository, ASTRO_TELEMETRY_DISABLED: '1' },
      });
    builds.push(...(await timings(1, build)));
  }
  const [our, build] = [median(ours), median(builds)];
  report('whole site rendered and published after one command', ms(our));
  report('cold astro build', ms(build));
  report('ratio', `${(build / our).toFixed(0)} ×`, '≥ 20 ×', build / our >= 20);
}
