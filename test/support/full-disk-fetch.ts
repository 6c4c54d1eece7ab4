/** Run with a small, empty file system and a folder elsewhere: fetches what does not fit, until there is room. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRepository, repositoryAt } from '../../schedule-data/git/repository.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { RemoteSync } from '../../schedule-data/sync/remote-sync.ts';

const [small, large] = process.argv.slice(2) as [string, string];
const gitdir = join(small, 'data.git');
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

await createRepository(
  repositoryAt(gitdir),
  new Map([['event.yaml', 'id: x\nname: X\ntimezone: UTC\n']]),
  { subject: 'Begin', author: { name: 'x', email: 'x@x.invalid' }, time: new Date(), trailers: [] },
);
const filler = join(small, 'filler');
writeFileSync(filler, randomBytes(1_000_000));
git(large, 'clone', '--quiet', '--bare', gitdir, 'remote.git');
git(large, 'clone', '--quiet', 'remote.git', 'clone');
const clone = join(large, 'clone');
writeFileSync(join(clone, 'large'), randomBytes(700_000));
git(clone, 'add', '--all');
git(clone, 'commit', '--quiet', '-m', 'large');
git(clone, 'push', '--quiet');

const store = new ScheduleStore(repositoryAt(gitdir));
const problems: string[] = [];
const full = Promise.withResolvers<void>();
const again = Promise.withResolvers<void>();
const sync = new RemoteSync({
  repository: repositoryAt(gitdir),
  store,
  remote: { url: join(large, 'remote.git') },
  interval: 100,
  onProblem(problem) {
    if (problem === undefined) return again.resolve();
    problems.push(problem);
    full.resolve();
  },
});
await full.promise;
await store.current();
rmSync(filler);
await again.promise;
await sync.close();
await store.close();
console.log(
  JSON.stringify({
    problems,
    goesOn: git(gitdir, 'log', '-1', '--format=%s', 'main') === 'large',
    fsck: git(gitdir, 'fsck', '--strict', '--full', '--no-dangling'),
  }),
);
