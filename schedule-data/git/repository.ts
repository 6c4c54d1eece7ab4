/** Making and opening data repositories: bare, and in the one form that is supported. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { commitObject, type CommitMessage } from './commit.ts';
import { git } from './git.ts';
import { commitContent } from './object-format.ts';
import { Objects } from './objects.ts';
import { Remote, type RemoteOptions } from './remote.ts';
import { StorageError, storageError } from './storage-error.ts';
import { folderEntry, treeContent, type TreeEntry } from './tree.ts';

/** A bare repository, and the branch of it that is read and written. */
export interface Repository {
  readonly gitdir: string;
  readonly branch: string;
}

/** A repository with the usual branch. */
export function repositoryAt(gitdir: string): Repository {
  return { gitdir, branch: 'main' };
}

const settings = {
  'receive.denyNonFastForwards': 'true',
  'receive.denyDeletes': 'true',
  'transfer.fsckObjects': 'true',
  'core.filesRefLockTimeout': '2000',
};

/** Is there nothing yet where the repository should be, or one in which nothing was ever committed? */
export async function isBlank(gitdir: string): Promise<boolean> {
  return (await isMissing(gitdir)) || (await hasNoCommit(gitdir));
}

async function isMissing(gitdir: string): Promise<boolean> {
  if (!existsSync(gitdir)) return true;
  return (
    (
      await readdir(gitdir).catch((error: unknown) => {
        throw storageError(`${gitdir} is not a folder that can be read`, error);
      })
    ).length === 0
  );
}

/** As `git init --bare` leaves it. */
async function hasNoCommit(gitdir: string): Promise<boolean> {
  if (!existsSync(join(gitdir, 'HEAD')) || !existsSync(join(gitdir, 'objects'))) return false;
  await checkRepository(gitdir);
  return (await git('--git-dir', gitdir, 'for-each-ref', '--count=1')) === '';
}

/**
 * Makes a repository with one commit, which appears whole or not at all; or makes the first commit in
 * one that has none.
 * @param files contents by path
 * @throws {StorageError}
 */
export async function createRepository(
  repository: Repository,
  files: ReadonlyMap<string, string | Uint8Array>,
  message: CommitMessage,
): Promise<void> {
  await makeRepository(repository, ({ gitdir }) =>
    firstCommit(new Objects(gitdir), files, message),
  );
}

/**
 * Makes a repository with the branch of a remote, in the same way; false when there is no such branch.
 * @throws {StorageError}
 */
export function cloneRepository(repository: Repository, remote: RemoteOptions): Promise<boolean> {
  return makeRepository(repository, (made) => new Remote(made, remote).fetch());
}

/** @param fill gives the commit that the branch is to be at; undefined when there is none after all */
async function makeRepository(
  repository: Repository,
  fill: (repository: Repository) => Promise<string | undefined>,
): Promise<boolean> {
  const { gitdir, branch } = repository;
  if (!(await isMissing(gitdir))) {
    if (!(await hasNoCommit(gitdir))) throw new StorageError(`${gitdir} exists and is not empty`);
    return begin(repository, fill);
  }
  const unfinished = `${resolve(gitdir)}.unfinished-${process.pid}`;
  try {
    await mkdir(dirname(unfinished), { recursive: true });
    await git('init', '--quiet', '--bare', '--template=', `--initial-branch=${branch}`, unfinished);
    if (!(await begin({ gitdir: unfinished, branch }, fill))) return false;
    // Takes the place of an empty folder, and of nothing else.
    await rename(unfinished, gitdir).catch((error: unknown) => {
      throw storageError(`${gitdir} cannot be made`, error);
    });
    return true;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function begin(
  repository: Repository,
  fill: (repository: Repository) => Promise<string | undefined>,
): Promise<boolean> {
  const { gitdir, branch } = repository;
  for (const [key, value] of Object.entries(settings))
    await git('--git-dir', gitdir, 'config', key, value);
  const commit = await fill(repository);
  if (commit === undefined) return false;
  await git('--git-dir', gitdir, 'update-ref', `refs/heads/${branch}`, commit);
  // What whoever clones it gets to see.
  await git('--git-dir', gitdir, 'symbolic-ref', 'HEAD', `refs/heads/${branch}`);
  return true;
}

async function firstCommit(
  objects: Objects,
  files: ReadonlyMap<string, string | Uint8Array>,
  message: CommitMessage,
): Promise<string> {
  const root: TreeEntry[] = [];
  const folders = new Map<string, TreeEntry[]>();
  for (const [path, content] of files) {
    const [name, folder] = path.split('/').reverse() as [string, string?];
    const oid = objects.add('blob', Buffer.from(content));
    const entries = folder === undefined ? root : (folders.get(folder) ?? []);
    entries.push({ mode: '100644', path: name, oid, type: 'blob' });
    if (folder !== undefined) folders.set(folder, entries);
  }
  for (const [path, entries] of folders)
    root.push(folderEntry(path, objects.add('tree', treeContent(entries))));
  const tree = objects.add('tree', treeContent(root));
  const commit = objects.add('commit', commitContent(commitObject(message, tree, [])));
  await objects.write();
  return commit;
}

/**
 * Makes sure that a repository is one that can be worked with.
 * @throws {StorageError} that says what is wrong and what was expected
 */
export async function checkRepository(gitdir: string): Promise<void> {
  await checkGitVersion();
  if (await isMissing(gitdir)) throw new StorageError(`there is no repository at ${gitdir}`);
  if (existsSync(join(gitdir, '.git')))
    throw new StorageError(
      `${gitdir} is a clone with a work tree; expected a bare repository, as this makes: git clone --bare ${gitdir} ${gitdir}.git`,
    );
  const config = await git('--git-dir', gitdir, 'config', '--local', '--list').catch(() => {
    throw new StorageError(`${gitdir} is not a git repository, or a damaged one`);
  });
  const value = (key: string) =>
    config
      .split('\n')
      .findLast((line) => line.startsWith(`${key}=`))
      ?.slice(key.length + 1);
  if (value('core.bare') !== 'true')
    throw new StorageError(`${gitdir} has a work tree; expected a bare repository`);
  if ((value('extensions.objectformat') ?? 'sha1') !== 'sha1')
    throw new StorageError(`${gitdir} has another object format; expected sha1`);
  if ((value('extensions.refstorage') ?? 'files') !== 'files')
    throw new StorageError(`${gitdir} has another ref format; expected files`);
  if (existsSync(join(gitdir, 'objects/info/alternates')))
    throw new StorageError(
      `${gitdir} borrows objects from another repository; expected one that has all of its own: git -C ${gitdir} repack -a -d, then remove ${gitdir}/objects/info/alternates`,
    );
  if (config.includes('extensions.partialclone='))
    throw new StorageError(
      `${gitdir} is a partial clone; expected one with all objects: git clone --bare without --filter`,
    );
  if (existsSync(join(gitdir, 'shallow')))
    throw new StorageError(
      `${gitdir} is a shallow clone; expected one with all of its history: git -C ${gitdir} fetch --unshallow`,
    );
}

/** @throws {StorageError} that names the branches that there are, where ours is none of them */
export async function checkBranch({ gitdir, branch }: Repository): Promise<void> {
  const refs = await git('--git-dir', gitdir, 'for-each-ref', '--format=%(refname)', 'refs/heads');
  const branches = refs.split('\n').map((ref) => ref.replace('refs/heads/', ''));
  if (branches.includes(branch)) return;
  const others = branches.filter(Boolean).slice(0, 3);
  throw new StorageError(
    others.length
      ? `${gitdir} has no branch ${branch}, but ${others.join(', ')}; set data.branch to the one with the schedule data, or make it: git -C ${gitdir} branch ${branch} ${others[0]}`
      : `${gitdir} has no branch ${branch}, which may have been deleted; restore it: git -C ${gitdir} branch ${branch} COMMIT`,
  );
}

/** The version of git, `git version 2.39.5`. @throws {StorageError} when it is too old, or missing */
export async function checkGitVersion(): Promise<string> {
  const version = await git('version');
  const [major = 0, minor = 0] = (/\d+\.\d+/.exec(version)?.[0] ?? '').split('.').map(Number);
  if (major < 2 || (major === 2 && minor < 30))
    throw new StorageError(`expected git 2.30 or later, this is ${version}`);
  return version;
}
