import { resolve } from 'node:path';
import { filesOfDirectory } from '../schedule-data/store/directory.ts';
import { checkRepository, createRepository, isMissing } from '../schedule-data/git/repository.ts';
import { commitAsUser } from './caller.ts';
import { project, type Config } from './config.ts';

/** Makes sure that the repository is there: a missing one is made from the example event. */
export async function ensureRepository({ repository, branch }: Config['data']): Promise<boolean> {
  const isNew = await isMissing(repository);
  if (isNew) {
    const files = await filesOfDirectory(resolve(project, 'schedule-data/example'));
    const message = commitAsUser('Begin with the example event');
    await createRepository(repository, files, message, branch);
  }
  await checkRepository(repository);
  return isNew;
}
