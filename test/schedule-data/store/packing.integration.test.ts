/** A real repository, packed by real git while everybody works with it. */
import { expect, test } from 'vitest';
import { repositoryAt } from '../../../schedule-data/git/repository.ts';
import { withTrack } from '../../../schedule-data/schedule/schedule.ts';
import { ScheduleStore } from '../../../schedule-data/store/schedule-store.ts';
import { Clone, git, message, smallRepository } from '../../support/repository.ts';

test.each([
  ['what is new', '50'],
  ['all of it', '1'],
])('commands, pushes and looks back go on while %s is packed', async (_what, packs) => {
  const gitdir = await smallRepository();
  git(gitdir, 'config', 'gc.autoPackLimit', packs);
  const store = new ScheduleStore(repositoryAt(gitdir));
  const clone = new Clone(gitdir);
  let isDone = false;
  const packing = (async () => {
    for (let round = 0; round < 5 || !isDone; round++) await store.pack();
  })();
  const commits: string[] = [];
  for (let index = 0; index < 80; index++) {
    const { snapshot } = await store.update(({ schedule }) => ({
      result: undefined,
      change: {
        schedule: withTrack(schedule, 'nova', {
          ...schedule.tracks.get('nova')!,
          now: { topic: `topic ${index}` },
        }),
        message: message(`nova: now topic ${index}`),
      },
    }));
    commits.push(snapshot.commit);
    if (index % 20 === 10) {
      clone.pull();
      commits.push(clone.push('tracks/cinder.yaml', `now: { topic: push ${index} }\n`));
      const pushed = await store.current();
      expect(pushed.schedule.tracks.get('cinder')?.now?.topic).toBe(`push ${index}`);
      const before = await store.at(`main~${index}`);
      expect(before.schedule.tracks.get('nova')?.now?.topic).not.toBe(`topic ${index}`);
    }
  }
  isDone = true;
  await packing;
  expect(git(gitdir, 'log', '--reverse', '--format=%H', 'main').split('\n').slice(1)).toEqual(
    commits,
  );
  await store.pack();
  await store.close();
  expect(git(gitdir, 'fsck', '--strict', '--full')).toBe('');
  const counts = git(gitdir, 'count-objects', '--verbose');
  expect(counts).toMatch(/^count: 0$/m);
  expect(counts).toMatch(/^garbage: 0$/m);
});
