import { resolve } from 'node:path';
import {
  checkBranch,
  checkRepository,
  cloneRepository,
  createRepository,
  isBlank,
  type Repository,
} from '../../schedule-data/git/repository.ts';
import type { RemoteOptions } from '../../schedule-data/git/remote.ts';
import { filesOfDirectory } from '../../schedule-data/store/directory.ts';
import { commitAsUser } from '../commit-author.ts';
import { project } from '../config.ts';

/**
 * Makes sure that the repository is there: one that is missing or empty begins with what its remote has,
 * else with the example event. Tells what it was made from.
 * @throws {StorageError}
 */
export async function ensureRepository(
  repository: Repository,
  remote: RemoteOptions | undefined,
): Promise<'the remote' | 'the example event' | undefined> {
  const madeFrom = (await isBlank(repository.gitdir)) ? await make(repository, remote) : undefined;
  await checkRepository(repository.gitdir);
  await checkBranch(repository);
  return madeFrom;
}

async function make(repository: Repository, remote: RemoteOptions | undefined) {
  if (remote && (await cloneRepository(repository, remote))) return 'the remote';
  const files = await filesOfDirectory(resolve(project, 'schedule-data/example'));
  await createRepository(repository, files, commitAsUser('Begin with the example event'));
  return 'the example event';
}
