/** What becomes of the files of two histories, whatever they are. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFile, toPlain } from '../../../schedule-data/format/data-files.ts';
import { repositoryAt } from '../../../schedule-data/git/repository.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { ScheduleStore } from '../../../schedule-data/store/schedule-store.ts';
import { filesOf } from '../../../schedule-data/store/changes.ts';
import { mergeRemote } from '../../../schedule-data/sync/merge.ts';
import { mergeSchedules } from '../../../schedule-data/schedule/merge.ts';
import {
  Clone,
  git,
  message,
  smallFiles,
  smallRepository,
  topicSaid,
} from '../../support/repository.ts';
import { smallSchedule, value } from '../../support/schedule.ts';

async function twoSides(files = smallFiles) {
  const gitdir = await smallRepository(files);
  const store = new ScheduleStore(repositoryAt(gitdir));
  onTestFinished(() => store.close());
  const [ours, theirs] = [new Clone(gitdir), new Clone(gitdir)];
  git(theirs.folder, 'checkout', '--quiet', '-b', 'theirs');
  git(theirs.folder, 'push', '--quiet', '--set-upstream', 'origin', 'theirs');
  const takeOver = (commit: string) =>
    store.takeOver(commit, (base, own, { schedule }) =>
      mergeRemote(base.schedule, own.schedule, schedule, { authors: ['Ada'], now: new Date(0) }),
    );
  const show = (path: string) => git(gitdir, 'show', `main:${path}`);
  const fsck = () => expect(git(gitdir, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
  const says = (slug: string, topic: string) => store.update(topicSaid(slug, topic));
  return { gitdir, store, ours, theirs, takeOver, show, says, fsck };
}

/** Changes the files of a clone in any way, and pushes that. */
function commitAll(clone: Clone, change: (file: (path: string) => string) => void): string {
  change((path) => join(clone.folder, path));
  git(clone.folder, 'add', '--all');
  git(clone.folder, 'commit', '--quiet', '-m', 'by hand');
  git(clone.folder, 'push', '--quiet');
  return git(clone.folder, 'rev-parse', 'HEAD');
}

describe('of a file that both sides changed', () => {
  const nova = (color: string, end: string) =>
    `# Nova meets all week.\ncolor: "${color}"\n\n# Where to write:\nurl: https://a.example/\n${end}`;

  test('the lines of both stay, comments too', async () => {
    const files = new Map(smallFiles).set('tracks/nova.yaml', nova('#000000', ''));
    const { ours, theirs, takeOver, show, store } = await twoSides(files);
    ours.push('tracks/nova.yaml', nova('#000000', '\n# Ours.\nlocation: Hall\n'));
    await takeOver(
      theirs.push(
        'tracks/nova.yaml',
        nova('#ffffff # theirs', '').replace('"#ffffff # theirs"', '"#ffffff" # theirs'),
      ),
    );
    expect(show('tracks/nova.yaml')).toBe(
      nova('#ffffff', '\n# Ours.\nlocation: Hall').replace('"#ffffff"', '"#ffffff" # theirs'),
    );
    expect((await store.current()).schedule.tracks.get('nova')).toMatchObject({
      color: '#ffffff',
      location: 'Hall',
    });
  });

  test('that is not ours, too: what both wrote, or else theirs', async () => {
    const text = 'one\n\ntwo\n\nthree\n';
    const files = new Map(smallFiles).set('README.md', text).set('NOTES', text);
    const { ours, theirs, takeOver, show } = await twoSides(files);
    commitAll(ours, (file) => {
      writeFileSync(file('README.md'), text.replace('one', 'ONE'));
      writeFileSync(file('NOTES'), text.replace('one', 'ours'));
    });
    await takeOver(
      commitAll(theirs, (file) => {
        writeFileSync(file('README.md'), text.replace('three', 'THREE'));
        writeFileSync(file('NOTES'), text.replace('one', 'theirs'));
      }),
    );
    expect(show('README.md')).toBe('ONE\n\ntwo\n\nTHREE');
    expect(show('NOTES')).toBe('theirs\n\ntwo\n\nthree');
  });

  test('and theirs deleted, it goes, as what was done there counts; a file that is not ours stays', async () => {
    const files = new Map(smallFiles).set('README.md', 'Hello\n');
    const { gitdir, ours, theirs, takeOver, show } = await twoSides(files);
    ours.push('tracks/nova.yaml', 'color: "#ffffff"\n');
    ours.push('README.md', 'Hello, you\n');
    theirs.push('tracks/nova.yaml', undefined);
    await takeOver(theirs.push('README.md', undefined));
    expect(git(gitdir, 'ls-tree', '--name-only', 'main:tracks')).toBe('cinder.yaml');
    expect(show('README.md')).toBe('Hello, you');
  });
});

test('a folder stays where the other side has a file', async () => {
  const files = new Map(smallFiles).set('docs', 'a file\n');
  const { ours, theirs, takeOver, show, fsck } = await twoSides(files);
  commitAll(ours, (file) => {
    rmSync(file('docs'));
    mkdirSync(file('docs'));
    writeFileSync(file('docs/a'), 'ours\n');
  });
  await takeOver(
    commitAll(theirs, (file) => {
      writeFileSync(file('docs'), 'another file\n');
    }),
  );
  expect(show('docs/a')).toBe('ours');
  fsck();
});

test('names and kinds of files that only git knows stay what they are, at commands and at merges', async () => {
  const { gitdir, ours, theirs, takeOver, says, fsck } = await twoSides();
  const strange = (file: (path: string) => string) => {
    writeFileSync(Buffer.concat([Buffer.from(file('/')), Buffer.from('caf\xe9', 'latin1')]), 'x');
    writeFileSync(file('back\\slash'), 'x');
    writeFileSync(file('run.sh'), 'x', { mode: 0o755 });
    symlinkSync('/etc/passwd', file('link'));
  };
  commitAll(ours, (file) => {
    strange(file);
    const commit = git(ours.folder, 'rev-parse', 'HEAD');
    git(ours.folder, 'update-index', '--add', '--cacheinfo', `160000,${commit},module`);
    mkdirSync(file('module'));
  });
  const before = git(gitdir, 'ls-tree', 'main').replace(/.*\ttracks/, '');
  expect(before).toMatch(/160000 commit .*\tmodule/);
  expect(before).toContain('"caf\\351"');
  await says('nova', 'cells');
  expect(git(gitdir, 'ls-tree', 'main').replace(/.*\ttracks/, '')).toBe(before);
  await takeOver(theirs.push('event.yaml', smallFiles.get('event.yaml')!.replace('Denver G', 'G')));
  const after = git(gitdir, 'ls-tree', 'main').replace(/.*\ttracks/, '');
  expect(after.replace(/.*\tevent.yaml/, '')).toBe(before.replace(/.*\tevent.yaml/, ''));
  fsck();
});

test('a link, a folder or nothing where a data file should be: a command makes it one', async () => {
  const { gitdir, store, ours, says, fsck } = await twoSides();
  commitAll(ours, (file) => {
    rmSync(file('tracks/nova.yaml'));
    symlinkSync('cinder.yaml', file('tracks/nova.yaml'));
    rmSync(file('tracks/cinder.yaml'));
    mkdirSync(file('tracks/cinder.yaml'));
    writeFileSync(file('tracks/cinder.yaml/x'), '');
    rmSync(file('event.yaml'));
  });
  expect((await store.current()).problems).toHaveLength(3);
  for (const slug of ['nova', 'cinder']) await says(slug, 'cells');
  await store.update(({ schedule }) => ({
    result: undefined,
    change: {
      schedule: { ...schedule, event: { ...schedule.event, name: 'Again' } },
      message: message('name'),
    },
  }));
  expect(git(gitdir, 'ls-tree', '-r', 'main')).not.toMatch(/^(?!100644)/m);
  expect((await store.current()).problems).toEqual([]);
  fsck();
});

test('each merged the other meanwhile: what was said after that counts, and is no conflict', async () => {
  const { gitdir, theirs, takeOver, says, store } = await twoSides();
  const first = theirs.push('tracks/nova.yaml', 'now: { topic: theirs }\n');
  const { snapshot } = await says('cinder', 'ours');
  await takeOver(first);
  git(theirs.folder, 'fetch', '--quiet');
  git(theirs.folder, 'merge', '--quiet', '--no-edit', snapshot.commit);
  const second = theirs.push('README.md', 'Hello\n');
  expect(git(gitdir, 'merge-base', '--all', 'main', second).split('\n')).toHaveLength(2);
  for (const slug of ['nova', 'cinder']) await says(slug, 'later');
  await takeOver(second);
  const { schedule } = await store.current();
  for (const slug of ['nova', 'cinder'])
    expect(schedule.tracks.get(slug)?.now?.topic).toBe('later');
});

test('whatever is merged: the files are valid, and mean what merging by value gives', async () => {
  const track = fc
    .record(
      {
        color: fc.constantFrom('"#000000"', '"#111111"'),
        url: fc.constantFrom('https://a.example/', 'https://b.example/'),
        location: fc.constantFrom('Hall', '"a: b # c"', '"?"'),
        now: fc.constantFrom('{ topic: cells }', '{ topic: lunch, by: ada }'),
        next: fc.subarray(['a', 'b', 'c']).map((all) => `[${all.join(', ')}]`),
      },
      { requiredKeys: [] },
    )
    .map((fields) =>
      Object.entries(fields)
        .map(([key, text]) => `${key}: ${text}\n`)
        .join(''),
    );
  const tracks = fc.record(
    { nova: track, cinder: track, swift: track },
    { requiredKeys: ['nova'] },
  );
  const start = filesOf(smallSchedule({ nova: '' }));
  const { gitdir, ours, theirs, takeOver, store } = await twoSides(start);
  const write = (clone: Clone, all: Partial<Record<string, string>>) => {
    for (const slug of ['nova', 'cinder', 'swift']) {
      const file = join(clone.folder, `tracks/${slug}.yaml`);
      rmSync(file, { force: true });
      if (all[slug] !== undefined) writeFileSync(file, all[slug]);
    }
    git(clone.folder, 'add', '--all');
    git(clone.folder, 'commit', '--quiet', '--allow-empty', '-m', 'generated');
    git(clone.folder, 'push', '--quiet', '--force');
    return git(clone.folder, 'rev-parse', 'HEAD');
  };
  git(gitdir, 'config', 'receive.denyNonFastForwards', 'false');
  const scheduleOf = (all: Partial<Record<string, string>>): Schedule => ({
    ...smallSchedule({}),
    tracks: new Map(
      Object.entries(all).map(([slug, text]) => [slug, value('track', text || '{}')] as const),
    ),
  });
  const plain = ({ tracks }: Schedule) =>
    Object.fromEntries([...tracks].map(([slug, one]) => [slug, toPlain(one)]));
  await fc.assert(
    fc.asyncProperty(tracks, tracks, tracks, async (base, own, others) => {
      const start = write(ours, base);
      git(theirs.folder, 'fetch', '--quiet');
      git(theirs.folder, 'reset', '--quiet', '--hard', start);
      write(ours, own);
      await takeOver(write(theirs, others));
      const { schedule, problems } = await store.current();
      expect(problems).toEqual([]);
      const sides = [base, others, own].map(scheduleOf) as [Schedule, Schedule, Schedule];
      expect(plain(schedule)).toEqual(plain(mergeSchedules(...sides).schedule));
      git(ours.folder, 'pull', '--quiet', '--ff-only');
      for (const slug of schedule.tracks.keys()) {
        const text = readFileSync(join(ours.folder, `tracks/${slug}.yaml`), 'utf8');
        expect(readFile('track', text)).toMatchObject({ ok: true });
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
  expect(git(gitdir, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
}, 300_000);
