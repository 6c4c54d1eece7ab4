/**
 * The image is built and runs for real, by Podman as root: from a release, on a Debian made on the spot, as
 * no registry need be reached; in the network of the machine; by runc, which needs no systemd.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { channel, topicReachesPage } from '../../support/deployment.ts';
import { IrcPerson } from '../../support/irc-client.ts';
import { startIrcServer, type IrcServer } from '../../support/irc-server.ts';
import { eventually } from '../../support/service.ts';

const deploy = join(import.meta.dirname, '../../../deploy/container');
const page = 'http://127.0.0.1:8000/';
const user = 10001;

/** As far as the tests follow it. */
interface Compose {
  readonly services: {
    readonly ptgbot: {
      readonly hostname: string;
      readonly init: boolean;
      readonly read_only: boolean;
      readonly tmpfs: readonly string[];
      readonly cap_drop: readonly string[];
      readonly security_opt: readonly string[];
      readonly environment: Readonly<Record<string, string>>;
      readonly volumes: readonly string[];
      readonly secrets: readonly string[];
    };
  };
}
const { ptgbot: service } = (parse(readFileSync(join(deploy, 'compose.yaml'), 'utf8')) as Compose)
  .services;

let folder: string;
let server: IrcServer;
let person: IrcPerson;

const file = (name: string) => join(folder, name);

function podman(...args: string[]): string {
  const storage = ['--storage-driver=vfs', `--root=${file('images')}`, `--runroot=${file('run')}`];
  const runtime = ['--runtime=runc', '--cgroup-manager=cgroupfs', '--events-backend=none'];
  return execFileSync('podman', [...storage, ...runtime, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e8,
  }).trim();
}

function build(context: string, containerfile: string, tag: string, ...args: string[]) {
  const how = ['--isolation=chroot', '--format=docker', '--layers=false', '--tag', tag];
  podman('build', ...how, '--file', containerfile, ...args, context);
}

/** Debian as its image is, and with Node and npm as that of Node is. */
function makeBases() {
  execFileSync('mmdebstrap', ['--variant=minbase', 'bookworm', file('base.tar')], {
    stdio: 'ignore',
  });
  podman('import', file('base.tar'), 'localhost/base');
  const context = file('builder');
  mkdirSync(context);
  copyFileSync(process.execPath, join(context, 'node'));
  copyFileSync('/etc/ssl/certs/ca-certificates.crt', join(context, 'ca-certificates.crt'));
  const npm = execFileSync('npm', ['pack', '--silent', 'npm@11'], {
    cwd: context,
    encoding: 'utf8',
  });
  const lines = [
    'FROM localhost/base',
    'COPY node /usr/local/bin/node',
    // Whom this machine trusts: it may reach the registry of npm through another server.
    'COPY ca-certificates.crt /etc/ssl/certs/',
    'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt',
    `ADD ${npm.trim()} /usr/local/lib/`,
    'RUN ln -s ../lib/package/bin/npm-cli.js /usr/local/bin/npm',
  ];
  writeFileSync(join(context, 'Containerfile'), lines.join('\n'));
  build(context, join(context, 'Containerfile'), 'builder');
}

/** Starts a container as compose.yaml says. */
function run() {
  const named = (volume: string) => volume.replace(/^\.\//, `${folder}/`);
  podman(
    'run',
    ...[
      '--detach',
      '--name=ptgbot',
      '--network=host',
      '--ulimit=nofile=1024:1024',
      '--ulimit=nproc=512:512',
    ],
    ...['--log-driver=k8s-file', `--log-opt=path=${file('ptgbot.log')}`],
    `--hostname=${service.hostname}`,
    `--init=${service.init}`,
    `--read-only=${service.read_only}`,
    // Else Podman has more folders writable than Docker.
    '--read-only-tmpfs=false',
    ...service.tmpfs.map((path) => `--tmpfs=${path}`),
    ...service.cap_drop.map((name) => `--cap-drop=${name}`),
    ...service.security_opt.map((option) => `--security-opt=${option.replace(':true', '')}`),
    ...Object.entries(service.environment).map(([name, value]) => `--env=${name}=${value}`),
    ...service.volumes.map((volume) => `--volume=${named(volume)}`),
    ...service.secrets.map((name) => `--volume=${file(name)}:/run/secrets/${name}:ro`),
    'ptgbot',
  );
}

beforeAll(async () => {
  const { tarball } = inject('release');
  folder = mkdtempSync(join(tmpdir(), 'ptgbot-container-'));
  makeBases();
  const bases = ['--build-arg=BASE=localhost/base', '--build-arg=BUILDER=localhost/builder'];
  const release = `--build-arg=RELEASE=${basename(tarball)}`;
  build(dirname(tarball), join(deploy, 'Containerfile'), 'ptgbot', ...bases, release);

  server = await startIrcServer();
  person = await IrcPerson.connect(server.port, 'ada');
  await person.join(channel);
  const { irc: _, ...example } = parse(readFileSync(join(deploy, 'ptgbot.yaml'), 'utf8')) as Record<
    string,
    unknown
  >;
  const irc = {
    server: server.host,
    port: server.port,
    tls: false,
    channel,
    rate: { intervalSeconds: 0 },
  };
  writeFileSync(file('ptgbot.yaml'), stringify({ ...example, irc }));
  writeFileSync(file('irc-password'), 'sesame of the channel\n');
  chownSync(file('irc-password'), user, user);
  chmodSync(file('irc-password'), 0o400);
});

afterAll(async () => {
  await person?.quit();
  await server?.stop();
  if (folder === undefined) return;
  podman('rm', '--all', '--force', '--volumes');
  rmSync(folder, { recursive: true, force: true });
});

test('says what is said on IRC on its page, as a user without rights', async () => {
  run();
  await person.waitFor(/^:ptgbot!\S+ JOIN /, 60);
  await topicReachesPage(person, page, 'what containers hold');
  expect(podman('exec', 'ptgbot', 'id', '--user')).toBe(String(user));
  expect(podman('exec', 'ptgbot', 'grep', 'CapBnd', '/proc/1/status')).toMatch(/\t0+$/);
  expect(() => podman('exec', 'ptgbot', 'touch', '/opt/ptgbot/new')).toThrow(/Read-only/);
  const log = readFileSync(file('ptgbot.log'), 'utf8');
  expect(log).toContain('what containers hold');
  expect(log).not.toContain('sesame');
});

test('is healthy', () => {
  podman('healthcheck', 'run', 'ptgbot');
});

test('killed and made anew, it goes on with its data', async () => {
  podman('kill', '--signal=KILL', 'ptgbot');
  await person.waitFor(/^:ptgbot!\S+ QUIT /);
  podman('rm', '--force', 'ptgbot');
  run();
  await person.waitFor(/^:ptgbot!\S+ JOIN /, 60);
  await eventually(async () =>
    expect(await (await fetch(page)).text()).toContain('what containers hold'),
  );
  await topicReachesPage(person, page, 'what they keep');
});

test('ends in good order when it is asked to', async () => {
  podman('stop', 'ptgbot');
  await person.waitFor(/^:ptgbot!\S+ (QUIT|PART) /);
  expect(podman('inspect', '--format={{.State.ExitCode}}', 'ptgbot')).toBe('0');
});
