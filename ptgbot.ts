/** The front door: the command line. */
import { parseArgs } from 'node:util';
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { check } from './cli/check.ts';
import { readConfig } from './cli/config.ts';
import { importDatabase } from './cli/import.ts';
import { render } from './cli/render.ts';
import { start } from './cli/start.ts';
import { UsageError } from './cli/usage-error.ts';
import { StorageError } from './schedule-data/storage-error.ts';

const usage = `ptgbot shows what is being discussed where.

  ptgbot start                       everything: the bot, the pages, the server
  ptgbot bot                         only the bot
  ptgbot site                        only the watcher, the pages and the server
  ptgbot import FILE|URL             a database of the Python ptgbot becomes the data
      [--start-date D] [--timezone Z] [--name N]
  ptgbot check [REV|DIR]             validate the data
  ptgbot render --out DIR            the pages, once
      [--repository R] [--rev REV]

Everywhere: --config FILE            instead of ptgbot.yaml in this folder`;

const print = (line: string) => console.log(line);

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [command, argument, ...others] = positionals;
  if (values.help || command === undefined) return print(usage);
  if (others.length) throw new UsageError(`expected nothing behind ${argument}, not ${others[0]}`);
  const read = readConfig(values.config, process.env);
  const config = values.repository
    ? { ...read, data: { ...read.data, repository: values.repository } }
    : read;
  switch (command) {
    case 'start':
      return start(config, { bot: true, site: true }, logger());
    case 'bot':
      return start(config, { bot: true, site: false }, logger());
    case 'site':
      return start(config, { bot: false, site: true }, logger());
    case 'import': {
      if (argument === undefined) throw new UsageError('expected: ptgbot import FILE|URL');
      const { 'start-date': startDate, timezone, name } = values;
      return importDatabase(argument, { startDate, timezone, name }, config.data, print);
    }
    case 'check': {
      const problems = await check(argument, config.data);
      problems.forEach(print);
      if (problems.length) process.exitCode = 1;
      else print('no problems');
      return;
    }
    case 'render':
      if (values.out === undefined) throw new UsageError('expected: ptgbot render --out DIR');
      return render(values.out, values.rev, config, print);
    default:
      throw new UsageError(`there is no command ${command}\n\n${usage}`);
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        'start-date': { type: 'string' },
        timezone: { type: 'string' },
        name: { type: 'string' },
        out: { type: 'string' },
        repository: { type: 'string' },
        rev: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** People at a terminal get sentences, machines get JSON; both on standard error. */
function logger(): Logger {
  const stream = process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
    : pino.destination(2);
  return pino({ base: {} }, stream);
}

try {
  await main();
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof StorageError;
  console.error(
    `ptgbot: ${isExpected ? error.message : ((error as Error).stack ?? String(error))}`,
  );
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
// Whatever still waits (a reader of the terminal, a socket) shall not keep the process.
process.exit();
