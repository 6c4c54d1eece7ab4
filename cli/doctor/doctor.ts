/**
 * doctor/ looks at everything that ptgbot needs, for whoever is on call. It changes nothing, tells no
 * secret, and may run beside the service. This file: the checks, and how they are made.
 */
import type { Config } from '../config.ts';
import { lookAtConfiguration, type ReadConfig } from './configuration.ts';
import { lineOf, wrong, type Finding } from './finding.ts';
import { lookAtIrcServer } from './irc-server.ts';
import { lookAtFolders, lookAtGit, lookAtNode, lookAtSpace } from './machine.ts';
import { lookAtAddress, lookAtBuiltInServer, lookAtOutput } from './pages.ts';
import {
  lookAtData,
  lookAtOwner,
  lookAtPeople,
  lookAtRemote,
  lookAtRepository,
} from './repositories.ts';

type Check = (config: Config) => readonly Finding[] | Promise<readonly Finding[]>;

/** By what is to be said when one of them fails or does not end. */
const checks: Readonly<Record<string, Check>> = {
  Node: lookAtNode,
  git: lookAtGit,
  folders: lookAtFolders,
  disk: lookAtSpace,
  repository: lookAtRepository,
  data: lookAtData,
  'the bot': lookAtOwner,
  people: lookAtPeople,
  remote: lookAtRemote,
  'IRC server': lookAtIrcServer,
  pages: lookAtOutput,
  'built-in server': lookAtBuiltInServer,
  page: lookAtAddress,
};

/** How long one may take, in milliseconds; all are made at once. */
const patience = 18_000;

/** Prints a line for all that was looked at; false when something is wrong. */
export async function doctor(
  read: ReadConfig,
  file: string | undefined,
  print: (line: string) => void,
): Promise<boolean> {
  const { config, findings } = lookAtConfiguration(read, file);
  const all = [...findings];
  for (const finding of findings) print(lineOf(finding));
  if (!config) return false;
  const results = Object.entries(checks).map(([what, check]) => resultOf(what, check, config));
  for (const result of results)
    for (const finding of await result) {
      all.push(finding);
      print(lineOf(finding));
    }
  return all.every(({ kind }) => kind !== 'wrong');
}

async function resultOf(what: string, check: Check, config: Config): Promise<readonly Finding[]> {
  const { promise: tooLong, resolve } = Promise.withResolvers<readonly Finding[]>();
  const timer = setTimeout(
    () => resolve([wrong(what, `it did not end within ${patience / 1000} s`)]),
    patience,
  );
  try {
    return await Promise.race([check(config), tooLong]);
  } catch (error) {
    return [wrong(what, (error as Error).message)];
  } finally {
    clearTimeout(timer);
  }
}
