/** The command line or the configuration is wrong; `message` says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
