import type { Logger } from 'pino';
import { lockRepository } from '../../schedule-data/git/owner-lock.ts';
import type { Repository } from '../../schedule-data/git/repository.ts';
import { removeStaleLocks } from '../../schedule-data/git/stale-lock.ts';

/**
 * Makes this process the one that writes a repository, until `stack` ends; its store has to end
 * before.
 */
export async function claimRepository(
  repository: Repository,
  stack: AsyncDisposableStack,
  logger: Logger,
): Promise<void> {
  const now = new Date();
  stack.defer(lockRepository(repository.gitdir, now));
  for (const path of await removeStaleLocks(repository, now))
    logger.warn({ path }, 'removed a lock that a crash left');
}
