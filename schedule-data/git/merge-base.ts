import { git, type FailedGit } from './git.ts';
import type { StorageError } from './storage-error.ts';

/**
 * The best common ancestors of two commits: one, or more where each merged the other's side meanwhile;
 * none where their histories have nothing in common.
 * @throws {StorageError}
 */
export async function mergeBases(
  gitdir: string,
  one: string,
  other: string,
): Promise<readonly string[]> {
  const bases = await git('--git-dir', gitdir, 'merge-base', '--all', one, other).catch(
    (error: StorageError) => {
      if ((error.cause as FailedGit | undefined)?.code !== 1) throw error;
      return '';
    },
  );
  return bases.split('\n').filter(Boolean);
}
