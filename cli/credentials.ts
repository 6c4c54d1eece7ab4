import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './usage-error.ts';

/** Names of files, and the variables that they stand for. */
const secrets = {
  'irc-password': 'PTGBOT_IRC_PASSWORD',
  'git-token': 'PTGBOT_GIT_TOKEN',
  'webhook-secret': 'PTGBOT_WEBHOOK_SECRET',
} as const;

/**
 * Secrets that systemd (`LoadCredential=`) or a container gives as files count like the variables of
 * the environment that they stand for, unless these are set as well.
 * @throws {UsageError} when a file is there that cannot be read
 */
export function secretsIn(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const found: NodeJS.ProcessEnv = {};
  for (const [name, variable] of Object.entries(secrets)) {
    const file = credential(name, environment);
    if (file !== undefined && environment[variable] === undefined)
      found[variable] = textOf(file).trimEnd();
  }
  return found;
}

/** The key for a remote by ssh, where it is such a file. */
export const sshKeyIn = (environment: NodeJS.ProcessEnv) => credential('ssh-key', environment);

function credential(
  name: string,
  { CREDENTIALS_DIRECTORY: folder }: NodeJS.ProcessEnv,
): string | undefined {
  const file = folder && join(folder, name);
  return file && existsSync(file) ? file : undefined;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the secret in ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
