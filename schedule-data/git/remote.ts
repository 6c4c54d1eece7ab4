/** A repository elsewhere, which has the same branch: fetching it, and pushing to it. */
import { runGit, type FailedGit } from './git.ts';
import type { Repository } from './repository.ts';
import { StorageError } from './storage-error.ts';
import { oneLine, shellWord } from '../text/text.ts';

export interface RemoteOptions {
  /** `ssh://`, `https://`, `http://`, `HOST:PATH` as ssh has it, or a path. */
  readonly url: string;
  /** File of the private key for ssh, instead of those that ssh finds itself. */
  readonly sshKey?: string | undefined;
  /** File of the host keys that ssh trusts, instead of its own. */
  readonly knownHosts?: string | undefined;
}

/** Without git's ways to run any program; and what begins with a dash would be an option. */
export function isRemoteAddress(text: string): boolean {
  if (text === '' || /^-|[\p{Cc}]|::/u.test(text)) return false;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return true;
  return ['ssh', 'https', 'http', 'file'].includes(scheme) && URL.canParse(text);
}

/** A path on this machine: a colon before any slash names a scheme or a host. */
export function isRemotePath(address: string): boolean {
  return !/^[^/]*:/.test(address);
}

/**
 * Why the remote did not do what was asked. `behind`: it has commits that we have not fetched; `refused`:
 * it answered, and will not; `away`: it did not answer, or only in part.
 */
export type RemoteFault = 'behind' | 'refused' | 'away';

/** `message` is what the remote or git said, as one line. */
export class RemoteError extends StorageError {
  readonly fault: RemoteFault;

  constructor(fault: RemoteFault, message: string, cause?: unknown) {
    super(`the remote: ${message}`, { cause });
    this.fault = fault;
  }
}

/** A name that nobody else's configuration has. */
const name = 'ptgbot';

/** Where a branch of the remote is, as far as it was fetched. */
export const trackingRef = (branch: string) => `refs/remotes/${name}/${branch}`;

/** How long fetching or pushing may take, in milliseconds. */
const longest = 120_000;

interface Limits {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number;
}

/** Longer words are a page of HTML. */
const mostCharacters = 300;

export class Remote {
  readonly #repository: Repository;
  readonly #options: RemoteOptions;

  constructor(repository: Repository, options: RemoteOptions) {
    this.#repository = repository;
    this.#options = options;
  }

  /**
   * Fetches the branch, and gives the commit that it is at there; undefined where there is no such branch.
   * @throws {RemoteError}
   */
  async fetch(signal?: AbortSignal): Promise<string | undefined> {
    const { branch } = this.#repository;
    const tracking = trackingRef(branch);
    const refspec = `+refs/heads/${branch}:${tracking}`;
    try {
      await this.#run(
        { signal },
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        name,
        refspec,
      );
    } catch (error) {
      if (/couldn't find remote ref/.test((error as FailedGit).stderr ?? '')) return undefined;
      throw faultOf(error as FailedGit);
    }
    return (await this.#run({}, 'rev-parse', '--verify', tracking)).stdout;
  }

  /**
   * Asks for the commit that the branch is at there, and changes nothing here; undefined where there is
   * no such branch.
   * @param patience how long it may take, in milliseconds
   * @throws {RemoteError}
   */
  async lookUp(patience: number): Promise<string | undefined> {
    const ref = `refs/heads/${this.#repository.branch}`;
    try {
      const { stdout } = await this.#run({ timeout: patience }, 'ls-remote', name, ref);
      return stdout.split('\t')[0] || undefined;
    } catch (error) {
      throw faultOf(error as FailedGit, patience);
    }
  }

  /** Moves the branch there to a commit, forwards only. @throws {RemoteError} */
  push(commit: string, signal?: AbortSignal): Promise<void> {
    return this.pushTo(`refs/heads/${this.#repository.branch}`, commit, signal);
  }

  /** Moves a ref there to a commit, forwards only. @throws {RemoteError} */
  pushTo(ref: string, commit: string, signal?: AbortSignal): Promise<void> {
    return this.#push(`${commit}:${ref}`, signal);
  }

  /** Removes a ref there; it is no fault where there is none. @throws {RemoteError} */
  remove(ref: string, signal?: AbortSignal): Promise<void> {
    return this.#push(`:${ref}`, signal);
  }

  async #push(refspec: string, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#run({ signal }, 'push', '--quiet', '--porcelain', name, refspec);
    } catch (error) {
      throw faultOf(error as FailedGit);
    }
  }

  #run({ signal, timeout = longest }: Limits, ...args: string[]) {
    const { url, sshKey, knownHosts } = this.#options;
    const settings = [
      `remote.${name}.url=${url}`,
      // Packing has its own time.
      'gc.auto=0',
      'core.fsync=objects,reference',
      // What the user's git is set to do besides.
      'push.followTags=false',
      'push.recurseSubmodules=no',
      'fetch.recurseSubmodules=no',
      ...tokenSettings(url, process.env),
    ];
    return runGit(
      [
        ...['--git-dir', this.#repository.gitdir],
        ...settings.flatMap((setting) => ['-c', setting]),
        ...args,
      ],
      {
        timeout,
        ...(signal && { signal }),
        // Nobody is there to be asked; without this, git would try the program of ssh for it.
        variables: { GIT_ASKPASS: '', ...sshVariables(process.env, sshKey, knownHosts) },
      },
    );
  }
}

/**
 * The token is for this host alone, and stands in no command line: a shell that git starts takes it from
 * its own variable. Forges take any name with it; where the address has one, it is that.
 */
function tokenSettings(
  url: string,
  { PTGBOT_GIT_TOKEN: token }: NodeJS.ProcessEnv,
): readonly string[] {
  if (!token || !/^https?:/i.test(url)) return [];
  const answer =
    '!f() { test "$1" = get || exit 0; grep -q ^username= || echo username=ptgbot; printf "password=%s\\n" "$PTGBOT_GIT_TOKEN"; }; f';
  const helper = `credential.${new URL(url).origin}.helper`;
  // The empty one comes first: without the user's own helpers, which would keep the token.
  return [`${helper}=`, `${helper}=${answer}`];
}

/** ssh must not ask anybody anything, nor wait for ever. */
function sshVariables(
  environment: NodeJS.ProcessEnv,
  key: string | undefined,
  knownHosts: string | undefined,
): NodeJS.ProcessEnv {
  if (environment['GIT_SSH_COMMAND'] !== undefined || environment['GIT_SSH'] !== undefined)
    return {};
  const options = [
    'BatchMode=yes',
    'ConnectTimeout=10',
    'ServerAliveInterval=15',
    ...(key === undefined ? [] : [`IdentityFile=${key}`, 'IdentitiesOnly=yes']),
    ...(knownHosts === undefined ? [] : [`UserKnownHostsFile=${knownHosts}`]),
  ];
  return { GIT_SSH_COMMAND: ['ssh', ...options.map((option) => `-o ${quoted(option)}`)].join(' ') };
}

/** For the shell; ssh itself takes what is in double quotes as one word. */
function quoted(option: string): string {
  const [key, value = ''] = option.split(/=(.*)/s);
  // A percent sign would stand for something.
  const plain = value.replaceAll('%', '%%');
  const word = `${key}=${/\s/.test(plain) ? `"${plain}"` : plain}`;
  return shellWord(word);
}

function faultOf(error: FailedGit, timeout = longest): RemoteError {
  const { stdout = '', stderr = '', killed } = error;
  if (killed) return new RemoteError('away', `it did not answer within ${timeout / 1000} s`, error);
  // `!	COMMIT:refs/heads/main	[remote rejected] (protected branch)`
  const [, how, why] = /^!\t\S+\t\[([^\]]+)\] \((.*)\)$/m.exec(stdout) ?? [];
  // The remote's words for another push that came at the same moment.
  const isRace = how === 'rejected' || /cannot lock ref|failed to update ref/.test(why ?? '');
  if (isRace) return new RemoteError('behind', 'others push to it all the time', error);
  const lines = stderr.split('\n').map((line) => line.trim());
  // A hook says most in its first lines, git itself in its first one; what follows is advice.
  const fromThere = lines.find((line) => /^remote: *\S/.test(line))?.replace(/^remote: */, '');
  if (how !== undefined) return new RemoteError('refused', words(fromThere ?? why ?? how), error);
  if (/could not read (?:username|password)/i.test(stderr))
    return new RemoteError('refused', 'it asks for a password: give it as PTGBOT_GIT_TOKEN', error);
  // ssh draws a frame of @ around what it says of a host that became another one.
  const [first = error.message] = lines
    .filter((line) => /host key verification failed/i.test(line))
    .concat(lines.filter((line) => line !== '' && !/^(?:hint|warning|To) /.test(line)));
  const isRefusal =
    /authentication failed|permission denied|verification failed|denied|not found|does not (?:exist|appear)|forbidden|40[134]\b/i;
  return new RemoteError(
    isRefusal.test(stderr) ? 'refused' : 'away',
    words(fromThere ?? first),
    error,
  );
}

/** Whoever runs the remote may say anything; and no address shows who we are there. */
function words(text: string): string {
  return oneLine(text)
    .replace(/^(?:fatal|error): /, '')
    .replaceAll(/\/\/[^@/\s]*@/g, '//')
    .slice(0, mostCharacters);
}
