import type { Logger } from 'pino';
import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { RemoteSync } from '../../schedule-data/sync/remote-sync.ts';
import { remoteOf, repositoryOf, type Config } from '../config.ts';

/** Keeps the remote that is configured in step until `stack` ends; undefined where there is none. */
export function openRemote(
  config: Config,
  store: ScheduleStore,
  stack: AsyncDisposableStack,
  logger: Logger,
): RemoteSync | undefined {
  const remote = remoteOf(config);
  if (!remote) return undefined;
  const sync = new RemoteSync({
    repository: repositoryOf(config),
    store,
    remote,
    isGerrit: config.review?.gerrit ?? false,
    interval: config.data.remoteInterval * 1000,
    onProblem: (problem) =>
      problem === undefined
        ? logger.info('the remote is up to date again')
        : logger.warn(`${problem}; everything else carries on, and this is tried again`),
  });
  const fetch = () => sync.fetch();
  process.on('SIGUSR1', fetch);
  stack.defer(() => {
    process.off('SIGUSR1', fetch);
    return sync.close();
  });
  return sync;
}
