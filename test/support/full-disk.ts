/** Run with a small, empty file system: commits until it is full, and tells what happened then. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRepository, repositoryAt } from '../../schedule-data/git/repository.ts';
import { withTrack } from '../../schedule-data/schedule/schedule.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';

const folder = process.argv[2]!;
const gitdir = join(folder, 'data.git');
const author = { name: 'gibi', email: 'gibi@nicks.oftc.invalid' };
const message = (subject: string) => ({ subject, author, time: new Date(), trailers: [] });
const files = new Map([
  ['event.yaml', 'id: x\nname: X\ntimezone: UTC\n'],
  ['tracks/nova.yaml', ''],
]);

await createRepository(repositoryAt(gitdir), files, message('Begin'));
const filler = join(folder, 'filler');
writeFileSync(filler, Buffer.alloc(200_000));
const store = new ScheduleStore(repositoryAt(gitdir));
const acknowledged: string[] = [];
const say = async (topic: string) => {
  const outcome = await store.update(({ schedule }) => ({
    result: 0,
    change: {
      schedule: withTrack(schedule, 'nova', { formerly: [], next: [], now: { topic } }),
      message: message(topic),
    },
  }));
  acknowledged.push(outcome.snapshot.commit);
};

let error = '';
try {
  for (let i = 0; i < 1000; i++) await say(`topic ${i}`);
} catch (thrown) {
  error = (thrown as Error).message;
}
rmSync(filler);
await say('there is room again');
await store.close();
const git = (...args: string[]) =>
  execFileSync('git', ['--git-dir', gitdir, ...args], { encoding: 'utf8' }).trim();
const history = new Set(git('rev-list', 'main').split('\n'));
console.log(
  JSON.stringify({
    error,
    acknowledgedAreThere: acknowledged.every((commit) => history.has(commit)),
    savesAgain: history.has(acknowledged.at(-1)!),
    fsck: git('fsck', '--strict', '--full', '--no-dangling'),
  }),
);
