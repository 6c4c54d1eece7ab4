import type { Logger } from 'pino';
import { Maintenance } from '../../schedule-data/git/maintenance.ts';
import { lockRepository } from '../../schedule-data/git/owner-lock.ts';
import type { Repository } from '../../schedule-data/git/repository.ts';
import { removeStaleLocks } from '../../schedule-data/git/stale-lock.ts';

/**
 * Makes this process the one that writes a repository, until `stack` ends; its store has to end
 * before. Gives the maintenance, to be told of each commit.
 */
export async function claimRepository(
  repository: Repository,
  stack: AsyncDisposableStack,
  logger: Logger,
): Promise<Maintenance> {
  const now = new Date();
  stack.defer(lockRepository(repository.gitdir, now));
  for (const path of await removeStaleLocks(repository, now))
    logger.warn({ path }, 'removed a lock that a crash left');
  const maintenance = new Maintenance(repository.gitdir, (error) =>
    logger.warn({ err: error }, 'the repository could not be packed'),
  );
  stack.defer(() => maintenance.close());
  return maintenance;
}
