import { gitError, runGit, type FailedGit } from './git.ts';

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
  try {
    const args = ['--git-dir', gitdir, 'merge-base', '--all', one, other];
    return (await runGit(args, { timeout: 60_000 })).stdout.split('\n');
  } catch (error) {
    if (Number((error as FailedGit).code) === 1) return [];
    throw gitError(error as FailedGit);
  }
}
