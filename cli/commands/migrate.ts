/** `ptgbot migrate CONFIG`: the installation of a Python ptgbot becomes one of ours. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { ImportOptions } from '../../schedule-data/import/event.ts';
import { shellArgument } from '../../schedule-data/text/text.ts';
import { configOf } from '../config.ts';
import { UsageError } from '../usage-error.ts';
import { importDatabase } from './import.ts';
import { migratedConfig } from './migrated-config.ts';

/** Where the new installation is to be. */
export interface Destination {
  /** The configuration to write; `ptgbot.yaml` in the current folder unless given. */
  readonly config?: string | undefined;
  /** The repository that it is to name; beside it unless given. */
  readonly repository?: string | undefined;
}

/**
 * Writes the configuration last: whatever was wrong before, the same call goes on where this one ended.
 * @throws {UsageError}
 */
export async function migrate(
  from: string,
  options: ImportOptions,
  { config: target = 'ptgbot.yaml', repository }: Destination,
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const taken = new UsageError(
    `${target} is there already, and stays as it is; name another file with --config`,
  );
  if (existsSync(target)) throw taken;
  const migrated = migratedConfig(
    readJson(from),
    from,
    repository === undefined ? 'schedule-data.git' : resolve(repository),
  );
  const { configuration, password, remarks } = migrated;
  const text = `# How ptgbot runs here; docs/running.md tells all keys.\n${stringify(configuration)}`;
  const config = configOf(text, target, {
    ...environment,
    ...(password !== undefined && { PTGBOT_IRC_PASSWORD: password }),
  });
  const database = migrated.database && resolve(dirname(from), migrated.database);
  if (database !== undefined && !existsSync(database))
    throw new UsageError(
      `${database}: expected the database that db_filename of ${from} names; nothing is written. To move without one, take db_filename out`,
    );
  for (const remark of remarks) print(remark);
  if (database !== undefined) await importDatabase(database, options, config, print);
  try {
    writeFileSync(target, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw taken;
    throw new UsageError(`${target} cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
  for (const line of nextSteps(target, password !== undefined)) print(line);
}

function nextSteps(target: string, hasPassword: boolean): readonly string[] {
  const file = shellArgument(target);
  const password =
    'put the password (irc_pass) into the credential file irc-password, or into the variable PTGBOT_IRC_PASSWORD; it is not in the configuration';
  const steps = [
    ...(hasPassword ? [password] : []),
    `add where people find the page, site.url, and look at what the data lacks: ptgbot check --config ${file}`,
    `stop the Python ptgbot, then: ptgbot start --config ${file}`,
  ];
  return [`wrote ${target}; now:`, ...steps.map((step, index) => `${index + 1}. ${step}`)];
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // The message of the parser quotes the text, which may be the password.
    throw new UsageError(`${path}: expected the config.json of a Python ptgbot, which is JSON`, {
      cause: error,
    });
  }
}
