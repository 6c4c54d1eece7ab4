/** The repository of what is personal: only the bot's user can read it, and it keeps no history. */
import { chmod } from 'node:fs/promises';
import { DataStore } from '../store/data-store.ts';
import { checkRepository, createRepository, isBlank, repositoryAt } from '../git/repository.ts';
import type { CommitMessage } from '../git/commit.ts';
import { git } from '../git/git.ts';
import { peopleLayout, type PeopleContent } from './layout.ts';

export class PeopleStore extends DataStore<PeopleContent> {
  private constructor(gitdir: string) {
    super(repositoryAt(gitdir), peopleLayout);
  }

  /** Makes the repository where it is missing. @throws {StorageError} */
  static async make(gitdir: string, message: CommitMessage): Promise<void> {
    if (!(await isBlank(gitdir))) return;
    await createRepository(repositoryAt(gitdir), new Map(), message);
    await chmod(gitdir, 0o700);
    // A reflog would keep what was to be deleted.
    await git('--git-dir', gitdir, 'config', 'core.logAllRefUpdates', 'false');
  }

  /** @throws {StorageError} when there is none */
  static async open(gitdir: string): Promise<PeopleStore> {
    await checkRepository(gitdir);
    return new PeopleStore(gitdir);
  }
}
