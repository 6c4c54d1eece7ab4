/** How long somebody who pushes waits for the answer of the guard, beside the push without it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../cli/config.ts';
import { keepHook } from '../cli/service/keep-hook.ts';
import { ms, percentile, report, timings } from './measure.ts';

const runs = 20;
const aim = 300;

export async function benchGuard(folder: string, repository: string): Promise<void> {
  const config = readConfig(undefined, {}, repository);
  const site = { ...config.site, url: 'https://ptg.example.org' };
  await keepHook({ ...config, site }, pino({ level: 'silent' }));
  const clone = join(folder, 'guard-clone');
  execFileSync('git', ['clone', '--quiet', repository, clone]);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=a@b', ...args], {
      cwd: clone,
      encoding: 'utf8',
    }).trim();
  const files = (kind: string) => git('ls-files', kind).split('\n');
  const commit = (path: string, text: string) => {
    writeFileSync(join(clone, path), text);
    git('commit', '--quiet', '--all', '-m', path);
    return git('rev-parse', 'HEAD~1', 'HEAD').split('\n');
  };
  const push = () => {
    const { status, stderr } = spawnSync('git', ['push'], { cwd: clone, encoding: 'utf8' });
    return { isTaken: status === 0, said: stderr };
  };
  // So that it is known to git.
  writeFileSync(join(clone, 'README'), 'Data of a bench.');
  git('add', 'README');
  const [tracks, rooms] = [files('tracks'), files('rooms')];
  const textOf = (path: string) => readFileSync(join(clone, path), 'utf8');
  const nth = (paths: readonly string[], index: number) => paths[index % paths.length]!;
  const kinds: Readonly<Record<string, (index: number) => readonly [path: string, text: string]>> =
    {
      'a topic': (index) => [
        nth(tracks, index),
        `${textOf(nth(tracks, index)).replace(/^location:.*\n/m, '')}location: "hall ${index}"\n`,
      ],
      'a booking': (index) => [
        nth(rooms, index),
        textOf(nth(rooms, index)).replace(
          /^( {2}\w+):.*$/m,
          `$1: ${index % 2 ? 'team-1' : 'team-2'}`,
        ),
      ],
      'a mistake': (index) => [nth(tracks, index), `${textOf(nth(tracks, index))}colour: red\n`],
    };
  const hook = join(repository, 'hooks/update');
  const script = readFileSync(hook, 'utf8');
  const times = { node: [] as number[], with: [] as number[], without: [] as number[] };
  const alone: Record<string, number[]> = {};
  for (let run = 0; run < runs; run++)
    for (const [kind, change] of Object.entries(kinds)) {
      const [old, current] = commit(...change(run));
      // The objects have to be there, as they are when git runs the hook.
      rmSync(hook);
      git('push', '--quiet', 'origin', `HEAD:refs/heads/aside-${run}-${kind.slice(2)}`);
      writeFileSync(hook, script, { mode: 0o755 });
      const [took = NaN] = await timings(1, () =>
        spawnSync(hook, ['refs/heads/main', old!, current!], { cwd: repository }),
      );
      (alone[kind] ??= []).push(took);
      times.node.push(...(await timings(1, () => spawnSync(process.execPath, ['-e', '0']))));
      let answer = { isTaken: false, said: '' };
      times.with.push(...(await timings(1, () => (answer = push()))));
      if (answer.isTaken === (kind === 'a mistake'))
        throw new Error(`${kind} was answered with: ${answer.said}`);
      if (kind === 'a mistake') git('reset', '--quiet', '--hard', 'HEAD~1');
      rmSync(hook);
      commit('README', `${run} ${kind}`);
      times.without.push(...(await timings(1, push)));
      writeFileSync(hook, script, { mode: 0o755 });
    }
  const both = (values: readonly number[]) =>
    `${ms(percentile(values, 0.5))}, ${ms(percentile(values, 0.95))}`;
  for (const [kind, values] of Object.entries(alone)) {
    const p95 = percentile(values, 0.95);
    report(`the guard, for ${kind}, p50 and p95`, both(values), `≤ ${aim} ms`, p95 <= aim);
  }
  report('node -e 0, p50 and p95', both(times.node));
  report('git push with the guard, p50 and p95', both(times.with));
  report('git push without it, p50 and p95', both(times.without));
}
