/** `ptgbot import FILE|URL`: a database of the Python ptgbot becomes the content of the repository. */
import { readFile } from 'node:fs/promises';
import { foldNick } from '../../bot/irc/roster/casemapping.ts';
import { filesOf } from '../../schedule-data/store/changes.ts';
import { isDate, isLine } from '../../schedule-data/format/file-schemas.ts';
import { isTimezone } from '../../schedule-data/text/timezone.ts';
import { parseDatabase } from '../../schedule-data/import/database.ts';
import {
  DownloadError,
  downloadDatabase,
  withoutCredentials,
} from '../../schedule-data/import/download.ts';
import type { ImportOptions } from '../../schedule-data/import/event.ts';
import { importPython } from '../../schedule-data/import/import-python.ts';
import type { CommitMessage } from '../../schedule-data/git/commit.ts';
import { PeopleStore } from '../../schedule-data/people/people-store.ts';
import type { People } from '../../schedule-data/people/person.ts';
import {
  checkRepository,
  createRepository,
  isBlank,
  type Repository,
} from '../../schedule-data/git/repository.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { plural } from '../../schedule-data/text/text.ts';
import { commitAsUser } from '../commit-author.ts';
import { repositoryOf, type Config } from '../config.ts';
import { showProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

/** Imports, and prints what could not be used and what came of it. */
export async function importDatabase(
  from: string,
  options: ImportOptions,
  config: Config,
  print: (line: string) => void,
): Promise<void> {
  if (options.timezone !== undefined && !isTimezone(options.timezone))
    throw new UsageError(
      `--timezone: expected an IANA time zone such as America/Denver, not ${options.timezone}`,
    );
  if (options.startDate !== undefined && !isDate(options.startDate))
    throw new UsageError(
      `--start-date: expected a date such as 2018-09-10, not ${options.startDate}`,
    );
  if (options.name !== undefined && !isLine(options.name, 200))
    throw new UsageError('--name: expected one line of at most 200 characters');
  const { schedule, people, remarks } = importPython(
    await showProgress('reading the database', () => readDatabase(from)),
    {
      ...options,
      fold: (nick) => foldNick(nick, 'rfc1459'),
    },
  );
  for (const { path, message } of remarks) print(`${path}: ${message}`);
  const message = commitAsUser(`Import ${schedule.event.id}`);
  print(
    await showProgress('importing', () => keepSchedule(repositoryOf(config), schedule, message)),
  );
  if (people.size) print(await keepPeople(config.data.people, people, message));
}

/** @returns what became of it */
async function keepSchedule(
  repository: Repository,
  schedule: Schedule,
  message: CommitMessage,
): Promise<string> {
  if (await isBlank(repository.gitdir)) {
    await createRepository(repository, filesOf(schedule), message);
    return `imported ${described(schedule)} into the new repository ${repository.gitdir}`;
  }
  await checkRepository(repository.gitdir);
  const store = new ScheduleStore(repository);
  const outcome = await store.update(() => ({ result: undefined, change: { schedule, message } }));
  await store.close();
  return outcome.kind === 'unchanged'
    ? `the repository holds this already: no commit`
    : `imported ${described(schedule)} as commit ${outcome.snapshot.commit.slice(0, 12)}`;
}

/** Check-ins and subscriptions are personal: never in the repository of schedule data. */
async function keepPeople(
  repository: string,
  people: People,
  message: CommitMessage,
): Promise<string> {
  await PeopleStore.make(repository, message);
  const store = await PeopleStore.open(repository);
  await store.update(() => ({ result: undefined, change: { people, message } }));
  await store.close();
  return `imported check-ins and subscriptions under ${plural(people.size, 'nick')} into ${repository}`;
}

function described({ tracks, rooms, event }: Schedule): string {
  const days = plural(event.days.length, 'day');
  return `${plural(tracks.size, 'track')}, ${plural(rooms.size, 'room')} and ${days}`;
}

async function readDatabase(from: string): Promise<object> {
  const isUrl = /^https?:\/\//i.test(from);
  // Whoever runs the command may reach the network of this machine anyway.
  const json = isUrl
    ? await downloadDatabase(from, { privateAddresses: true }).catch(refuse)
    : parsed(await readLocal(from), from);
  // Any other file would empty the event.
  if (['tracks', 'slots', 'schedule'].some((key) => key in json)) return json;
  throw notADatabase(
    isUrl ? withoutCredentials(from) : from,
    'it has neither tracks nor slots nor a schedule',
  );
}

function refuse(error: unknown): never {
  if (error instanceof DownloadError) throw new UsageError(error.message);
  throw error;
}

function parsed(bytes: Uint8Array, from: string): object {
  try {
    return parseDatabase(bytes);
  } catch (error) {
    throw notADatabase(from, (error as Error).message);
  }
}

function notADatabase(from: string, why: string): UsageError {
  return new UsageError(`${from}: expected the JSON of a ptgbot database: ${why}`);
}

async function readLocal(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}
