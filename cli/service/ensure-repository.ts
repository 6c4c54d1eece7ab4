import { resolve } from 'node:path';
import {
  checkBranch,
  checkRepository,
  createRepository,
  isBlank,
  type Repository,
} from '../../schedule-data/git/repository.ts';
import { filesOfDirectory } from '../../schedule-data/store/directory.ts';
import { commitAsUser } from '../commit-author.ts';
import { project } from '../config.ts';

/** Makes sure that the repository is there: one that is missing or empty begins with the example event. */
export async function ensureRepository(repository: Repository): Promise<boolean> {
  const isNew = await isBlank(repository.gitdir);
  if (isNew) {
    const files = await filesOfDirectory(resolve(project, 'schedule-data/example'));
    await createRepository(repository, files, commitAsUser('Begin with the example event'));
  }
  await checkRepository(repository.gitdir);
  await checkBranch(repository);
  return isNew;
}
