import { git } from '../git/git.ts';

/** How many commits are looked at. */
const mostCommits = 1000;

/**
 * Who made the commits that `to` has and `from` has not, the last first, each once; merges aside. Only
 * those that changed `path`, where that is given.
 * @throws {StorageError}
 */
export async function authorsBetween(
  gitdir: string,
  from: string,
  to: string,
  path?: string,
): Promise<readonly string[]> {
  const paths = path === undefined ? [] : [path];
  const names = await git(
    ...['--git-dir', gitdir, 'log', '--no-merges', '--encoding=UTF-8', '--format=%<(100,trunc)%an'],
    ...[`--max-count=${mostCommits}`, `${from}..${to}`, '--', ...paths],
  );
  return [...new Set(names.split('\n').map((name) => name.trimEnd()))].filter(Boolean);
}
