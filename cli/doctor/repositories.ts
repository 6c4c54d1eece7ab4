/** The data: the repository, who writes it, the repository of people, the remote. */
import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gitWithin, type FailedGit } from '../../schedule-data/git/git.ts';
import { ownerOfRepository, type RepositoryOwner } from '../../schedule-data/git/owner-lock.ts';
import { Remote, RemoteError } from '../../schedule-data/git/remote.ts';
import { checkBranch, checkRepository, isBlank } from '../../schedule-data/git/repository.ts';
import { placeOfProblem, type Problem } from '../../schedule-data/schedule/snapshot.ts';
import { plural, shellArgument } from '../../schedule-data/text/text.ts';
import { check } from '../commands/check.ts';
import { remoteOf, repositoryOf, type Config } from '../config.ts';
import { none, ok, warning, wrong, type Finding } from './finding.ts';

/** How long git may look at a repository, in milliseconds. */
const patience = 10_000;

export async function lookAtRepository(config: Config): Promise<readonly Finding[]> {
  const repository = repositoryOf(config);
  const { gitdir, branch } = repository;
  const what = `repository ${gitdir}`;
  if (await isBlank(gitdir)) return [none(what, 'there is none yet; the first start makes it')];
  await checkRepository(gitdir);
  await checkBranch(repository);
  return [ok(`${what}, branch ${branch}`), await wholeness(gitdir)];
}

export async function lookAtData(config: Config): Promise<readonly Finding[]> {
  const repository = repositoryOf(config);
  if (await isBlank(repository.gitdir)) return [none('data', 'there is none yet')];
  return [dataFinding((await check(undefined, repository)).problems)];
}

async function wholeness(gitdir: string): Promise<Finding> {
  const what = 'objects of the repository';
  const call = ['fsck', '--connectivity-only', '--no-dangling', '--no-progress'];
  try {
    await gitWithin(patience, '--git-dir', gitdir, ...call);
    return ok(what);
  } catch (error) {
    const { killed, stdout } = (error as Error).cause as FailedGit;
    const again = `git --git-dir ${shellArgument(gitdir)} ${call.slice(0, 3).join(' ')}`;
    if (killed) return warning(what, `git needs more than ${patience / 1000} s to check it`, again);
    const told = stdout?.trim().split('\n') ?? [];
    const first = told.find((line) => line.startsWith('missing ')) ?? told[0];
    return wrong(
      what,
      first || (error as Error).message,
      `all of it: ${again}; take them from a backup or a clone (docs/running.md, Backups)`,
    );
  }
}

export function dataFinding(problems: readonly Problem[]): Finding {
  const [first] = problems;
  if (!first) return ok('data');
  const count = plural(problems.length, 'problem');
  const why = `${count}, the first in ${placeOfProblem(first)}: ${first.message}`;
  return warning('data', why, 'ptgbot check');
}

export function lookAtOwner({ data }: Config): readonly Finding[] {
  return [ownerFinding(data.repository, ownerOfRepository(data.repository), hostname())];
}

export function ownerFinding(
  gitdir: string,
  owner: RepositoryOwner | undefined,
  host: string,
): Finding {
  const what = 'the bot';
  if (!owner) return none(what, 'it does not run here; to start it: systemctl start ptgbot');
  const { pid, started, isAlive } = owner;
  const lock = join(gitdir, 'ptgbot.lock');
  if (owner.host !== host)
    return warning(
      what,
      `according to ${lock} it has been running on ${owner.host} since ${started}`,
      `if that host is gone: rm ${shellArgument(lock)}`,
    );
  if (isAlive) return ok(`${what}: process ${pid} since ${started}`);
  return wrong(
    what,
    `process ${pid}, started ${started}, ended without a word`,
    'start it again, which clears what it left: systemctl restart ptgbot',
  );
}

export function lookAtPeople({ data }: Config): readonly Finding[] {
  const mode = statSync(data.people, { throwIfNoEntry: false })?.mode;
  return [peopleFinding(data.people, mode)];
}

export function peopleFinding(gitdir: string, mode: number | undefined): Finding {
  const what = `people ${gitdir}`;
  if (mode === undefined) return none(what, 'there is none yet; the first start makes it');
  if ((mode & 0o077) === 0) return ok(what);
  return wrong(what, 'others may read who is where', `chmod 700 ${shellArgument(gitdir)}`);
}

export async function lookAtRemote(config: Config): Promise<readonly Finding[]> {
  const options = remoteOf(config);
  if (!options) return [none('remote', 'data.remote is not configured')];
  const repository = repositoryOf(config);
  const what = `remote of branch ${repository.branch}`;
  if (await isBlank(repository.gitdir)) return [none(what, 'there is no repository to ask from')];
  try {
    const commit = await new Remote(repository, options).lookUp(patience);
    return [commit === undefined ? warning(what, 'it has no such branch yet') : ok(what)];
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return [remoteFinding(what, error)];
  }
}

export function remoteFinding(what: string, { fault, message }: RemoteError): Finding {
  return wrong(
    what,
    message.replace(/^the remote: /, ''),
    fault === 'refused'
      ? 'look at data.remote and what lets us in there: data.sshKey, PTGBOT_GIT_TOKEN'
      : 'is its server running, and reached from here? everything else carries on meanwhile',
  );
}
