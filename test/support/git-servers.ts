/** Real servers of git on loopback, as people have them: sshd, and Apache with git's own CGI program. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { apacheBasics, apacheCommand } from './apache.ts';
import { DaemonFolder, freePorts, programOf } from './irc-daemon.ts';
import { runServer, type RunningServer } from './running-server.ts';

export interface SshServer extends RunningServer {
  /** The address of a repository at a path. */
  url(path: string): string;
  /** Private keys: one that may come in, and one that may not. */
  readonly key: string;
  readonly wrongKey: string;
  /** Files of host keys: with that of the server, and with that of another. */
  readonly knownHosts: string;
  readonly otherHosts: string;
}

export interface HttpServer extends RunningServer {
  /** The address of a repository at a path. @param user with this name in it */
  url(path: string, user?: string): string;
  /** An address that the server answers with one of another host. */
  readonly moved: string;
}

/** The password that the web server takes, from anybody. */
export const gitToken = 'tok3n-\\n-%-$HOME';

/** sshd for one user, whose key may call git and nothing else. @throws {Error} that tells what to install */
export async function startSshServer(): Promise<SshServer> {
  const sshd = programOf('openssh-server', 'sshd');
  const shell = programOf('git', 'git-shell');
  const folder = new DaemonFolder();
  const [port = 0] = await freePorts(1);
  for (const name of ['host', 'other-host', 'key', 'wrong-key'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', folder.file(name)]);
  const publicKey = (name: string) => readFileSync(folder.file(`${name}.pub`), 'utf8');
  writeFileSync(
    folder.file('authorized_keys'),
    `restrict,command="${shell} -c \\"$SSH_ORIGINAL_COMMAND\\"" ${publicKey('key')}`,
  );
  for (const [file, host] of [
    ['known hosts', 'host'],
    ['other_hosts', 'other-host'],
  ] as const)
    writeFileSync(folder.file(file), `[127.0.0.1]:${port} ${publicKey(host)}`);
  writeFileSync(
    folder.file('sshd_config'),
    `
ListenAddress 127.0.0.1:${port}
HostKey ${folder.file('host')}
AuthorizedKeysFile ${folder.file('authorized_keys')}
PidFile none
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin forced-commands-only
# The folder is below /tmp, which all may write.
StrictModes no
MaxStartups 100
`,
  );
  // Debian's service makes it; only root's sshd wants it.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const server = await runServer(folder, port, sshd, ['-D', '-f', folder.file('sshd_config')]);
  return {
    ...server,
    url: (path) => `ssh://127.0.0.1:${port}${path}`,
    key: folder.file('key'),
    wrongKey: folder.file('wrong-key'),
    knownHosts: folder.file('known hosts'),
    otherHosts: folder.file('other_hosts'),
  };
}

/**
 * Apache with `git http-backend`, which takes `gitToken` from whoever it is.
 * @param elsewhere where `moved` leads
 * @throws {Error} that tells what to install
 */
export async function startHttpServer(elsewhere = 'http://localhost:1'): Promise<HttpServer> {
  const apache = programOf('apache2');
  const folder = new DaemonFolder();
  const [port = 0] = await freePorts(1);
  const modules =
    'mpm_prefork authn_core authn_file authz_core authz_user auth_basic alias env cgi';
  const hash = createHash('sha1').update(gitToken).digest('base64');
  writeFileSync(
    folder.file('passwords'),
    ['ptgbot', 'ada'].map((user) => `${user}:{SHA}${hash}\n`).join(''),
  );
  const backend = `${execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim()}/git-http-backend`;
  writeFileSync(
    folder.file('apache.conf'),
    `${apacheBasics(folder, port, modules)}
SetEnv GIT_PROJECT_ROOT /
SetEnv GIT_HTTP_EXPORT_ALL 1
ScriptAlias /git/ ${backend}/
Redirect /moved/ ${elsewhere}/
<Location /git/>
  AuthType Basic
  AuthName git
  AuthUserFile ${folder.file('passwords')}
  Require valid-user
</Location>
`,
  );
  const [command, ...wrapped] = apacheCommand(apache);
  const args = [...wrapped, '-D', 'FOREGROUND', '-f', folder.file('apache.conf')];
  const server = await runServer(folder, port, command, args);
  return {
    ...server,
    url: (path, user) =>
      `http://${user === undefined ? '' : `${user}@`}127.0.0.1:${port}/git${path}`,
    moved: `http://127.0.0.1:${port}/moved/data.git`,
  };
}
