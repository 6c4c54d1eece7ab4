/** The configuration: `ptgbot.yaml`, checked and complete. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { ircConfigSchema } from '../bot/irc/config.ts';
import { isWebAddress } from '../schedule-data/format/file-schemas.ts';
import { issueSentence, type UnknownKey } from '../schedule-data/format/schema-errors.ts';
import type { Repository } from '../schedule-data/git/repository.ts';
import { expected } from '../schedule-data/text/text.ts';
import { UsageError } from './usage-error.ts';

export const project = fileURLToPath(new URL('..', import.meta.url));

const path = z.string(expected('a path')).min(1, expected('a path'));

const listenForm = expected('an address and port such as 127.0.0.1:8000, or false');

function isListenAddress(text: string): boolean {
  const port = /^(?:\[[^\]]+\]|[^:\s]+):(\d{1,5})$/.exec(text)?.[1];
  return port !== undefined && Number(port) < 65536;
}

const dataConfig = z.strictObject({
  /** The bare repository of schedule data. */
  repository: path.default(resolve(project, 'schedule-data/live.git')),
  /** The bare repository of who is where, and who subscribed to what; by default beside it. */
  people: path.optional(),
  branch: z
    .string(expected('the name of a branch'))
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, expected('the name of a branch such as main'))
    .default('main'),
  /** May `~fetchdb` fetch from this machine and its network? */
  fetchPrivateAddresses: z.boolean(expected('true or false')).default(false),
});

const siteConfig = z.strictObject({
  /** Where the pages are written. */
  output: path.default(resolve(project, 'site/published')),
  /** Where people find them, for links to them. */
  url: z
    .string(expected('a web address'))
    .refine(isWebAddress, expected('a web address such as https://ptg.example.org'))
    .optional(),
  /** Where the built-in server listens; false for none. */
  listen: z
    .union([z.literal(false), z.string().refine(isListenAddress, listenForm)], listenForm)
    .default('127.0.0.1:8000'),
});

const configSchema = z.strictObject({
  /** Are people told in private when the page shows what they said? */
  receipts: z.boolean(expected('true or false')).default(false),
  irc: ircConfigSchema.optional(),
  data: dataConfig.prefault({}),
  site: siteConfig.prefault({}),
});

type Parsed = z.output<typeof configSchema>;

/** Complete, with absolute paths. */
export type Config = Omit<Parsed, 'data'> & { data: Parsed['data'] & { people: string } };

/** The repository of schedule data. */
export function repositoryOf({ data }: Config): Repository {
  return { gitdir: data.repository, branch: data.branch };
}

/**
 * Reads the configuration; paths in it are relative to its own folder.
 * @param file undefined for ptgbot.yaml in the current folder, which may be missing
 * @param repository instead of the configured one, relative to the current folder
 * @throws {UsageError} that names the key and what was expected
 */
export function readConfig(
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
  repository?: string,
): Config {
  const name = file ?? 'ptgbot.yaml';
  let text = '';
  try {
    text = readFileSync(name, 'utf8');
  } catch (error) {
    if (file !== undefined || (error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new UsageError(`${name} cannot be read: ${(error as Error).message}`);
  }
  const parsed = parseConfig(text, name, environment);
  const data =
    repository === undefined ? parsed.data : { ...parsed.data, repository: resolve(repository) };
  return withFolder({ ...parsed, data }, dirname(resolve(name)));
}

/** Checks the text of a configuration. @throws {UsageError} */
export function parseConfig(text: string, name: string, environment: NodeJS.ProcessEnv): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0];
  if (fault)
    throw new UsageError(
      `${name}:${lines.linePos(fault.pos[0]).line}: expected valid YAML: ${fault.message}`,
    );
  const result = configSchema.safeParse(withSecrets(valuesOf(document, name), environment));
  if (result.success) return result.data;
  const sentence = issueSentence(result.error.issues[0]!, configSchema, unknownKey);
  throw new UsageError(`${name}: ${sentence}`);
}

/** What is configured; a section that is begun and left empty is as good as none. */
function valuesOf(document: Document, name: string): Record<string, unknown> {
  const values = resolved(document, name);
  if (values === null || values === undefined) return {};
  if (typeof values !== 'object' || Array.isArray(values))
    throw new UsageError(`${name}: expected sections such as irc, data and site`);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function resolved(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(`${name}: expected valid YAML: ${(error as Error).message}`);
  }
}

/** The password for services, else of the server, from the environment. */
function withSecrets(
  values: Record<string, unknown>,
  { PTGBOT_IRC_PASSWORD: password }: NodeJS.ProcessEnv,
): Record<string, unknown> {
  const { irc } = values;
  if (!password || typeof irc !== 'object' || irc === null) return values;
  const services = ['sasl', 'nickserv'].find((key) => Object.hasOwn(irc, key));
  const section: unknown = services && irc[services as keyof typeof irc];
  const secret = services ? { [services]: { ...(section ?? {}), password } } : { password };
  return { ...values, irc: { ...irc, ...secret } };
}

function unknownKey({ key, place, meant, known }: UnknownKey): string {
  return `unknown key ${place ? `${place}.` : ''}${key}; expected ${meant ?? known.join(', ')}`;
}

function withPeople(data: Parsed['data'], folder: string): Config['data'] {
  const usual = resolve(dirname(data.repository), 'people.git');
  return { ...data, people: data.people === undefined ? usual : resolve(folder, data.people) };
}

function withFolder(parsed: Parsed, folder: string): Config {
  const { irc, data, site } = parsed;
  return {
    ...parsed,
    ...(irc && {
      irc: {
        ...irc,
        ...(irc.ca !== undefined && { ca: resolve(folder, irc.ca) }),
        ...(irc.certificate !== undefined && { certificate: resolve(folder, irc.certificate) }),
      },
    }),
    data: withPeople({ ...data, repository: resolve(folder, data.repository) }, folder),
    site: { ...site, output: resolve(folder, site.output) },
  };
}
