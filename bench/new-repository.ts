import { createRepository, repositoryAt } from '../schedule-data/git/repository.ts';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { filesOf } from '../schedule-data/store/changes.ts';

/** Makes a repository of one commit that holds a schedule. */
export function newRepository(gitdir: string, schedule: Schedule, time = new Date()) {
  const author = { name: 'bench', email: 'bench@nicks.bench.invalid' };
  const message = { subject: 'Begin', author, time, trailers: [] };
  return createRepository(repositoryAt(gitdir), filesOf(schedule), message);
}
