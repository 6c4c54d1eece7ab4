/** What the person on call is told: beside a service that runs, and of each thing that can go wrong. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { parseConfig, readConfig, type Config } from '../../cli/config.ts';
import { doctor } from '../../cli/doctor/doctor.ts';
import { lineOf } from '../../cli/doctor/finding.ts';
import { lookAtIrcServer } from '../../cli/doctor/irc-server.ts';
import { ptgbot } from '../support/command-line.ts';
import { freePorts } from '../support/irc-daemon.ts';
import { ircSection, startIrcServer, type IrcServer } from '../support/irc-server.ts';
import { Clone, git, smallRepository, temporaryFolder } from '../support/repository.ts';
import { eventually, Service } from '../support/service.ts';

let server: IrcServer;
beforeAll(async () => {
  server = await startIrcServer();
});
afterAll(() => server.stop());

/** Everything in folders, with sizes and times. */
const stateOf = (folders: readonly string[]) =>
  spawnSync('find', [...folders, '-printf', '%p %s %T@ %m\n'], { encoding: 'utf8' }).stdout;

/** What is printed of a configuration, and whether all is well. */
async function linesOf<C extends { data: { repository: string } }>(folder: string, config: C) {
  const file = join(folder, 'ptgbot.yaml');
  writeFileSync(file, stringify(config));
  const folders = [folder, config.data.repository];
  const before = stateOf(folders);
  const lines: string[] = [];
  const read = (given?: NodeJS.ProcessEnv) => readConfig(file, { ...given });
  const isWell = await doctor(read, file, (line) => lines.push(line));
  expect(stateOf(folders)).toBe(before);
  expect(isWell).toBe(!lines.some((line) => line.startsWith('✗')));
  return lines;
}

const line = (pattern: RegExp) => expect.stringMatching(pattern) as string;

test('beside a service that is well all is ok, and it changes nothing', async () => {
  const folder = temporaryFolder();
  const repository = await smallRepository();
  const remote = join(folder, 'remote.git');
  git('/', 'clone', '--quiet', '--bare', repository, remote);
  const [port] = await freePorts(1);
  const config = {
    irc: { ...ircSection(server, '#ptg'), server: 'localhost' },
    data: { repository, remote, people: join(folder, 'people.git') },
    site: {
      output: join(folder, 'www'),
      listen: `127.0.0.1:${port}`,
      url: `http://127.0.0.1:${port}`,
    },
    cache: join(folder, 'cache'),
  };
  const service = new Service(folder, config, 'start');
  onTestFinished(() => service.kill());
  await eventually(async () => {
    expect((await fetch(`${config.site.url}/readyz`)).status).toBe(200);
  }, 60);
  const { status, stdout } = ptgbot('.', ['doctor', '--config', join(folder, 'ptgbot.yaml')]);
  expect(stdout.trim().split('\n')).toEqual([
    line(/^ok {3}configuration .*ptgbot\.yaml$/),
    line(/^ok {3}Node /),
    line(/^ok {3}git version /),
    ...['data.git', 'people.git', 'cache', 'www'].map((name) =>
      line(new RegExp(`^ok {3}may write .*${name}$`)),
    ),
    line(/^- {4}may not write .*: this is a checkout/),
    line(/^ok {3}disk of .* MB are free$/),
    line(/^ok {3}repository .*data\.git, branch main$/),
    'ok   objects of the repository',
    'ok   data',
    line(new RegExp(`^ok {3}the bot: process ${service.process.pid} since 20`)),
    line(/^ok {3}people .*people\.git$/),
    'ok   remote of branch main',
    'ok   name localhost',
    `ok   IRC server localhost:${server.tlsPort}`,
    'ok   certificate of localhost: it ends in 29 days',
    line(/^ok {3}pages in .*www$/),
    `ok   built-in server http://127.0.0.1:${port}/`,
    'ok   the service is ready',
    `ok   page http://127.0.0.1:${port}`,
    line(/^ok {3}clock 20/),
  ]);
  expect(status).toBe(0);
});

test('of a broken repository and a service that is gone it says what is broken', async () => {
  const folder = temporaryFolder();
  const repository = await smallRepository();
  const oid = git(repository, 'rev-parse', 'main:tracks/nova.yaml');
  rmSync(join(repository, 'objects', oid.slice(0, 2), oid.slice(2)));
  const { pid } = spawnSync('true');
  const lock = { pid, host: hostname(), started: '2018-09-10' };
  writeFileSync(join(repository, 'ptgbot.lock'), JSON.stringify(lock));
  mkdirSync(join(folder, 'people.git'));
  chmodSync(join(folder, 'people.git'), 0o755);
  const [port] = await freePorts(1);
  const lines = await linesOf(folder, {
    irc: { ...ircSection(server, '#ptg'), nickserv: {} },
    data: { repository, people: 'people.git', remote: 'absent.git' },
    site: { output: 'www', listen: `127.0.0.1:${port}` },
  });
  for (const expected of [
    line(
      /^! {4}secrets: .*irc\.nickserv\.password: expected a password, here or better as PTGBOT_IRC_PASSWORD; /,
    ),
    line(new RegExp(`^✗ {4}objects of the repository: missing blob ${oid}; .*fsck`)),
    line(/^✗ {4}data: /),
    line(/^✗ {4}the bot: process \d+, started 2018-09-10, ended without a word; /),
    line(/^✗ {4}people .*: others may read who is where; chmod 700 /),
    line(/^✗ {4}remote of branch main: .*absent\.git.*; look at data\.remote/),
    line(/^✗ {4}pages in .*www: nothing was published there; /),
    line(/^✗ {4}built-in server .*: nothing listens on this port; .*systemctl start ptgbot$/),
  ])
    expect(lines).toContainEqual(expected);
});

test('of data with problems, an open password and another page it says so', async () => {
  const folder = temporaryFolder();
  const repository = await smallRepository();
  new Clone(repository).push('tracks/nova.yaml', 'color: none\n', 'edit', '2037-01-01T00:00:00Z');
  const foreign = createServer((_request, response) =>
    response.setHeader('Date', 'Mon, 10 Sep 2018 15:00:00 GMT').end('<h1>\u001b[2J'),
  ).listen(0, '127.0.0.1');
  onTestFinished(() => void foreign.close());
  await once(foreign, 'listening');
  const url = `127.0.0.1:${(foreign.address() as AddressInfo).port}`;
  const lock = { pid: 7, host: 'elsewhere\u001b[2J', started: '2018-09-10' };
  writeFileSync(join(repository, 'ptgbot.lock'), JSON.stringify(lock));
  writeFileSync(join(folder, 'ptgbot.yaml'), '', { mode: 0o644 });
  const lines = await linesOf(folder, {
    irc: { ...ircSection(server, '#ptg'), password: 'sesame' },
    data: { repository },
    site: { output: 'www', listen: url, url: `http://${url}/ptg` },
  });
  for (const hidden of ['sesame', '\u001b']) expect(lines.join('\n')).not.toContain(hidden);
  for (const expected of [
    line(/^✗ {4}configuration .*: it holds a password, and everybody may read it; chmod o-r /),
    line(/^! {4}data: 1 problem, the first in tracks\/nova\.yaml:1: color: expected/),
    line(/^! {4}the bot: according to .*ptgbot\.lock it has been running on elsewhere \[2J since/),
    line(/^✗ {4}built-in server .*: GET \/healthz: 200 <h1> \[2J; another program is there$/),
    line(/^✗ {4}page .*: revision\.json is not ours; /),
    line(/^✗ {4}clock .*: the newest commit is \d+ s later; /),
  ])
    expect(lines).toContainEqual(expected);
});

test.each([
  ['nothing', () => temporaryFolder(), /^- {4}repository .*: there is none yet; /],
  [
    'a clone with a work tree',
    async () => new Clone(await smallRepository()).folder,
    /^✗ {4}repository: .*expected a bare repository/,
  ],
  [
    'another branch',
    async () => {
      const repository = await smallRepository();
      git(repository, 'branch', '--move', 'main', 'trunk');
      return repository;
    },
    /^✗ {4}repository: .*has no branch main, but trunk; set data\.branch/,
  ],
])('of %s where the repository should be it says so', async (_what, make, pattern) => {
  const config = { data: { repository: await make() }, site: { listen: false } };
  expect(await linesOf(temporaryFolder(), config)).toContainEqual(line(pattern));
});

test('a secret that only the service may read keeps it from nothing', () => {
  const folder = temporaryFolder();
  // Root may read any file.
  mkdirSync(join(folder, 'irc-password'));
  const irc = { server: '127.0.0.1', port: server.port, tls: false, channel: '#a', nickserv: {} };
  writeFileSync(join(folder, 'ptgbot.yaml'), stringify({ irc, data: { repository: 'data.git' } }));
  const { stdout } = ptgbot(folder, ['doctor'], { CREDENTIALS_DIRECTORY: folder });
  expect(stdout).toMatch(
    /^ok {3}configuration .*\n! {4}secrets: the secret in .* cannot be read: /,
  );
  expect(stdout).toContain(`\nok   IRC server 127.0.0.1:${server.port}\n`);
});

test('of a configuration that is wrong it says only that', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ptgbot.yaml'), 'site: { ouput: x }');
  const { status, stdout, stderr } = ptgbot(folder, ['doctor']);
  expect(stdout).toMatch(
    /^✗ {4}configuration .*ptgbot\.yaml: ptgbot\.yaml: unknown key site\.ouput; expected output\n$/,
  );
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});

describe('of the IRC server', () => {
  const lookAt = async (more: object) => {
    const irc = { ...ircSection(server, '#ptg'), ...more };
    const { irc: checked } = parseConfig(stringify({ irc }), 'x', {});
    return (await lookAtIrcServer({ irc: checked } as Config)).map(lineOf);
  };

  test.each([
    [{ server: 'nowhere.invalid' }, /^✗ {4}name nowhere\.invalid: .*; look at irc\.server/],
    [{ port: 1 }, /^✗ {4}IRC server 127\.0\.0\.1:1: nothing listens on this port; /],
    [{ ca: undefined }, /^✗ .*not from an authority that we trust.*openssl s_client/],
    [{ ca: '/nowhere' }, /^✗ {4}certificate of .*: irc\.ca: cannot use \/nowhere/],
    [
      { ca: undefined, rejectUnauthorized: false },
      /^! .*: any is accepted, and it ends in 29 days; /,
    ],
    [{ tls: false }, /^- {4}certificate of 127\.0\.0\.1: irc\.tls is false$/],
  ])('%j says why it cannot be used', async (more, pattern) => {
    expect(await lookAt(more)).toContainEqual(line(pattern));
  });

  test('that does not speak TLS, or nothing at all, it says so', async () => {
    expect(await lookAt({ port: server.port })).toContainEqual(line(/^✗ {4}certificate of /));
    const silent = createTcpServer().listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    expect(await lookAt({ port })).toContainEqual(line(/^✗ .*: it does not answer; /));
  });
});
