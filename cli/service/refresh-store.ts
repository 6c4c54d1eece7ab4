import type { Logger } from 'pino';

/**
 * Reads a store again, for what others pushed; a broken repository is said once in the log, not
 * twice a second.
 */
export function refreshStore(
  what: string,
  store: { current(): Promise<unknown> },
  logger: Logger,
): () => Promise<void> {
  let lastError = '';
  return async () => {
    try {
      await store.current();
      lastError = '';
    } catch (error) {
      const { message } = error as Error;
      if (message !== lastError) logger.error({ err: error }, `${what} cannot be read`);
      lastError = message;
    }
  };
}
