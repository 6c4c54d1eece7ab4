import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { trackingRef } from './remote.ts';
import type { Repository } from './repository.ts';

/** A lock file of git that is older than this when we start is left over from a crash; in milliseconds. */
const staleAfter = 60_000;

/** Removes left-over lock files of git from a repository; returns their paths. */
export async function removeStaleLocks(
  { gitdir, branch }: Repository,
  now: Date,
): Promise<string[]> {
  const removed: string[] = [];
  for (const locked of [`refs/heads/${branch}`, trackingRef(branch), 'packed-refs', 'HEAD']) {
    const path = join(gitdir, `${locked}.lock`);
    const stats = await stat(path).catch(() => undefined);
    if (!stats || now.getTime() - stats.mtimeMs < staleAfter) continue;
    await rm(path, { force: true });
    removed.push(path);
  }
  return removed;
}
