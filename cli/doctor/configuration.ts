import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { missingPassword } from '../../bot/irc/config.ts';
import { shellArgument } from '../../schedule-data/text/text.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../usage-error.ts';
import { ok, warning, wrong, type Finding } from './finding.ts';

/** Reads the configuration; `more` counts as if it stood in the environment. @throws {UsageError} */
export type ReadConfig = (more?: NodeJS.ProcessEnv) => Config;

/** The configuration, if there is one to go on with, and what is to be said of it. */
export function lookAtConfiguration(
  read: ReadConfig,
  file: string | undefined,
): { readonly config: Config | undefined; readonly findings: readonly Finding[] } {
  const path = resolve(file ?? 'ptgbot.yaml');
  const what = `configuration ${path}`;
  try {
    const config = read();
    const missing = config.irc && missingPassword(config.irc);
    return {
      config,
      findings: [fileFinding(path, what), ...(missing === undefined ? [] : [unknown(missing)])],
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const config = withoutSecrets(read);
    if (!config) return { config, findings: [wrong(what, error.message)] };
    return { config, findings: [fileFinding(path, what), unknown(error.message)] };
  }
}

/** Whoever calls us need not have the secrets of the service: hardly a check needs one. */
const unknown = (what: string) =>
  warning(
    'secrets',
    what,
    'fine if only the service may read its credentials; otherwise see docs/running.md, Secrets',
  );

function withoutSecrets(read: ReadConfig): Config | undefined {
  try {
    return read({ CREDENTIALS_DIRECTORY: '' });
  } catch {
    return undefined;
  }
}

function fileFinding(path: string, what: string): Finding {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined)
    return warning(what, 'it does not exist, so the defaults apply', 'ptgbot doctor --config FILE');
  return secrecyFinding(what, path, mode, parse(readFileSync(path, 'utf8')));
}

export function secrecyFinding(what: string, path: string, mode: number, values: unknown): Finding {
  if (!(mode & 0o004) || !holdsSecret(values)) return ok(what);
  return wrong(
    what,
    'it holds a password, and everybody may read it',
    `chmod o-r ${shellArgument(path)}`,
  );
}

function holdsSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) =>
      (['password', 'webhookSecret', 'key'].includes(key) && Boolean(inner)) || holdsSecret(inner),
  );
}
