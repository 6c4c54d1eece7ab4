import type { Logger } from 'pino';
import { repositoryAt } from '../../schedule-data/git/repository.ts';
import { watchBranches } from '../../schedule-data/git/watch-branches.ts';
import { PeopleStore } from '../../schedule-data/people/people-store.ts';
import { commitAsUser } from '../commit-author.ts';
import { claimRepository } from './claim-repository.ts';
import { maintain } from './maintain.ts';
import { refreshStore } from './refresh-store.ts';
import type { ServiceStacks } from './run-service.ts';

/** The repository of people, for the bot: made where it is missing, and written by nobody else. */
export async function openPeople(
  gitdir: string,
  { data }: ServiceStacks,
  logger: Logger,
): Promise<PeopleStore> {
  await PeopleStore.make(gitdir, commitAsUser('Begin'));
  await claimRepository(repositoryAt(gitdir), data, logger);
  const people = await PeopleStore.open(gitdir);
  data.defer(() => people.close());
  maintain(people, data, logger);
  // A crash in the midst of a new day may have left what was to be forgotten.
  await people.forgetUnreachable();
  return people;
}

/** As the bot writes it. A site on another machine, or of another user, does without. */
export async function followPeople(
  gitdir: string,
  { data, chat }: ServiceStacks,
  logger: Logger,
): Promise<PeopleStore | undefined> {
  try {
    const people = await PeopleStore.open(gitdir);
    data.defer(() => people.close());
    chat.defer(watchBranches(gitdir, refreshStore('who is checked in', people, logger)));
    return people;
  } catch (error) {
    logger.info({ err: error }, 'the pages will not show who is checked in');
    return undefined;
  }
}
