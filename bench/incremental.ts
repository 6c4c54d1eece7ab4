/** What a very big event costs: all of its pages at once, and those that one command concerns. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withTrack } from '../schedule-data/schedule/schedule.ts';
import { Publisher } from '../site/publish/publisher.ts';
import { compileSite } from '../site/build/compile.ts';
import { loadRenderer } from '../site/render/load.ts';
import { SitePlanner } from '../site/render/plan.ts';
import { bigEvent, bigHistory } from './big-event.ts';
import { median, memoryOf, ms, report } from './measure.ts';
import { newRepository } from './new-repository.ts';

const frontDoor = join(import.meta.dirname, '../ptgbot.ts');
const commands = 20;

export async function benchIncremental(folder: string): Promise<void> {
  const renderer = await loadRenderer(await compileSite());
  await renderAtOnce(folder);

  let [schedule, history] = [bigEvent(), bigHistory()];
  const planner = new SitePlanner(renderer);
  const publishTo = async (publisher: Publisher) => {
    const content = { commit: '', schedule, problems: [], presence: [], history };
    const begin = performance.now();
    const { files, written } = await publisher.publish(content, await planner.plan(content));
    return { time: performance.now() - begin, files, written };
  };
  const publisher = await Publisher.open(join(folder, 'big-www'));
  await publishTo(publisher);
  const [slugs, runs, full] = [[...schedule.tracks.keys()], [] as number[], [] as number[]];
  let most = { files: 0, written: 0 };
  for (let command = 0; command < commands; command++) {
    const slug = slugs[(command * 37) % slugs.length] ?? '';
    const track = { ...schedule.tracks.get(slug)!, now: { topic: `topic ${command}` } };
    schedule = withTrack(schedule, slug, track);
    const entry = { ...track.now, since: '2018-09-13T15:04:05Z', commit: '0'.repeat(40) };
    history = new Map(history).set(slug, [...(history.get(slug) ?? []), entry]);
    const done = await publishTo(publisher);
    if (done.written > most.written) most = done;
    // The first ones warm up.
    if (command >= 5) runs.push(done.time);
    if (command % 5 === 4)
      full.push((await publishTo(await Publisher.open(join(folder, `big-www-${command}`)))).time);
  }
  const [one, all] = [median(runs), median(full)];
  report('500 × 100 × 10: all of it, in a warm process', ms(all));
  report('500 × 100 × 10: one command published', ms(one), '< 250 ms', one < 250);
  report('ratio', `${(all / one).toFixed(1)} ×`);
  report('files written after one command, at most', `${most.written} of ${most.files}`);
}

/** `ptgbot render`, as a process of its own. */
async function renderAtOnce(folder: string): Promise<void> {
  const repository = join(folder, 'big.git');
  await newRepository(repository, bigEvent());
  const begin = performance.now();
  const out = join(folder, 'big-rendered');
  const child = spawn(
    process.execPath,
    [frontDoor, 'render', '--repository', repository, '--out', out],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let peak = 0;
  const look = setInterval(() => {
    try {
      peak = Math.max(peak, memoryOf(child.pid!, 'VmHWM') || 0);
    } catch {
      // It has just ended.
    }
  }, 5);
  const [code] = await ended;
  clearInterval(look);
  if (code !== 0) throw new Error(`ptgbot render ended with ${code}`);
  const time = performance.now() - begin;
  report('500 × 100 × 10: ptgbot render', ms(time), '< 5000 ms', time < 5000);
  report('its memory at the peak', `${peak.toFixed(0)} MB`, '< 300 MB', peak < 300);
}
