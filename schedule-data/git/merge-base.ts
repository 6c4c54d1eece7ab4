import { gitError, runGit, type FailedGit } from './git.ts';

/**
 * The best common ancestor of two commits; undefined where their histories have nothing in common.
 * @throws {StorageError}
 */
export async function mergeBase(
  gitdir: string,
  one: string,
  other: string,
): Promise<string | undefined> {
  try {
    const args = ['--git-dir', gitdir, 'merge-base', one, other];
    return (await runGit(args, { timeout: 60_000 })).stdout;
  } catch (error) {
    if (Number((error as FailedGit).code) === 1) return undefined;
    throw gitError(error as FailedGit);
  }
}
