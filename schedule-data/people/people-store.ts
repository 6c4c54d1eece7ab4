/** The repository of what is personal: readable by the bot's user alone, and without a past. */
import { chmod } from 'node:fs/promises';
import { changesInFolder } from '../changes.ts';
import { DataStore } from '../data-store.ts';
import type { FileValue } from '../format.ts';
import type { Layout } from '../layout.ts';
import { checkRepository, createRepository, isMissing } from '../repository.ts';
import type { CommitMessage } from '../commit.ts';
import type { People } from './person.ts';

export interface PeopleContent {
  readonly people: People;
}

const pathOf = (key: string) => `people/${key}.yaml`;

export const peopleLayout: Layout<PeopleContent> = {
  folders: ['people'],
  placeOf(path) {
    const [, slug] = /^people\/((?:nick|account)-[\w%.-]+)\.yaml$/.exec(path) ?? [];
    return slug === undefined ? { kind: 'foreign' } : { kind: 'person', slug };
  },
  assemble: (files) => ({
    people: new Map(
      [...files.values()].flatMap(({ slug, value }): [string, FileValue<'person'>][] =>
        value === undefined ? [] : [[slug, value as FileValue<'person'>]],
      ),
    ),
  }),
  changesBetween: (before, after) => changesInFolder('person', pathOf, before.people, after.people),
};

export class PeopleStore extends DataStore<PeopleContent> {
  private constructor(gitdir: string) {
    super(gitdir, 'main', peopleLayout);
  }

  /** Makes the repository where it is missing. @throws {StorageError} */
  static async make(gitdir: string, message: CommitMessage): Promise<void> {
    if (!(await isMissing(gitdir))) return;
    await createRepository(gitdir, new Map(), message);
    await chmod(gitdir, 0o700);
  }

  /** @throws {StorageError} when there is none */
  static async open(gitdir: string): Promise<PeopleStore> {
    await checkRepository(gitdir);
    return new PeopleStore(gitdir);
  }
}
