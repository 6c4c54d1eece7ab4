import { git } from './git.ts';

/**
 * The last commit that is not later than a time, from a revision back along first parents; undefined
 * where all are later. @throws {StorageError} when there is no such revision
 */
export async function commitAt(
  gitdir: string,
  revision: string,
  time: Date,
): Promise<string | undefined> {
  const seconds = Math.floor(+time / 1000);
  // Git knows no earlier time.
  if (seconds < 0) return undefined;
  const walk = ['rev-list', '--first-parent', '--max-count=1', `--before=@${seconds} +0000`];
  const found = await git('--git-dir', gitdir, ...walk, '--end-of-options', revision, '--');
  return found === '' ? undefined : found;
}
