/** The command line or the configuration is wrong; `message` says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** For what fails because of how it is configured, and says so in its message. */
export function asUsageError(error: unknown): never {
  throw new UsageError((error as Error).message, { cause: error });
}
