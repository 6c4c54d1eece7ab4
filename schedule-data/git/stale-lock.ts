import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

/** A lock of git's that is older than this, at our start, is left over from a crash. */
const staleAfter = 60_000;

/** Removes left-over lock files of git from a repository; gives the paths of those removed. */
export async function removeStaleLocks(
  { gitdir, branch }: Repository,
  now: Date,
): Promise<string[]> {
  const removed: string[] = [];
  for (const lock of [`refs/heads/${branch}.lock`, 'packed-refs.lock', 'HEAD.lock']) {
    const path = join(gitdir, lock);
    const stats = await stat(path).catch(() => undefined);
    if (!stats || now.getTime() - stats.mtimeMs < staleAfter) continue;
    await rm(path, { force: true });
    removed.push(path);
  }
  return removed;
}
