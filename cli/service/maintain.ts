import type { Logger } from 'pino';
import { Maintenance } from '../../schedule-data/git/maintenance.ts';

interface Store {
  pack(): Promise<void>;
  onSnapshot(listener: () => void): void;
}

/** Has the repository of a store packed now and then, until `stack` ends; the store has to end after it. */
export function maintain(store: Store, stack: AsyncDisposableStack, logger: Logger): void {
  const maintenance = new Maintenance(
    () => store.pack(),
    (error) => logger.warn({ err: error }, 'the repository could not be packed'),
  );
  store.onSnapshot(() => maintenance.changed());
  stack.defer(() => maintenance.close());
}
