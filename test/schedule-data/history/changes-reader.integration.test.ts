/** What changed last, read from real repositories and handed over by a store. */
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryAt } from '../../../schedule-data/git/repository.ts';
import { ChangesReader } from '../../../schedule-data/history/changes-reader.ts';
import { describedChangeOf } from '../../../schedule-data/history/described-change.ts';
import { ScheduleStore } from '../../../schedule-data/store/schedule-store.ts';
import { discussTopics, revertTopic } from '../../support/history.ts';
import { Clone, git, smallRepository, temporaryFolder } from '../../support/repository.ts';

/** What a reader says that knows nothing yet. */
async function newest(gitdir: string) {
  const reader = new ChangesReader(gitdir, { folder: temporaryFolder() });
  await reader.read(git(gitdir, 'rev-parse', 'main'));
  return reader.known!;
}

describe('the changes of a repository', () => {
  test('are told in sentences and in lines, from the first commit on', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    const commit = clone.push(
      'rooms/aspen.yaml',
      'name: Aspen\nslots:\n  MonA1: cinder\n  MonP1:\n',
      'Move',
    );
    const known = await newest(gitdir);
    expect(known).toMatchObject({ count: 2, tip: commit });
    const [first, second] = known.newest;
    expect(first).toMatchObject({ parent: undefined, author: 'gibi', tracks: ['cinder', 'nova'] });
    expect(first!.sentences).toContain('nova booked aspen-MonA1');
    expect(second).toMatchObject({
      commit,
      parent: first!.commit,
      author: 'Ada',
      subject: 'Move',
      sentences: ['cinder booked aspen-MonA1 (was nova)'],
      tracks: ['cinder', 'nova'],
      rooms: ['aspen'],
      files: [
        {
          path: 'rooms/aspen.yaml',
          lines: [
            ['-', 'name: Aspen # the small one'],
            ['+', 'name: Aspen'],
            [' ', 'slots:'],
            ['-', '  MonA1: nova'],
            ['+', '  MonA1: cinder'],
            [' ', '  MonP1:'],
          ],
          more: 0,
        },
      ],
    });
  });

  test('count what is valid, as everywhere; what is none of ours is no change', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    clone.push('README.md', 'For people.\n');
    clone.push('tracks/nova.yaml', 'color: blue-ish\nname: Compute\n');
    clone.push('event.yaml', undefined);
    rmSync(join(clone.folder, 'tracks/cinder.yaml'));
    symlinkSync('nova.yaml', join(clone.folder, 'tracks/cinder.yaml'));
    clone.push('announcements.yaml', '- level: info\n  message: Lunch\n');
    const known = await newest(gitdir);
    expect(known.newest.slice(1).map(({ sentences }) => sentences)).toEqual([
      ['nova: name Compute'],
      [],
      ['announcements: added [info] Lunch'],
    ]);
  });

  test('name authors, and never an address', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    git(clone.folder, 'commit', '--quiet', '--allow-empty', '-m', 'nothing');
    for (const [name, index] of [
      ['ada@example.org', 1],
      ['Ada L. (ada@example.org)', 2],
      ['@', 3],
    ] as const) {
      clone.push('tracks/nova.yaml', `name: nova ${index}\n`);
      git(clone.folder, 'commit', '--quiet', '--amend', '--no-edit', `--author=${name} <a@b>`);
      git(clone.folder, 'push', '--quiet', '--force', join(gitdir), 'HEAD:refs/heads/other');
      git(gitdir, 'update-ref', 'refs/heads/main', 'refs/heads/other');
    }
    const { newest: changes } = await newest(gitdir);
    expect(changes.slice(1).map(({ author }) => author)).toEqual(['ada', 'Ada L. ada', 'somebody']);
  });

  test('are as many as stand on the last full page, and after it; older ones that they revert beside', async () => {
    const gitdir = await smallRepository();
    const store = new ScheduleStore(repositoryAt(gitdir));
    const commits = await discussTopics(store, 249);
    const revert = await revertTopic(store, commits[4]!);
    const known = await newest(gitdir);
    expect(known.count).toBe(251);
    expect(known.newest.map(({ commit }) => commit)).toEqual([...commits.slice(99), revert]);
    expect(known.reverted.map(({ commit }) => commit)).toEqual([commits[4]]);
    expect([...known.revertedBy]).toEqual([[commits[4], [revert]]]);
    await store.close();
  });

  test('are the same when the store hands them over one by one, and when a cache knew some', async () => {
    const gitdir = await smallRepository();
    const store = new ScheduleStore(repositoryAt(gitdir));
    const folder = temporaryFolder();
    const reader = new ChangesReader(gitdir, { folder, saveAfter: 30 });
    await reader.read((await store.current()).commit);
    store.onSnapshot((snapshot, made) => {
      if (!made || !reader.add(describedChangeOf(snapshot, made)))
        void reader.read(snapshot.commit);
    });
    const commits = await discussTopics(store, 120);
    expect(reader.known).toEqual(await newest(gitdir));
    // Of what is known, and of what is not any more.
    await revertTopic(store, commits[100]!);
    expect(reader.known).toEqual(await newest(gitdir));
    await discussTopics(store, 100, 'other');
    const older = await revertTopic(store, commits[3]!);
    await expect.poll(() => reader.known?.tip).toBe(older);
    expect(reader.known).toEqual(await newest(gitdir));
    const cached = new ChangesReader(gitdir, { folder });
    await cached.read(older);
    expect(cached.known).toEqual(await newest(gitdir));
    await store.close();
  });

  test('begin anew where the past is forgotten', async () => {
    const gitdir = await smallRepository();
    const store = new ScheduleStore(repositoryAt(gitdir));
    const reader = new ChangesReader(gitdir, { folder: temporaryFolder() });
    await reader.read((await store.current()).commit);
    store.onSnapshot((snapshot, made) => {
      if (!made || !reader.add(describedChangeOf(snapshot, made)))
        void reader.read(snapshot.commit);
    });
    await discussTopics(store, 3);
    await store.update(({ schedule }) => ({
      result: undefined,
      change: {
        schedule: { ...schedule, tracks: new Map() },
        message: {
          subject: 'Begin anew',
          author: { name: 'a', email: 'b' },
          time: new Date(0),
          trailers: [],
        },
        forgetsPast: true,
      },
    }));
    await expect.poll(() => reader.known?.count).toBe(1);
    expect(reader.known).toEqual(await newest(gitdir));
    await store.close();
  });
});
