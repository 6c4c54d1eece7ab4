/** The front door: the command line. */
import { parseArgs } from 'node:util';
import { readConfig } from './cli/config.ts';
import { restartWithFlags } from './cli/light.ts';
import { UsageError } from './cli/usage-error.ts';
import { StorageError } from './schedule-data/git/storage-error.ts';

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
  const config = readConfig(values.config, process.env, values.repository);
  // Each command loads what it needs: the service shall not carry the importer with it.
  switch (command) {
    case 'start':
    case 'bot':
    case 'site': {
      restartWithFlags();
      const { serve } = await import('./cli/serve.ts');
      return serve(config, { bot: command !== 'site', site: command !== 'bot' });
    }
    case 'import': {
      if (argument === undefined) throw new UsageError('expected: ptgbot import FILE|URL');
      const { importDatabase } = await import('./cli/import.ts');
      const { 'start-date': startDate, timezone, name } = values;
      return importDatabase(argument, { startDate, timezone, name }, config.data, print);
    }
    case 'check': {
      const { check } = await import('./cli/check.ts');
      const problems = await check(argument, config.data);
      problems.forEach(print);
      if (problems.length) process.exitCode = 1;
      else print('no problems');
      return;
    }
    case 'render': {
      if (values.out === undefined) throw new UsageError('expected: ptgbot render --out DIR');
      const { render } = await import('./cli/render.ts');
      return render(values.out, values.rev, config, print);
    }
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
