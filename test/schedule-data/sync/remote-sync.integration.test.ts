import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RemoteOptions } from '../../../schedule-data/git/remote.ts';
import { cloneRepository, repositoryAt } from '../../../schedule-data/git/repository.ts';
import { Proposals } from '../../../schedule-data/review/proposals.ts';
import { proposalsToPush } from '../../../schedule-data/sync/push-proposals.ts';
import { ScheduleStore } from '../../../schedule-data/store/schedule-store.ts';
import { RemoteSync, type Overruled } from '../../../schedule-data/sync/remote-sync.ts';
import { gitToken, startHttpServer, startSshServer } from '../../support/git-servers.ts';
import {
  Clone,
  git,
  message,
  smallRepository,
  temporaryFolder,
  topicSaid,
} from '../../support/repository.ts';
import { eventually } from '../../support/service.ts';

/** A repository, and its remote with the same history; `sync` keeps them so once it is started. */
async function pair(optionsOf = (path: string): RemoteOptions => ({ url: path })) {
  const gitdir = await smallRepository();
  const remote = join(temporaryFolder(), 'remote.git');
  git('/', 'clone', '--quiet', '--bare', gitdir, remote);
  const store = new ScheduleStore(repositoryAt(gitdir));
  const problems: (string | undefined)[] = [];
  const overruled: Overruled[] = [];
  const start = (interval = 50, isGerrit = false) => {
    const sync = new RemoteSync({
      repository: repositoryAt(gitdir),
      store,
      remote: optionsOf(remote),
      interval,
      isGerrit,
      onProblem: (problem) => problems.push(problem),
    });
    sync.onOverruled((told) => overruled.push(...told));
    onTestFinished(async () => {
      await sync.close();
      await store.close();
    });
    return sync;
  };
  /** What the bot does when somebody says it. */
  const says = (slug: string, topic: string) => store.update(topicSaid(slug, topic));
  const topicOf = async (slug: string) =>
    (await store.current()).schedule.tracks.get(slug)?.now?.topic;
  const same = () => eventually(() => expect(tip(remote)).toBe(tip(gitdir)), 30);
  return { gitdir, remote, store, problems, overruled, start, says, topicOf, same };
}

const tip = (gitdir: string) => git(gitdir, 'rev-parse', 'main');
const log = (gitdir: string) => git(gitdir, 'log', '--format=%s', 'main').split('\n');
const nova = (topic: string) =>
  `# Nova meets all week.\ncolor: "#27a3dd"\nnow:\n  topic: "${topic}"\n`;

describe('what is said here', () => {
  test('is at the remote soon after', async () => {
    const { gitdir, start, says, same } = await pair();
    start();
    await says('nova', 'cells');
    await same();
    expect(log(gitdir)[0]).toBe('nova: now cells');
  });

  test('is pushed at the end, where it was not yet', async () => {
    const { gitdir, remote, start, says, same } = await pair();
    const sync = start(60_000);
    await same();
    await says('nova', 'cells');
    await sync.close();
    expect(tip(remote)).toBe(tip(gitdir));
  });
});

describe('what others push to the remote', () => {
  test('moves the branch forward, commit by commit', async () => {
    const { gitdir, remote, start, topicOf } = await pair();
    start();
    const commit = new Clone(remote).push('tracks/nova.yaml', nova('by git'));
    await eventually(() => expect(tip(gitdir)).toBe(commit));
    expect(await topicOf('nova')).toBe('by git');
  });

  test('is merged with what was said here meanwhile: both histories stay, the content is that of both', async () => {
    const { gitdir, remote, start, says, topicOf, same } = await pair();
    const clone = new Clone(remote);
    const theirs = [
      clone.push('tracks/nova.yaml', '# Nova meets all week.\ncolor: "#ff0000"\n'),
      clone.push('README.md', 'Hello\n'),
    ];
    const ours = [await says('nova', 'cells'), await says('cinder', 'volumes')];
    start();
    await same();
    for (const commit of [...theirs, ...ours.map(({ snapshot }) => snapshot.commit)])
      git(gitdir, 'merge-base', '--is-ancestor', commit, 'main');
    expect(await topicOf('cinder')).toBe('volumes');
    expect(git(gitdir, 'show', 'main:tracks/nova.yaml')).toBe(
      '# Nova meets all week.\ncolor: "#ff0000"\nnow:\n  topic: "cells"',
    );
    expect(git(gitdir, 'show', 'main:README.md')).toBe('Hello');
    expect(git(gitdir, 'log', '-1', '--format=%an|%B', 'main')).toBe(
      'ptgbot|Merge what Ada changed\n\n- nova: color #ff0000 (was #27a3dd)',
    );
    expect(git(gitdir, 'fsck', '--strict', '--full')).toBe('');
  });

  test('counts where both changed one value; it is told who said what', async () => {
    const { remote, start, says, overruled, topicOf, same } = await pair();
    new Clone(remote).push('tracks/nova.yaml', nova('theirs'));
    await says('nova', 'ours');
    start();
    await same();
    expect(await topicOf('nova')).toBe('theirs');
    expect(overruled).toEqual([
      {
        conflict: { kind: 'track', slug: 'nova', field: 'now' },
        ours: ['gibi'],
        theirs: ['Ada'],
      },
    ]);
  });

  test('is fetched at once when somebody asks for it', async () => {
    const { gitdir, remote, start, same } = await pair();
    const sync = start(3_600_000);
    await same();
    const commit = new Clone(remote).push('tracks/nova.yaml', nova('by git'));
    sync.fetch();
    await eventually(() => expect(tip(gitdir)).toBe(commit));
  });

  test('that is not valid is kept as it is, and what is said here goes on', async () => {
    const { gitdir, remote, start, says, same } = await pair();
    new Clone(remote).push('tracks/nova.yaml', `colour: red\n${nova('by git')}`);
    await says('nova', 'said here');
    start();
    await same();
    expect(git(gitdir, 'show', 'main:tracks/nova.yaml')).toMatch(/^colour: red\n/);
    await says('cinder', 'volumes');
    await same();
  });
});

describe('a remote', () => {
  test('that is away is said once, all goes on, and it gets everything when it is back', async () => {
    const { gitdir, remote, start, says, problems, topicOf, same } = await pair();
    renameSync(remote, `${remote}.away`);
    start();
    await eventually(() => expect(problems).toHaveLength(1));
    await says('nova', 'cells');
    expect(await topicOf('nova')).toBe('cells');
    renameSync(`${remote}.away`, remote);
    await same();
    expect(tip(remote)).toBe(tip(gitdir));
    await eventually(() =>
      expect(problems).toEqual([expect.stringMatching(/does not appear/), undefined]),
    );
  });

  test('that refuses says why; nothing is lost, and it gets everything when it no longer does', async () => {
    const { remote, start, says, problems, same } = await pair();
    const hook = join(remote, 'hooks/pre-receive');
    writeFileSync(hook, '#!/bin/sh\necho "main is protected \x1b[2J"; exit 1\n');
    chmodSync(hook, 0o755);
    const sync = start();
    await says('nova', 'cells');
    await eventually(() => expect(problems).toEqual(['the remote: main is protected  [2J']));
    expect(sync.state.problem).toBe('the remote: main is protected  [2J');
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    await same();
    await eventually(() => expect(sync.state.problem).toBeUndefined());
  });

  test('with another history is left as it is', async () => {
    const { gitdir, remote, start, problems } = await pair();
    const other = git(remote, 'commit-tree', '-m', 'other', `${tip(remote)}^{tree}`);
    git(remote, 'update-ref', 'refs/heads/main', other);
    const before = tip(gitdir);
    start();
    await eventually(() =>
      expect(problems).toEqual(['the remote: its history has no commit in common with ours']),
    );
    expect([tip(gitdir), tip(remote)]).toEqual([before, other]);
  });

  test('whose branch was deleted, or set back, gets it again', async () => {
    const { gitdir, remote, start, says, same } = await pair();
    const sync = start(3_600_000);
    await says('nova', 'cells');
    await same();
    git(remote, 'update-ref', '-d', 'refs/heads/main');
    sync.fetch();
    await same();
    git(remote, 'update-ref', 'refs/heads/main', `${tip(gitdir)}~1`);
    sync.fetch();
    await same();
  });

  test('whose history was written anew is merged: nothing that was ours goes', async () => {
    const { gitdir, remote, start, says, topicOf, same } = await pair();
    const sync = start(3_600_000);
    await says('nova', 'cells');
    await same();
    const clone = new Clone(remote);
    git(clone.folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    writeFileSync(join(clone.folder, 'tracks/cinder.yaml'), 'color: "#0000ff"\n');
    git(clone.folder, 'commit', '--quiet', '--all', '-m', 'anew');
    git(clone.folder, 'push', '--quiet', '--force');
    sync.fetch();
    await eventually(() => expect(log(gitdir)).toContain('anew'));
    await same();
    expect(await topicOf('nova')).toBe('cells');
  });

  test('has what a new repository begins with', async () => {
    const { remote } = await pair();
    const gitdir = join(temporaryFolder(), 'new.git');
    expect(await cloneRepository(repositoryAt(gitdir), { url: remote })).toBe(true);
    expect(tip(gitdir)).toBe(tip(remote));
    const empty = join(temporaryFolder(), 'empty.git');
    git('/', 'init', '--quiet', '--bare', empty);
    const other = join(temporaryFolder(), 'other.git');
    expect(await cloneRepository(repositoryAt(other), { url: empty })).toBe(false);
    expect(existsSync(other)).toBe(false);
  });
});

describe('a proposal', () => {
  const propose = async (gitdir: string, store: ScheduleStore) => {
    const proposals = new Proposals(repositoryAt(gitdir), store, true);
    const on = await store.current();
    const tracks = new Map(on.schedule.tracks);
    tracks.delete('cinder');
    const change = { schedule: { ...on.schedule, tracks }, message: message('del cinder') };
    return { proposals, number: await proposals.add(on, change) };
  };
  const branches = (remote: string) =>
    git(remote, 'for-each-ref', '--format=%(refname:lstrip=2) %(subject)', 'refs/heads');

  test('is a branch at the remote while it waits', async () => {
    const { gitdir, remote, store, start, same } = await pair();
    const sync = start();
    await same();
    const { proposals, number } = await propose(gitdir, store);
    sync.push();
    await eventually(() => expect(branches(remote)).toContain(`proposals/${number} del cinder`));
    await proposals.close((await proposals.find(number))!);
    await eventually(() => expect(branches(remote)).not.toContain('proposals'));
    expect(sync.state.problem).toBeUndefined();
  });

  test('is sent to Gerrit as a change for the branch', async () => {
    const { gitdir, remote, store, start, same } = await pair();
    const sync = start(50, true);
    await same();
    await propose(gitdir, store);
    sync.push();
    // Here, where there is no Gerrit, it is a ref as any other.
    await eventually(() =>
      expect(git(remote, 'log', '-1', '--format=%s%n%b', 'refs/for/main')).toMatch(
        /^del cinder\n(?:.*\n)*Change-Id: I[0-9a-f]{40}$/,
      ),
    );
    expect(branches(remote)).not.toContain('proposals');
  });

  test('that somebody merges there is merged here, and its branch goes', async () => {
    const { gitdir, remote, store, start, same } = await pair();
    const sync = start();
    await same();
    const { proposals } = await propose(gitdir, store);
    sync.push();
    await eventually(() => expect(branches(remote)).toContain('proposals/1'));
    const { folder } = new Clone(remote);
    git(folder, 'merge', '--quiet', '--squash', 'origin/proposals/1');
    git(folder, 'commit', '--quiet', '-m', 'Without cinder (#1)');
    git(folder, 'push', '--quiet');
    await eventually(async () => expect((await store.current()).schedule.tracks.size).toBe(1));
    expect(await proposals.closeMerged()).toHaveLength(1);
    await eventually(() => expect(branches(remote)).not.toContain('proposals'));
  });

  test('that somebody went on with there stays theirs', async () => {
    const { gitdir, remote, store, start, same } = await pair();
    const sync = start();
    await same();
    git(remote, 'branch', 'proposals/1', git(remote, 'commit-tree', '-m', 'Mine', 'main^{tree}'));
    await propose(gitdir, store);
    sync.push();
    await eventually(() => expect(git(gitdir, 'for-each-ref', 'refs/ptgbot/pushed')).not.toBe(''));
    expect(branches(remote)).toContain('proposals/1 Mine');
    expect(sync.state.problem).toBeUndefined();
  });
});

test('what the remote still needs of proposals', () => {
  const waiting = new Map([
    ['2', 'b'],
    ['3', 'c'],
    ['4', 'd2'],
  ]);
  const pushed = new Map([
    ['1', 'a'],
    ['2', 'b'],
    ['4', 'd'],
  ]);
  expect(proposalsToPush(waiting, pushed)).toEqual({
    added: [
      ['3', 'c'],
      ['4', 'd2'],
    ],
    gone: ['1'],
  });
});

describe('over the network', () => {
  /** Has the next push wait in the remote for longer than anybody will. */
  const hang = (remote: string) => {
    const hook = join(remote, 'hooks/pre-receive');
    writeFileSync(hook, `#!/bin/sh\ntouch '${remote}/waits'\nexec sleep 600\n`);
    chmodSync(hook, 0o755);
    return {
      reached: () => eventually(() => expect(existsSync(`${remote}/waits`)).toBe(true), 30),
      end: () => rmSync(hook),
    };
  };

  test.each([
    [
      'sshd',
      async () => {
        const server = await startSshServer();
        const { key: sshKey, knownHosts } = server;
        return {
          server,
          options: (path: string) => ({ url: server.url(path), sshKey, knownHosts }),
        };
      },
    ],
    [
      'Apache',
      async () => {
        vi.stubEnv('PTGBOT_GIT_TOKEN', gitToken);
        const server = await startHttpServer();
        return { server, options: (path: string) => ({ url: server.url(path) }) };
      },
    ],
  ])(
    '%s is killed in the midst of a push: said once, and all is there when it is back',
    async (_, begin) => {
      const { server, options } = await begin();
      onTestFinished(async () => {
        await server.stop();
        vi.unstubAllEnvs();
      });
      const { gitdir, remote, start, says, problems, same } = await pair(options);
      start();
      const waiting = hang(remote);
      await says('nova', 'cells');
      await waiting.reached();
      await server.kill();
      waiting.end();
      await eventually(() => expect(problems).toHaveLength(1), 30);
      await says('nova', 'lunch');
      await server.restart();
      await same();
      expect(log(remote).slice(0, 2)).toEqual(['nova: now lunch', 'nova: now cells']);
      await eventually(() => expect(problems.at(-1)).toBeUndefined(), 30);
      expect(git(remote, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
      expect(git(gitdir, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
    },
  );

  test('a wrong token is said once, however often it is tried, until it is right', async () => {
    vi.stubEnv('PTGBOT_GIT_TOKEN', 'wrong');
    const server = await startHttpServer();
    onTestFinished(async () => {
      await server.stop();
      vi.unstubAllEnvs();
    });
    const { start, says, problems, same } = await pair((path) => ({ url: server.url(path) }));
    const sync = start();
    await says('nova', 'cells');
    await eventually(() => expect(problems).toHaveLength(1), 30);
    for (let tries = 0; tries < 3; tries++) {
      sync.fetch();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(problems).toEqual([expect.stringMatching(/^the remote: Authentication failed for/)]);
    vi.stubEnv('PTGBOT_GIT_TOKEN', gitToken);
    sync.fetch();
    await same();
    await eventually(() => expect(problems.at(-1)).toBeUndefined(), 30);
  });
});

test('fifty commits on each side: all of them are on both in the end', async () => {
  const { gitdir, remote, start, says, topicOf, same } = await pair();
  const clone = new Clone(remote);
  for (let i = 0; i < 50; i++) {
    await says('nova', `ours ${i}`);
    writeFileSync(join(clone.folder, 'tracks/cinder.yaml'), `now: { topic: theirs ${i} }\n`);
    git(clone.folder, 'commit', '--quiet', '--all', '-m', `theirs ${i}`);
  }
  git(clone.folder, 'push', '--quiet');
  start();
  await same();
  expect(
    log(gitdir).filter((subject) => /^(?:nova: now ours|theirs) \d+$/.test(subject)),
  ).toHaveLength(100);
  expect([await topicOf('nova'), await topicOf('cinder')]).toEqual(['ours 49', 'theirs 49']);
});

test('a fetch that is asked for while one is on happens as well', async () => {
  const { gitdir, remote, start, same } = await pair();
  const sync = start(3_600_000);
  await same();
  const clone = new Clone(remote);
  for (let i = 0; i < 5; i++) {
    sync.fetch();
    const commit = clone.push('README.md', `${i}\n`);
    sync.fetch();
    await eventually(() => expect(tip(gitdir)).toBe(commit), 30);
  }
});

test('a full disk stops fetching, and nothing else; with room again it goes on', () => {
  const script = join(import.meta.dirname, '../../support/full-disk-fetch.ts');
  const folder = temporaryFolder();
  const mounted = `mount -t tmpfs -o size=1500k tmpfs "${folder}" && exec "${process.execPath}" "${script}" "${folder}" "${temporaryFolder()}"`;
  const printed = execFileSync(
    'unshare',
    ['--user', '--map-root-user', '--mount', 'sh', '-c', mounted],
    { encoding: 'utf8', timeout: 50_000 },
  );
  expect(JSON.parse(printed)).toEqual({
    problems: [expect.stringMatching(/^the remote: .*(?:No space left|write)/)],
    goesOn: true,
    fsck: '',
  });
});
