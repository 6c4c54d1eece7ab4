/** Topic logs, read from real repositories. */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutTrack, withRenamedTrack } from '../../../schedule-data/schedule/tracks.ts';
import type { ReaderOptions } from '../../../schedule-data/history/history-reader.ts';
import { TopicLogReader } from '../../../schedule-data/history/topic-log-reader.ts';
import type { TopicLogEntry, TrackChanges } from '../../../schedule-data/history/topic-log.ts';
import { trackChangesOf } from '../../../schedule-data/history/track-changes.ts';
import type { Track } from '../../../schedule-data/format/file-schemas.ts';
import { snapshotAt } from '../../../schedule-data/store/schedule-store.ts';
import {
  sortedSchedule,
  withTrack,
  type Schedule,
} from '../../../schedule-data/schedule/schedule.ts';
import { repositoryAt } from '../../../schedule-data/git/repository.ts';
import { ScheduleStore } from '../../../schedule-data/store/schedule-store.ts';
import {
  Clone,
  git,
  gitAt,
  message,
  smallRepository,
  temporaryFolder,
} from '../../support/repository.ts';

const at = (time: string) => `2018-09-10T${time}:00Z`;
const cells = `now:\n  topic: "cells, #cinder"\n  since: "${at('10:00')}"\n  by: "gibi"\n`;

async function logsOf(gitdir: string, options?: ReaderOptions, known?: TopicLogReader) {
  const { commit, schedule } = await snapshotAt(gitdir, 'main');
  const reader = known ?? new TopicLogReader(gitdir, { folder: temporaryFolder(), ...options });
  await reader.read(commit);
  return Object.fromEntries(reader.of(schedule.tracks));
}

/** `cells 10:00–10:30` for each topic. */
const lines = (entries: readonly TopicLogEntry[] = []) =>
  entries.map(({ topic, since, until }) =>
    `${topic} ${since.slice(11, 16)}–${until?.slice(11, 16) ?? ''}`.trim(),
  );

describe('the topic logs of a repository', () => {
  test('tells what was discussed: hand edits, bad files and reverts included', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    const push = (text: string | Uint8Array | undefined, time: string) =>
      clone.push('tracks/nova.yaml', text, `at ${time}`, at(time));
    const first = push(cells, '10:00');
    push(`${cells}colour: red\n`, '10:05');
    push(Buffer.from([0xff, 0xfe, 0x00]), '10:06');
    push(Buffer.alloc(300 * 1024, 0x20), '10:07');
    push('- a list', '10:08');
    push(cells, '10:10');
    const rude = push(cells.replace('cells, #cinder', 'rude').replace('10:00', '10:20'), '10:20');
    gitAt(at('10:21'), clone.folder, 'revert', '--no-edit', rude);
    git(clone.folder, 'push', '--quiet');
    expect(await logsOf(gitdir)).toEqual({
      nova: [
        { topic: 'cells, #cinder', since: at('10:00'), by: 'gibi', room: undefined, commit: first },
      ],
    });
    push(undefined, '10:45');
    push('', '10:46');
    expect(lines((await logsOf(gitdir)).nova)).toEqual(['cells, #cinder 10:00–10:45']);
  });

  test('takes a link for a file that is not valid', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    clone.push('tracks/nova.yaml', cells);
    clone.push('other', 'x');
    rmSync(join(clone.folder, 'tracks/nova.yaml'));
    symlinkSync('cinder.yaml', join(clone.folder, 'tracks/nova.yaml'));
    clone.push('other', 'y');
    expect(lines((await logsOf(gitdir)).nova)).toEqual(['cells, #cinder 10:00–']);
  });

  test('follows first parents: what was merged counts when it was merged', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    git(clone.folder, 'checkout', '--quiet', '-b', 'side');
    writeFileSync(join(clone.folder, 'tracks/cinder.yaml'), 'now: { topic: types }');
    gitAt(at('09:00'), clone.folder, 'commit', '--quiet', '--all', '-m', 'types');
    git(clone.folder, 'checkout', '--quiet', 'main');
    clone.push('tracks/nova.yaml', cells, 'cells', at('10:00'));
    gitAt(at('11:00'), clone.folder, 'merge', '--quiet', '--no-ff', '--no-edit', 'side');
    git(clone.folder, 'push', '--quiet');
    const logs = await logsOf(gitdir);
    expect([...lines(logs.nova), ...lines(logs.cinder)]).toEqual([
      'cells, #cinder 10:00–',
      'types 11:00–',
    ]);
  });

  test('is not misled by messages and names that look like what git prints', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    const commit = clone.push(
      'tracks/nova.yaml',
      cells,
      `:100644 100644 a b M\n\n:000000 000000 a b D\ntracks/nova.yaml\nc${'1'.repeat(40)} \t1\n`,
      at('10:00'),
    );
    mkdirSync(join(clone.folder, 'tracks/:100644'));
    clone.push('tracks/:100644/nova.yaml', 'now: { topic: not ours }');
    // Somebody says in a chat what git says in a message.
    const said = `nova: next This reverts commit ${commit}.`;
    clone.push('tracks/nova.yaml', `${cells}next: [x]\n`, `${said}\n\nIrc-Command: #${said}`);
    expect(lines((await logsOf(gitdir)).nova)).toEqual(['cells, #cinder 10:00–']);
  });

  test('does not mind what people have configured for git', async () => {
    const gitdir = await smallRepository(
      new Map([
        ['event.yaml', 'id: x\nname: X\ntimezone: UTC\n'],
        ['tracks/nova.yaml', cells],
      ]),
    );
    for (const [key, value] of [
      ['log.showRoot', 'false'],
      ['log.showSignature', 'true'],
      ['diff.renames', 'copies'],
      ['log.diffMerges', 'off'],
      ['log.abbrevCommit', 'true'],
      ['core.quotePath', 'true'],
      ['log.date', 'relative'],
      ['format.pretty', 'oneline'],
    ])
      git(gitdir, 'config', key!, value!);
    expect(lines((await logsOf(gitdir)).nova)).toEqual(['cells, #cinder 10:00–']);
  });

  test('says so when there is no such commit, and goes on with the next', async () => {
    const gitdir = await smallRepository();
    const reader = new TopicLogReader(gitdir, { folder: temporaryFolder() });
    await expect(reader.read('1'.repeat(40))).rejects.toThrow(/bad object/);
    new Clone(gitdir).push('tracks/nova.yaml', cells);
    expect(lines((await logsOf(gitdir, {}, reader)).nova)).toEqual(['cells, #cinder 10:00–']);
  });
});

describe('the cache', () => {
  const filled = async () => {
    const folder = temporaryFolder();
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    clone.push('tracks/nova.yaml', cells);
    const options = { folder, saveAfter: 1 };
    await logsOf(gitdir, options);
    const file = join(folder, readdirSync(folder)[0]!);
    return { gitdir, clone, options, file };
  };

  test('holds what was read, so that only what is new is read again', async () => {
    const { gitdir, clone, options, file } = await filled();
    // To see that it counts, it says something that the repository does not.
    writeFileSync(file, readFileSync(file, 'utf8').replace('cells', 'cached cells'));
    clone.push('tracks/cinder.yaml', 'now: { topic: types }', 'types', at('11:00'));
    const logs = await logsOf(gitdir, options);
    expect([...lines(logs.nova), ...lines(logs.cinder)]).toEqual([
      'cached cells, #cinder 10:00–',
      'types 11:00–',
    ]);
    expect(readFileSync(file, 'utf8')).toContain('types');
  });

  test.each<[string, (text: string) => string]>([
    ['is cut off', (text) => text.slice(0, -5)],
    ['is empty', () => ''],
    ['is of another version', (text) => text.replace('"version":2', '"version":0')],
    ['is of another repository', (text) => text.replace(/"repository":"[^"]*/, '"repository":"/x')],
    [
      'holds something else',
      (text) => text.replace('"topic":"', '"topic":["').replace('","since', '"],"since'),
    ],
    [
      'names a commit that is gone',
      (text) => text.replace(/"tip":"[^"]*/, `"tip":"${'1'.repeat(40)}`),
    ],
  ])('is made anew when it %s', async (_, damage) => {
    const { gitdir, options, file } = await filled();
    const damaged = damage(readFileSync(file, 'utf8').replace('cells', 'cached cells'));
    expect(damaged).not.toBe(readFileSync(file, 'utf8'));
    writeFileSync(file, damaged);
    expect(lines((await logsOf(gitdir, options)).nova)).toEqual(['cells, #cinder 10:00–']);
    expect(readFileSync(file, 'utf8')).not.toContain('cached');
  });

  test('is made anew when the history was rewritten: onto others, back, or around it', async () => {
    const { gitdir, clone, options } = await filled();
    const push = (...args: string[]) => git(clone.folder, 'push', '--quiet', '--force', ...args);
    git(gitdir, 'config', 'receive.denyNonFastForwards', 'false');
    const newest = async () => lines((await logsOf(gitdir, options)).nova);
    const commit = (text: string, time: string) => {
      writeFileSync(join(clone.folder, 'tracks/nova.yaml'), text);
      gitAt(at(time), clone.folder, 'commit', '--quiet', '--all', '-m', text);
    };
    git(clone.folder, 'branch', 'known');
    git(clone.folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    commit('now: { topic: other }', '12:00');
    push();
    expect(await newest()).toEqual(['other 12:00–']);

    git(clone.folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    push();
    expect(await newest()).toEqual([]);

    push('origin', 'known:main');
    expect(await newest()).toEqual(['cells, #cinder 10:00–']);
    // What the cache knows becomes a second parent.
    commit('now: { topic: mine }', '13:00');
    gitAt(at('14:00'), clone.folder, 'merge', '--quiet', '--no-edit', '-s', 'ours', 'known');
    push();
    expect(await newest()).toEqual(['mine 13:00–']);
  });

  test('that cannot be written stops nobody', async () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, '');
    const errors: unknown[] = [];
    const options = { folder, saveAfter: 1, onCacheError: (error: unknown) => errors.push(error) };
    const gitdir = await smallRepository();
    new Clone(gitdir).push('tracks/nova.yaml', cells);
    expect(lines((await logsOf(gitdir, options)).nova)).toEqual(['cells, #cinder 10:00–']);
    expect(errors).toHaveLength(1);
  });
});

describe('topic logs that follow a store', () => {
  /** As the service does it. */
  function follow(store: ScheduleStore, reader: TopicLogReader) {
    const reading: Promise<void>[] = [];
    let added = 0;
    store.onSnapshot((snapshot, made) => {
      if (made && reader.add(trackChangesOf(snapshot, made))) added++;
      else reading.push(reader.read(snapshot.commit));
    });
    return { done: () => Promise.all(reading), added: () => added };
  }
  const say = (store: ScheduleStore, time: string, change: (schedule: Schedule) => Schedule) =>
    store.update(({ schedule }) => ({
      result: 0,
      change: {
        schedule: change(schedule),
        message: { ...message('said'), time: new Date(at(time)) },
      },
    }));
  const topic = (slug: string, text: string, time: string) => (schedule: Schedule) =>
    withTrack(schedule, slug, {
      ...schedule.tracks.get(slug)!,
      now: { topic: text, since: at(time), by: 'gibi' },
    });

  test('needs no git for what the store commits, also while it reads what was before', async () => {
    const gitdir = await smallRepository();
    new Clone(gitdir).push('tracks/nova.yaml', cells);
    const store = new ScheduleStore(repositoryAt(gitdir));
    const reader = new TopicLogReader(gitdir, { folder: temporaryFolder() });
    const { done, added } = follow(store, reader);
    await store.current();
    for (const minute of ['11', '12', '13'])
      await say(store, `10:${minute}`, topic('nova', minute, `10:${minute}`));
    await done();
    await say(store, '10:20', topic('nova', 'last', '10:20'));
    expect(added()).toBe(4);
    const { schedule } = await store.current();
    expect(lines(reader.of(schedule.tracks).get('nova'))).toEqual([
      'cells, #cinder 10:00–10:11',
      '11 10:11–10:12',
      '12 10:12–10:13',
      '13 10:13–10:20',
      'last 10:20–',
    ]);
    await store.close();
  });

  test('takes what is committed while it reads', async () => {
    const gitdir = await smallRepository();
    const store = new ScheduleStore(repositoryAt(gitdir));
    const changes: TrackChanges[] = [];
    store.onSnapshot((snapshot, made) => made && changes.push(trackChangesOf(snapshot, made)));
    await say(store, '10:00', topic('nova', 'cells', '10:00'));
    await say(store, '10:30', topic('nova', 'lunch', '10:30'));
    const reader = new TopicLogReader(gitdir, { folder: temporaryFolder() });
    const reading = reader.read(changes[0]!.parent!);
    expect(changes.map((one) => reader.add(one))).toEqual([true, true]);
    await reading;
    const { schedule } = await store.current();
    expect(lines(reader.of(schedule.tracks).get('nova'))).toEqual([
      'cells 10:00–10:30',
      'lunch 10:30–',
    ]);
    await store.close();
  });

  test('says the same as one that reads all of it, whatever was said and pushed', async () => {
    const slug = fc.constantFrom('nova', 'cinder', 'swift');
    const action = fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('now' as const), slug }) },
      fc.record({
        kind: fc.constantFrom('clean', 'delete', 'rename', 'revert', 'bad', 'newday'),
        slug,
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 12 }), async (actions) => {
        const gitdir = await smallRepository();
        const clone = new Clone(gitdir);
        const store = new ScheduleStore(repositoryAt(gitdir));
        const reader = new TopicLogReader(gitdir, { folder: temporaryFolder(), saveAfter: 3 });
        const { done } = follow(store, reader);
        for (const [index, { kind, slug }] of actions.entries()) {
          const time = `11:${String(index).padStart(2, '0')}`;
          const { schedule } = await store.current();
          const track: Track = schedule.tracks.get(slug) ?? { formerly: [], next: [] };
          const put = (changed: Track) => (old: Schedule) =>
            sortedSchedule(withTrack(old, slug, changed));
          if (kind === 'now')
            await say(store, time, put({ ...track, now: { topic: time, since: at(time) } }));
          if (kind === 'clean') await say(store, time, put({ ...track, now: undefined }));
          if (kind === 'delete') await say(store, time, (old) => withoutTrack(old, slug));
          if (kind === 'rename' && schedule.tracks.has(slug) && !schedule.tracks.has('x'))
            await say(store, time, (old) => withRenamedTrack(old, slug, 'x'));
          if (kind === 'newday')
            await say(store, time, (old) => ({
              ...old,
              tracks: new Map(
                [...old.tracks].map(([name, one]) => [name, { ...one, now: undefined }]),
              ),
            }));
          if (kind === 'bad') {
            clone.pull();
            clone.push(`tracks/${slug}.yaml`, `no: ${time}`, 'bad', at(time));
          }
          if (kind === 'revert' && index > 0) {
            clone.pull();
            if (git(clone.folder, 'rev-list', '--count', 'HEAD') !== '1') {
              gitAt(at(time), clone.folder, 'revert', '--no-edit', 'HEAD');
              git(clone.folder, 'push', '--quiet');
            }
          }
        }
        const { commit, schedule } = await store.current();
        await done();
        const anew = new TopicLogReader(gitdir, { folder: temporaryFolder() });
        await anew.read(commit);
        expect(reader.of(schedule.tracks)).toEqual(anew.of(schedule.tracks));
        await store.close();
      }),
      { numRuns: 12 },
    );
  });
});
