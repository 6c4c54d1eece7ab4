/** Fetching and pushing on the real thing: sshd, and Apache with git's own program behind it. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Remote, RemoteError, type RemoteOptions } from '../../../schedule-data/git/remote.ts';
import { repositoryAt } from '../../../schedule-data/git/repository.ts';
import {
  gitToken,
  startHttpServer,
  startSshServer,
  type HttpServer,
  type SshServer,
} from '../../support/git-servers.ts';
import { Clone, git, smallRepository, temporaryFolder } from '../../support/repository.ts';
import { eventually } from '../../support/service.ts';

/** A repository with a commit more than its remote has, which is at a path. */
async function ahead() {
  const gitdir = await smallRepository();
  const path = join(temporaryFolder(), 'remote.git');
  git('/', 'clone', '--quiet', '--bare', gitdir, path);
  const commit = new Clone(gitdir).push('README.md', 'Hello\n');
  return { gitdir, path, commit };
}

/** Pushes and fetches; gives where the remote is, or why that is not known. */
async function sync(gitdir: string, commit: string, options: RemoteOptions) {
  const remote = new Remote(repositoryAt(gitdir), options);
  try {
    await remote.push(commit);
    return await remote.fetch();
  } catch (error) {
    expect(error).toBeInstanceOf(RemoteError);
    const { fault, message } = error as RemoteError;
    return `${fault}: ${message}`;
  }
}

/** Has pushes wait in the remote until the file is gone. */
function slowHook(path: string): string {
  const wait = join(path, 'wait');
  writeFileSync(wait, '');
  const hook = join(path, 'hooks/pre-receive');
  mkdirSync(join(path, 'hooks'), { recursive: true });
  writeFileSync(
    hook,
    `#!/bin/sh\ntouch '${path}/waits'\nwhile test -e '${wait}'; do sleep 0.05; done\n`,
  );
  chmodSync(hook, 0o755);
  return wait;
}

/** The command lines of all processes. */
const commandLines = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });

describe('by ssh', () => {
  let server: SshServer;
  beforeAll(async () => void (server = await startSshServer()));
  afterAll(() => server.stop());
  const options = (path: string): RemoteOptions => ({
    url: server.url(path),
    sshKey: server.key,
    knownHosts: server.knownHosts,
  });

  test('with a key and a file of host keys of its own', async () => {
    const { gitdir, path, commit } = await ahead();
    expect(await sync(gitdir, commit, options(path))).toBe(commit);
    expect(git(path, 'rev-parse', 'main')).toBe(commit);
  });

  test('a key that may not, a host that is another one or unknown: refused, and nobody is asked', async () => {
    const { gitdir, path, commit } = await ahead();
    const known = options(path);
    expect(await sync(gitdir, commit, { ...known, sshKey: server.wrongKey })).toMatch(
      /^refused: the remote: \S+@127\.0\.0\.1: Permission denied \(publickey\)\.$/,
    );
    for (const knownHosts of [server.otherHosts, '/dev/null'])
      expect(await sync(gitdir, commit, { ...known, knownHosts })).toBe(
        'refused: the remote: Host key verification failed.',
      );
    expect(await sync(gitdir, commit, options('/none.git'))).toBe(
      "refused: the remote: '/none.git' does not appear to be a git repository",
    );
  });

  test('a host that is down is away', async () => {
    const { gitdir, path, commit } = await ahead();
    await server.kill();
    try {
      expect(await sync(gitdir, commit, options(path))).toMatch(/^away: .*Connection refused$/);
    } finally {
      await server.restart();
    }
    expect(await sync(gitdir, commit, options(path))).toBe(commit);
  });

  test('a push that nobody waits for any more ends, with the ssh that git started', async () => {
    const { gitdir, path, commit } = await ahead();
    const wait = slowHook(path);
    onTestFinished(() => rmSync(wait, { force: true }));
    const enough = new AbortController();
    const push = new Remote(repositoryAt(gitdir), options(path)).push(commit, enough.signal);
    const failed = expect(push).rejects.toThrow('git ended with SIGTERM');
    await eventually(() => expect(existsSync(join(path, 'waits'))).toBe(true), 30);
    const ours = () =>
      commandLines().filter((line) => /^(ssh|git -c) /.test(line) && line.includes(path));
    expect(ours()).not.toEqual([]);
    enough.abort();
    await failed;
    await eventually(() => expect(ours()).toEqual([]), 30);
  });

  test('a server that says nothing at all is left when nobody waits any more', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const connected = once(silent, 'connection');
    const { port } = silent.address() as AddressInfo;
    const { gitdir } = await ahead();
    const enough = new AbortController();
    const url = `ssh://127.0.0.1:${port}/data.git`;
    const fetch = new Remote(repositoryAt(gitdir), { url }).fetch(enough.signal);
    const failed = expect(fetch).rejects.toThrow('git ended with SIGTERM');
    await connected;
    enough.abort();
    await failed;
    const remote = new Remote(repositoryAt(gitdir), { url });
    await expect(remote.lookUp(500)).rejects.toThrow('it did not answer within 0.5 s');
  });
});

describe('by http', () => {
  let server: HttpServer;
  const elsewhere = createServer((request, response) => {
    heard.push(JSON.stringify([request.url, request.rawHeaders]));
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
  });
  const heard: string[] = [];
  beforeAll(async () => {
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    server = await startHttpServer(`http://localhost:${port}`);
  });
  afterAll(async () => {
    elsewhere.close();
    await server.stop();
  });
  afterEach(() => void vi.unstubAllEnvs());

  test('with a token, as whoever the address names', async () => {
    vi.stubEnv('PTGBOT_GIT_TOKEN', gitToken);
    const { gitdir, path, commit } = await ahead();
    expect(await sync(gitdir, commit, { url: server.url(path) })).toBe(commit);
    expect(git(path, 'rev-parse', 'main')).toBe(commit);
    expect(await sync(gitdir, commit, { url: server.url(path, 'ada') })).toBe(commit);
    expect(await sync(gitdir, commit, { url: server.url(path, 'bob') })).toMatch(/^refused: /);
  });

  test('is asked where its branch is, with the same token, and nothing is kept', async () => {
    const { gitdir, path } = await ahead();
    const remote = new Remote(repositoryAt(gitdir), { url: server.url(path) });
    vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
    await expect(remote.lookUp(60_000)).rejects.toThrow('it asks for a password');
    vi.stubEnv('PTGBOT_GIT_TOKEN', gitToken);
    expect(await remote.lookUp(60_000)).toBe(git(path, 'rev-parse', 'main'));
    git(path, 'branch', '--move', 'main', 'trunk');
    expect(await remote.lookUp(60_000)).toBeUndefined();
    expect(git(gitdir, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  test('none or a wrong token: refused, in a sentence without it', async () => {
    const { gitdir, path, commit } = await ahead();
    vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
    const url = server.url(path, 'ada');
    expect(await sync(gitdir, commit, { url })).toBe(
      'refused: the remote: it asks for a password: give it as PTGBOT_GIT_TOKEN',
    );
    vi.stubEnv('PTGBOT_GIT_TOKEN', 'w r o n g');
    const why = await sync(gitdir, commit, { url });
    expect(why).toMatch(/^refused: the remote: Authentication failed for 'http:\/\/127/);
    expect(why).not.toMatch(/w r o n g|ada@/);
  });

  test('the token stands in no command line, and nowhere on the disk', async () => {
    vi.stubEnv('PTGBOT_GIT_TOKEN', gitToken);
    const { gitdir, path, commit } = await ahead();
    const wait = slowHook(path);
    const done = sync(gitdir, commit, { url: server.url(path) });
    await eventually(() => expect(existsSync(join(path, 'waits'))).toBe(true), 30);
    const lines = commandLines();
    rmSync(wait);
    expect(await done).toBe(commit);
    expect(lines.join('\n')).toContain('git-remote-http');
    expect(lines.filter((line) => line.includes(gitToken))).toEqual([]);
    expect(() => execFileSync('grep', ['-rF', gitToken, gitdir, path])).toThrow();
  });

  test('the helpers of the user’s git answer where there is no token, and never get to know one', async () => {
    const { gitdir, path, commit } = await ahead();
    const folder = temporaryFolder();
    const kept = join(folder, 'credentials');
    const config = join(folder, 'gitconfig');
    writeFileSync(config, `[credential]\n\thelper = store --file ${kept}\n`);
    vi.stubEnv('GIT_CONFIG_GLOBAL', config);
    const url = server.url(path);
    const { host } = new URL(url);
    writeFileSync(kept, `http://ada:${encodeURIComponent(gitToken)}@${host}\n`);
    expect(await sync(gitdir, commit, { url })).toBe(commit);

    rmSync(kept);
    vi.stubEnv('PTGBOT_GIT_TOKEN', gitToken);
    expect(await sync(gitdir, commit, { url })).toBe(commit);
    expect(existsSync(kept)).toBe(false);
  });

  test('another host gets no token, whoever leads there', async () => {
    vi.stubEnv('PTGBOT_GIT_TOKEN', gitToken);
    const { gitdir, commit } = await ahead();
    expect(await sync(gitdir, commit, { url: server.moved })).toMatch(/^refused: /);
    expect(heard.length).toBeGreaterThan(0);
    const basic = (user: string) => Buffer.from(`${user}:${gitToken}`).toString('base64');
    for (const request of heard) {
      expect(request).not.toMatch(/authorization/i);
      expect(request).not.toContain(basic('ptgbot'));
    }
  });

  test('a host that is down is away', async () => {
    const { gitdir, path, commit } = await ahead();
    await server.kill();
    try {
      expect(await sync(gitdir, commit, { url: server.url(path) })).toMatch(/^away: .*connect/);
    } finally {
      await server.restart();
    }
  });
});

test('what a remote says is cut short, however much it is', async () => {
  const { gitdir, path, commit } = await ahead();
  const hook = join(path, 'hooks/pre-receive');
  mkdirSync(join(path, 'hooks'), { recursive: true });
  writeFileSync(hook, '#!/bin/sh\nhead -c 5000000 /dev/zero | tr "\\0" x\nexit 1\n');
  chmodSync(hook, 0o755);
  const why = await sync(gitdir, commit, { url: path });
  expect(why).toMatch(/^refused: the remote: x{100,}$/);
  expect(why!.length).toBeLessThan(400);
});
