/** The configuration: `ptgbot.yaml`, checked and complete. */
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { ircConfigSchema } from '../bot/irc/config.ts';
import { isWebAddress } from '../schedule-data/format/file-schemas.ts';
import { issueSentence, type UnknownKey } from '../schedule-data/format/schema-errors.ts';
import type { Repository } from '../schedule-data/git/repository.ts';
import { isRemoteAddress, isRemotePath, type RemoteOptions } from '../schedule-data/git/remote.ts';
import { expected } from '../schedule-data/text/text.ts';
import { cacheFolder } from './cache-folder.ts';
import { sshKeyIn } from './credentials.ts';
import { UsageError } from './usage-error.ts';

/** The folder of the program: in a release its files are merged. */
export const project = dirname(findPackageJSON(import.meta.url)!);

const path = z.string(expected('a path')).min(1, expected('a path'));

const listenForm = expected('an address and port such as 127.0.0.1:8000, or false');

function isListenAddress(text: string): boolean {
  const port = /^(?:\[[^\]]+\]|[^:\s]+):(\d{1,5})$/.exec(text)?.[1];
  return port !== undefined && Number(port) < 65536;
}

const listenAddress = z.union(
  [z.literal(false), z.string().refine(isListenAddress, listenForm)],
  listenForm,
);

const seconds = expected('a number of seconds such as 30');

const remoteForm = expected('an address such as ssh://git@example.org/ptg.git, or a path');

const dataConfig = z.strictObject({
  /** The bare repository of schedule data. */
  repository: path.default(resolve(project, 'schedule-data/live.git')),
  /** The bare repository of who is where, and who subscribed to what; by default beside it. */
  people: path.optional(),
  branch: z
    .string(expected('the name of a branch'))
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, expected('the name of a branch such as main'))
    .default('main'),
  /** Are pushes into the repository checked and answered, by a hook that the bot keeps there? */
  hook: z.boolean(expected('true or false')).default(true),
  /** A repository elsewhere whose branch is to be the same. */
  remote: z
    .string(remoteForm)
    .refine(isRemoteAddress, remoteForm)
    .refine(
      (address) => !/^https?:\/\/[^/]*:[^/]*@/i.test(address),
      expected('an address without a password: give it as PTGBOT_GIT_TOKEN'),
    )
    .optional(),
  /** Seconds from one fetch of it to the next. */
  remoteInterval: z.number(seconds).positive(seconds).max(86_400, seconds).default(30),
  /** The private key, and the file of host keys, for a remote by ssh; else what ssh finds itself. */
  sshKey: path.optional(),
  sshKnownHosts: path.optional(),
  /** May `~fetchdb` fetch from this machine and its network? */
  fetchPrivateAddresses: z.boolean(expected('true or false')).default(false),
});

const secretForm = expected('a secret of at least 16 characters');

const siteConfig = z.strictObject({
  /** Where the pages are written. */
  output: path.default(resolve(project, 'site/published')),
  /** Where people find them, for links to them. */
  url: z
    .string(expected('a web address'))
    .refine(isWebAddress, expected('a web address such as https://ptg.example.org'))
    .optional(),
  /** Whoever knows it may say that there is something new at the remote: POST /webhook. */
  webhookSecret: z.string(secretForm).min(16, secretForm).optional(),
  /** Where the built-in server listens; false for none. */
  listen: listenAddress.default('127.0.0.1:8000'),
});

const metricsConfig = z.strictObject({
  /** Where Prometheus may ask for them; false for nowhere. */
  listen: listenAddress.default(false),
});

const reviewConfig = z.strictObject({
  /** Names of commands. */
  commands: z
    .array(z.string(expected('the name of a command')), expected('a list such as [emptydb, del]'))
    .default([]),
  /** Does whatever people say whom services do not know only propose? */
  unidentified: z.boolean(expected('true or false')).default(false),
  /** Does the remote get proposals as changes of Gerrit? */
  gerrit: z.boolean(expected('true or false')).default(false),
});

const configSchema = z.strictObject({
  /** What only counts when an operator has approved it. */
  review: reviewConfig.optional(),
  /** Are people told in private when the page shows what they said? */
  receipts: z.boolean(expected('true or false')).default(false),
  irc: ircConfigSchema.optional(),
  /** Where what can be made again is kept: compiled pages and sources, what was read of the history. */
  cache: path.optional(),
  data: dataConfig.prefault({}),
  site: siteConfig.prefault({}),
  metrics: metricsConfig.prefault({}),
});

type Parsed = z.output<typeof configSchema>;

/** Complete, with absolute paths. */
export type Config = Omit<Parsed, 'data'> & {
  cache: string;
  data: Parsed['data'] & { people: string };
};

/** The repository of schedule data. */
export function repositoryOf({ data }: Config): Repository {
  return { gitdir: data.repository, branch: data.branch };
}

/** The remote of that repository, if it has one. */
export function remoteOf({ data }: Config): RemoteOptions | undefined {
  const { remote: url, sshKey, sshKnownHosts: knownHosts } = data;
  return url === undefined ? undefined : { url, sshKey, knownHosts };
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
  return configOf(text, name, environment, repository);
}

/** The configuration that a text is; `name` is the file that it stands in, or is to. @throws {UsageError} */
export function configOf(
  text: string,
  name: string,
  environment: NodeJS.ProcessEnv,
  repository?: string,
): Config {
  const parsed = parseConfig(text, name, environment);
  const data = {
    ...parsed.data,
    sshKey: parsed.data.sshKey ?? sshKeyIn(environment),
    ...(repository !== undefined && { repository: resolve(repository) }),
  };
  const cache = parsed.cache ?? cacheFolder(project, environment);
  return withFolder({ ...parsed, cache, data }, dirname(resolve(name)));
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

/** What the environment says wins. */
function withSecrets(
  values: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
): Record<string, unknown> {
  const { PTGBOT_IRC_PASSWORD: password, PTGBOT_WEBHOOK_SECRET: webhookSecret } = environment;
  const { site } = values;
  const isSection = site === undefined || (typeof site === 'object' && site !== null);
  return withPassword(
    webhookSecret && isSection ? { ...values, site: { ...site, webhookSecret } } : values,
    password,
  );
}

/** The password for services, else of the server. */
function withPassword(
  values: Record<string, unknown>,
  password: string | undefined,
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

function withFolder(parsed: Parsed & { cache: string }, folder: string): Config {
  const { irc, data, site } = parsed;
  const inFolder = (path: string | undefined) =>
    path === undefined ? undefined : resolve(folder, path);
  const { remote } = data;
  const repository = resolve(folder, data.repository);
  return {
    ...parsed,
    cache: resolve(folder, parsed.cache),
    ...(irc && { irc: { ...irc, ca: inFolder(irc.ca), certificate: inFolder(irc.certificate) } }),
    data: {
      ...data,
      repository,
      people: inFolder(data.people) ?? resolve(dirname(repository), 'people.git'),
      remote: remote !== undefined && isRemotePath(remote) ? resolve(folder, remote) : remote,
      sshKey: inFolder(data.sshKey),
      sshKnownHosts: inFolder(data.sshKnownHosts),
    },
    site: { ...site, output: resolve(folder, site.output) },
  };
}
