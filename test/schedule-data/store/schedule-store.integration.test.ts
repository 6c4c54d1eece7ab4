import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockRepository } from '../../../schedule-data/git/owner-lock.ts';
import {
  checkBranch,
  checkRepository,
  createRepository,
  repositoryAt,
} from '../../../schedule-data/git/repository.ts';
import { withTrack } from '../../../schedule-data/schedule/schedule.ts';
import type { Snapshot } from '../../../schedule-data/schedule/snapshot.ts';
import { removeStaleLocks } from '../../../schedule-data/git/stale-lock.ts';
import { StorageError } from '../../../schedule-data/git/storage-error.ts';
import { ScheduleStore } from '../../../schedule-data/store/schedule-store.ts';
import {
  Clone,
  git,
  message,
  smallFiles,
  smallRepository,
  temporaryFolder,
  topicSaid,
} from '../../support/repository.ts';

function openStore(gitdir: string): ScheduleStore {
  const store = new ScheduleStore(repositoryAt(gitdir));
  onTestFinished(() => store.close());
  return store;
}

const topicOf = ({ schedule }: Snapshot, slug: string) => schedule.tracks.get(slug)?.now?.topic;

describe('data of a newer program', () => {
  const newer = `format: 2\n${smallFiles.get('event.yaml')!}`;

  test('is refused, and not changed', async () => {
    const gitdir = await smallRepository(new Map([...smallFiles, ['event.yaml', newer]]));
    const tip = git(gitdir, 'rev-parse', 'main');
    const store = openStore(gitdir);
    const refusal = 'the data is in format 2, and this ptgbot knows format 1: update it';
    await expect(store.current()).rejects.toEqual(new StorageError(refusal));
    await expect(store.update(topicSaid('nova', 'x'))).rejects.toThrow(refusal);
    expect(git(gitdir, 'rev-parse', 'main')).toBe(tip);
  });

  test('that comes while the program runs is refused as well, until it is taken back', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    await store.current();
    const clone = new Clone(gitdir);
    const commit = clone.push('event.yaml', newer);
    await expect(store.update(topicSaid('nova', 'x'))).rejects.toThrow(StorageError);
    git(clone.folder, 'revert', '--no-edit', commit);
    git(clone.folder, 'push', '--quiet');
    expect((await store.update(topicSaid('nova', 'x'))).kind).toBe('committed');
  });
});

describe('a decision becomes a commit', () => {
  test('that changes one line of one file, and whose id depends on nothing but the data', async () => {
    const gitdir = await smallRepository();
    const outcome = await openStore(gitdir).update(topicSaid('nova', 'cells #1'));
    expect(outcome.kind).toBe('committed');
    expect(git(gitdir, 'show', '--format=%an <%ae>|%cn|%ad|%B', '--date=iso', 'main'))
      .toBe(`gibi <gibi@nicks.oftc.invalid>|ptgbot|2018-09-10 15:04:05 +0000|nova: now cells #1

Irc-Channel: #ptg


diff --git a/tracks/nova.yaml b/tracks/nova.yaml
index 6406709..e3b8a6b 100644
--- a/tracks/nova.yaml
+++ b/tracks/nova.yaml
@@ -1,2 +1,4 @@
 # Nova meets all week.
 color: "#27a3dd"
+now:
+  topic: "cells #1"`);
    expect(outcome.snapshot.commit).toBe(git(gitdir, 'rev-parse', 'main'));
    expect(git(gitdir, 'fsck', '--strict', '--full')).toBe('');
  });

  test('of all files that it changes, new and removed ones too', async () => {
    const gitdir = await smallRepository();
    await openStore(gitdir).update(({ schedule }) => {
      const tracks = new Map(schedule.tracks);
      tracks.delete('cinder');
      tracks.set('swift', { formerly: [], next: ['cold storage'] });
      const announcements = [{ level: 'info', message: 'Lunch' }] as const;
      return {
        result: 0,
        change: { schedule: { ...schedule, tracks, announcements }, message: message('x') },
      };
    });
    expect(git(gitdir, 'show', '--format=', '--name-status', 'main')).toBe(
      'A\tannouncements.yaml\nD\ttracks/cinder.yaml\nA\ttracks/swift.yaml',
    );
    expect(git(gitdir, 'fsck', '--strict', '--full')).toBe('');
  });

  test('but none when nothing changes', async () => {
    const gitdir = await smallRepository();
    const outcome = await openStore(gitdir).update(({ schedule }) => ({
      result: 'same',
      change: {
        schedule: { ...schedule, tracks: new Map(schedule.tracks) },
        message: message('x'),
      },
    }));
    expect(outcome).toMatchObject({ kind: 'unchanged', result: 'same' });
    expect(git(gitdir, 'rev-list', '--count', 'main')).toBe('1');
  });

  test('one after the other, each on top of what was decided before', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    await Promise.all(
      Array.from({ length: 20 }, () =>
        store.update(({ schedule }) => {
          const nova = schedule.tracks.get('nova')!;
          const next = [...nova.next, String(nova.next.length)];
          return {
            result: 0,
            change: {
              schedule: withTrack(schedule, 'nova', { ...nova, next }),
              message: message('x'),
            },
          };
        }),
      ),
    );
    expect((await store.current()).schedule.tracks.get('nova')?.next).toEqual(
      Array.from({ length: 20 }, (_, index) => String(index)),
    );
    expect(git(gitdir, 'rev-list', '--count', 'main')).toBe('21');
  });
});

describe('decisions that are asked for together', () => {
  const subjects = (gitdir: string) =>
    git(gitdir, 'log', '--reverse', '--format=%s', 'main').split('\n').slice(1);

  test('are commits of their own, in the order asked, and the branch moves once for many', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    const seen: string[] = [];
    store.onSnapshot((snapshot, made) => seen.push(`${made?.message.subject} ${snapshot.commit}`));
    git(gitdir, 'config', 'core.logAllRefUpdates', 'true');
    await store.current();
    seen.length = 0;
    const texts = Array.from({ length: 40 }, (_, index) => `topic ${index}`);
    const outcomes = await Promise.all(texts.map((text) => store.update(topicSaid('nova', text))));
    expect(subjects(gitdir)).toEqual(texts.map((text) => `nova: now ${text}`));
    const commits = git(gitdir, 'log', '--reverse', '--format=%s %H', 'main').split('\n').slice(1);
    expect(seen).toEqual(commits);
    expect(outcomes.map(({ snapshot }) => topicOf(snapshot, 'nova'))).toEqual(texts);
    // Decided in 50 ms at most each time: how many that are depends on the machine.
    expect(git(gitdir, 'reflog', 'show', 'main').split('\n').length).toBeLessThan(20);
    git(gitdir, 'fsck', '--strict');
  });

  test('see what those before them decided', async () => {
    const store = openStore(await smallRepository());
    const count = (snapshot: Snapshot) => {
      const before = Number(topicOf(snapshot, 'nova') ?? 0);
      return { ...topicSaid('nova', String(before + 1))(snapshot), result: before };
    };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.update(count)));
    expect(outcomes.map((one) => 'result' in one && one.result)).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
  });

  test('fail alone: a decision that throws is told so, the others are saved', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    const bug = () => {
      throw new Error('a bug');
    };
    const [one, two, three] = await Promise.allSettled([
      store.update(topicSaid('nova', 'one')),
      store.update(bug),
      store.update(topicSaid('cinder', 'three')),
    ]);
    expect([one.status, two.status, three.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(subjects(gitdir)).toEqual(['nova: now one', 'cinder: now three']);
  });

  test('are taken again, all of them, when somebody pushes in between', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    const clone = new Clone(gitdir);
    let isPushed = false;
    const pushing = (snapshot: Snapshot) => {
      if (!isPushed) clone.push('tracks/swift.yaml', 'color: "#123456"\n');
      isPushed = true;
      return topicSaid('cinder', 'two')(snapshot);
    };
    await Promise.all([
      store.update(topicSaid('nova', 'one')),
      store.update(pushing),
      store.update(topicSaid('nova', 'three')),
    ]);
    expect(git(gitdir, 'show', 'main:tracks/swift.yaml')).toContain('#123456');
    const ours = subjects(gitdir).filter((subject) => subject.includes(': now '));
    expect(ours).toEqual(['nova: now one', 'cinder: now two', 'nova: now three']);
  });

  test('stop at one that forgets the past, and go on after it', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    const forgetting = (snapshot: Snapshot) => {
      const decided = topicSaid('nova', 'all is new')(snapshot);
      return { ...decided, change: { ...decided.change, forgetsPast: true } };
    };
    await Promise.all([
      store.update(topicSaid('nova', 'old')),
      store.update(forgetting),
      store.update(topicSaid('cinder', 'new')),
    ]);
    expect(git(gitdir, 'log', '--format=%s', 'main').split('\n')).toEqual([
      'cinder: now new',
      'nova: now all is new',
    ]);
  });
});

describe('others work in the same repository', () => {
  test('and what they push is there at the next decision', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    await store.update(topicSaid('nova', 'ours'));
    new Clone(gitdir).push('tracks/cinder.yaml', 'now: { topic: theirs }\n');
    const { snapshot } = await store.update(topicSaid('nova', 'ours again'));
    expect([topicOf(snapshot, 'nova'), topicOf(snapshot, 'cinder')]).toEqual([
      'ours again',
      'theirs',
    ]);
    expect(git(gitdir, 'log', '--format=%s', 'main')).toBe(
      'nova: now ours again\nedit tracks/cinder.yaml\nnova: now ours\nBegin',
    );
  });

  test('in the midst of a decision: then it is taken again on what they left', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    let decisions = 0;
    const { snapshot } = await openStore(gitdir).update((current) => {
      if (decisions++ === 0) clone.push('tracks/cinder.yaml', 'now: { topic: theirs }\n');
      return topicSaid('nova', `ours, try ${decisions}`)(current);
    });
    expect([topicOf(snapshot, 'nova'), topicOf(snapshot, 'cinder')]).toEqual([
      'ours, try 2',
      'theirs',
    ]);
  });

  test('in a loop, with packing, while we commit: nothing is lost on either side', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    const clone = new Clone(gitdir);
    let isDone = false;
    const others = (async () => {
      for (let i = 0; i < 8; i++) {
        for (let tries = 0; ; tries++) {
          try {
            clone.pull();
            clone.push('tracks/cinder.yaml', `now: { topic: push ${i} }\n`, `push ${i}`);
            break;
          } catch (error) {
            // We were faster; an ordinary person pulls and pushes again.
            git(clone.folder, 'reset', '--quiet', '--hard', 'origin/main');
            if (tries > 100) throw error;
          }
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        git(gitdir, ...(i % 2 ? ['gc', '--quiet'] : ['pack-refs', '--all']));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      isDone = true;
    })();
    let ours = 0;
    while (!isDone) {
      await store.update(topicSaid('nova', `command ${ours++}`));
      // Give the others a chance: git runs in this process one call at a time.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await others;
    const subjects = git(gitdir, 'log', '--format=%s', 'main').split('\n');
    expect(subjects.filter((one) => one.startsWith('nova: '))).toHaveLength(ours);
    expect(subjects.filter((one) => one.startsWith('push '))).toHaveLength(8);
    expect(git(gitdir, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
  });

  test('packing refs all the time: no decision is taken on what was before', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    const packing = spawn(
      'sh',
      ['-c', `while :; do git --git-dir '${gitdir}' pack-refs --all; done`],
      { stdio: 'ignore' },
    );
    onTestFinished(() => void packing.kill());
    // Back and forth: a decision on an old state would find that there is nothing to do.
    for (let i = 0; i < 150; i++)
      expect((await store.update(topicSaid('nova', i % 2 ? 'back' : 'forth'))).kind).toBe(
        'committed',
      );
    expect(git(gitdir, 'rev-list', '--count', 'main')).toBe('151');
  });

  test('but may neither force-push nor delete the branch', async () => {
    const gitdir = await smallRepository();
    await openStore(gitdir).update(topicSaid('nova', 'kept'));
    const clone = new Clone(gitdir);
    git(clone.folder, 'commit', '--quiet', '--amend', '-m', 'another past');
    expect(() => git(clone.folder, 'push', '--force', '--quiet')).toThrow(/non-fast-forward/);
    expect(() => git(clone.folder, 'push', '--quiet', 'origin', ':main')).toThrow(
      /deletion prohibited/,
    );
    expect(git(gitdir, 'log', '-1', '--format=%s', 'main')).toBe('nova: now kept');
  });
});

describe('a bad file, pushed by hand,', () => {
  const bad = 'color: "#27a3dd"\ncolour: blue\n';

  test('counts as far as it is valid, is reported with commit, author and line, until it is mended', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    await store.update(topicSaid('nova', 'cells'));
    const clone = new Clone(gitdir);
    const commit = clone.push('tracks/nova.yaml', `${bad}now: { topic: quotas }\n`);
    clone.push('tracks/cinder.yaml', 'now: { topic: volumes }\n');
    const current = await store.current();
    expect(current.problems).toEqual([
      {
        path: 'tracks/nova.yaml',
        line: 2,
        message: 'unknown key colour, expected color?',
        commit,
        author: 'Ada',
      },
    ]);
    expect([topicOf(current, 'nova'), topicOf(current, 'cinder')]).toEqual(['quotas', 'volumes']);
    clone.push('tracks/nova.yaml', 'color: "#0000ff"\n');
    expect((await store.current()).problems).toEqual([]);
  });

  test('locks nobody out: what is wrong stays as it was written, all else goes on', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    const wrong = '# mine\ncolor: "#27a3dd"\ncolour: blue\nnext: one\n';
    new Clone(gitdir).push('tracks/nova.yaml', wrong);
    expect(await store.update(topicSaid('nova', 'cells'))).toMatchObject({
      kind: 'committed',
      setAside: [],
      snapshot: { problems: [{ path: 'tracks/nova.yaml' }] },
    });
    const text = git(gitdir, 'show', 'main:tracks/nova.yaml');
    expect(text).toBe('# mine\ncolor: "#27a3dd"\nnow:\n  topic: "cells"\ncolour: blue\nnext: one');
    // Also for whoever comes later.
    const anew = await openStore(gitdir).current();
    expect(topicOf(anew, 'nova')).toBe('cells');
    expect(anew.problems).toMatchObject([{ path: 'tracks/nova.yaml' }]);
    const [cleaned] = await Promise.all([
      store.update(({ schedule }) => {
        const { now: _, ...track } = schedule.tracks.get('nova')!;
        const change = { schedule: withTrack(schedule, 'nova', track), message: message('clean') };
        return { result: undefined, change };
      }),
    ]);
    expect(cleaned).toMatchObject({ kind: 'committed', setAside: [] });
    expect(topicOf(await openStore(gitdir).current(), 'nova')).toBeUndefined();
    expect(git(gitdir, 'show', 'main:tracks/nova.yaml')).toBe(wrong.trim());
  });

  test('that cannot be read at all is set aside by a command, and named', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    await store.update(topicSaid('nova', 'cells'));
    const commit = new Clone(gitdir).push('tracks/nova.yaml', 'now: [\n');
    expect(topicOf(await store.current(), 'nova')).toBe('cells');
    expect(await store.update(topicSaid('nova', 'quotas'))).toMatchObject({
      kind: 'committed',
      setAside: [{ path: 'tracks/nova.yaml', commit, author: 'Ada' }],
      snapshot: { problems: [] },
    });
    const anew = await openStore(gitdir).current();
    expect([topicOf(anew, 'nova'), anew.problems]).toEqual(['quotas', []]);
    expect(git(gitdir, 'show', `${commit}:tracks/nova.yaml`)).toBe('now: [');
  });

  test('is found in the version before, even after a restart, and after the same mistake twice', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    clone.push('tracks/nova.yaml', 'now: [\n');
    clone.push('tracks/nova.yaml', 'now: { topic: between }\n');
    const again = clone.push('tracks/nova.yaml', 'now: [\n');
    const current = await openStore(gitdir).current();
    expect(topicOf(current, 'nova')).toBe('between');
    expect(current.problems).toMatchObject([{ commit: again }]);
  });

  test.each([
    ['event.yaml', undefined, 'expected a file with the id, name and timezone'],
    ['event.yaml', 'id: x\n', 'name: expected a line of text such as "Lunch at noon"'],
    ['tracks/null.yaml', '', 'expected another name: in a booking null means that it is free'],
    ['tracks/heat.yml', '', 'expected a file name that ends in .yaml, such as tracks/heat.yaml'],
    [
      'tracks/cafe\u0301.yaml',
      '',
      'expected the letters of the name in Unicode form NFC, which macOS writes differently; rename it to: tracks/café.yaml',
    ],
    ['tracks/nova.yaml', Buffer.from('# gr\xfc\xdf\n', 'latin1'), 'expected text in UTF-8'],
    ['tracks/new.yaml', 'next: one\n', 'next: expected a list such as ["cells", "lunch"]'],
    [
      'tracks/Nova.yaml',
      'color: red\n',
      'expected a lower-case file name such as tracks/nova.yaml (letters, digits and . _ + -)',
    ],
    [
      'rooms/aspen.yaml',
      'name: Aspen\nslots: { MonA1: Nova }\n',
      'slots.MonA1: expected a lower-case name such as nova (letters, digits and . _ + -)',
    ],
    [
      'rooms/aspen.yaml',
      'name: &a Aspen\n',
      'expected no anchors and no aliases (& and *); write the value out',
    ],
  ])('%s as %j leaves the rest as it was', async (path, text, complaint) => {
    const gitdir = await smallRepository();
    new Clone(gitdir).push(path, text);
    const { schedule, problems } = await openStore(gitdir).current();
    expect(problems).toMatchObject([{ path, message: complaint }]);
    expect(schedule.event.name).toBe('Denver Gathering');
    expect([...schedule.tracks.keys()]).toEqual(['cinder', 'nova']);
    expect(schedule.rooms.get('aspen')?.slots.get('MonA1')).toBe('nova');
  });
});

describe('when it cannot be saved, nothing is acknowledged and nothing is damaged:', () => {
  test('the branch is gone', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    await store.current();
    git(gitdir, 'update-ref', '-d', 'refs/heads/main');
    await expect(store.update(topicSaid('nova', 'x'))).rejects.toThrow(
      'the repository has no branch main',
    );
    expect(git(gitdir, 'for-each-ref')).toBe('');
  });

  test('objects are missing', async () => {
    const gitdir = await smallRepository();
    for (const folder of readdirSync(join(gitdir, 'objects')))
      if (folder.length === 2) rmSync(join(gitdir, 'objects', folder), { recursive: true });
    await expect(openStore(gitdir).update(topicSaid('nova', 'x'))).rejects.toThrow(
      /commit .* cannot be read: an object or ref is missing/,
    );
  });

  test('another program holds the lock of the branch, until it lets go', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    const lock = join(gitdir, 'refs/heads/main.lock');
    writeFileSync(lock, '');
    await expect(store.update(topicSaid('nova', 'x'))).rejects.toThrow(
      'another program holds the lock of the branch',
    );
    expect(git(gitdir, 'log', '--format=%s', 'main')).toBe('Begin');
    unlinkSync(lock);
    expect(await store.update(topicSaid('nova', 'x'))).toMatchObject({ kind: 'committed' });
  });

  test('git is killed, or missing for a while: the next command finds a new one', async () => {
    const gitdir = await smallRepository();
    const store = openStore(gitdir);
    await store.update(topicSaid('nova', 'before'));
    execFileSync('pkill', ['-KILL', '-f', `${gitdir} update-ref`]);
    expect(await store.update(topicSaid('nova', 'after'))).toMatchObject({ kind: 'committed' });
    execFileSync('pkill', ['-KILL', '-f', `${gitdir} update-ref`]);
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      await expect(store.update(topicSaid('nova', 'without'))).rejects.toThrow(
        'git is missing: install it',
      );
    } finally {
      process.env['PATH'] = path;
    }
    expect(await store.update(topicSaid('nova', 'again'))).toMatchObject({ kind: 'committed' });
    expect(git(gitdir, 'log', '--format=%s', '-3', 'main')).toBe(
      'nova: now again\nnova: now after\nnova: now before',
    );
  });

  test('the disk is full', () => {
    const script = join(import.meta.dirname, '../../support/full-disk.ts');
    const folder = temporaryFolder();
    const mounted = `mount -t tmpfs -o size=800k tmpfs "${folder}" && exec "${process.execPath}" "${script}" "${folder}"`;
    const printed = execFileSync(
      'unshare',
      ['--user', '--map-root-user', '--mount', 'sh', '-c', mounted],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(printed)).toEqual({
      error: 'the repository cannot be written: the disk is full',
      acknowledgedAreThere: true,
      savesAgain: true,
      fsck: '',
    });
  });

  test('the repository has another form', async () => {
    const folder = temporaryFolder();
    git('/', 'init', '--quiet', folder);
    await expect(checkRepository(join(folder, '.git'))).rejects.toThrow(
      'has a work tree; expected a bare repository',
    );
    await expect(checkRepository(join(folder, 'absent'))).rejects.toThrow(
      'there is no repository at',
    );
    await expect(checkRepository(folder)).rejects.toThrow(
      /is a clone with a work tree; expected a bare repository, as this makes: git clone --bare/,
    );
    const gitdir = await smallRepository();
    const borrower = join(folder, 'borrower.git');
    git('/', 'clone', '--quiet', '--bare', '--shared', gitdir, borrower);
    await expect(checkRepository(borrower)).rejects.toThrow(
      /borrows objects from another repository; expected one that has all of its own: git -C/,
    );
    await openStore(gitdir).update(topicSaid('nova', 'cells'));
    const shallow = join(folder, 'shallow.git');
    git('/', 'clone', '--quiet', '--bare', '--depth=1', `file://${gitdir}`, shallow);
    await expect(checkRepository(shallow)).rejects.toThrow(/is a shallow clone; .* --unshallow/);
    git('/', '--git-dir', gitdir, 'branch', '-m', 'main', 'master');
    await expect(checkBranch(repositoryAt(gitdir))).rejects.toThrow(
      /has no branch main, but master; set data.branch to the one with the schedule data, or make it/,
    );
    const sha256 = join(folder, 'sha256.git');
    git('/', 'init', '--quiet', '--bare', '--object-format=sha256', sha256);
    await expect(checkRepository(sha256)).rejects.toThrow(
      'has another object format; expected sha1',
    );
  });

  test('an empty repository is there: it begins in that', async () => {
    const gitdir = join(temporaryFolder(), 'empty.git');
    git('/', 'init', '--quiet', '--bare', '--initial-branch=master', gitdir);
    await createRepository(repositoryAt(gitdir), smallFiles, message('Begin'));
    expect((await openStore(gitdir).current()).problems).toEqual([]);
    expect(git(gitdir, 'log', '--format=%s', 'HEAD')).toBe('Begin');
    expect(git(gitdir, 'fsck', '--strict')).toBe('');
  });

  test('a new repository would replace something', async () => {
    const gitdir = await smallRepository();
    await expect(createRepository(repositoryAt(gitdir), smallFiles, message('x'))).rejects.toThrow(
      'exists and is not empty',
    );
  });
});

describe('locks', () => {
  test('let one bot have a repository, and a new one take over from one that is gone', async () => {
    const gitdir = await smallRepository();
    const free = lockRepository(gitdir, new Date());
    writeFileSync(
      join(gitdir, 'ptgbot.lock'),
      JSON.stringify({ pid: 1, host: 'elsewhere', started: 'noon' }),
    );
    expect(() => lockRepository(gitdir, new Date())).toThrow(
      /another ptgbot writes this repository: process 1 on elsewhere, since noon/,
    );
    writeFileSync(join(gitdir, 'ptgbot.lock'), 'half a li');
    lockRepository(gitdir, new Date())();
    expect(readdirSync(gitdir)).not.toContain('ptgbot.lock');
    free();
  });

  test('of git that a crash left are removed when they are older than a minute', async () => {
    const gitdir = await smallRepository();
    const lock = join(gitdir, 'refs/heads/main.lock');
    writeFileSync(lock, '');
    expect(await removeStaleLocks(repositoryAt(gitdir), new Date())).toEqual([]);
    utimesSync(lock, 0, 0);
    expect(await removeStaleLocks(repositoryAt(gitdir), new Date())).toEqual([lock]);
  });
});

test('StorageError is what all of these are', async () => {
  await expect(new ScheduleStore(repositoryAt('/nowhere')).current()).rejects.toBeInstanceOf(
    StorageError,
  );
});
