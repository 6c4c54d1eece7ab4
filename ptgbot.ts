/** The front door: arguments in, exit code out. */
import { CommanderError } from 'commander';
import { createProgram } from './cli/program.ts';
import { UsageError } from './cli/usage-error.ts';
import { StorageError } from './schedule-data/git/storage-error.ts';

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
// Whatever still waits (a reader of the terminal, a socket) shall not keep the process.
process.exit();

/** Says what went wrong; gives the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (isHelp(error)) return 0;
    console.error(`ptgbot: ${wrongUse(error)}`);
    return 2;
  }
  const isExpected = error instanceof UsageError || error instanceof StorageError;
  console.error(
    `ptgbot: ${isExpected ? error.message : ((error as Error).stack ?? String(error))}`,
  );
  return error instanceof UsageError ? 2 : 1;
}

function isHelp({ code }: CommanderError): boolean {
  return ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(code);
}

/** `unknown option --confg; did you mean --config?` */
function wrongUse({ code, message }: CommanderError): string {
  const sentence = message
    .replace(/^error: /, '')
    .replace(/^unknown command/, 'there is no command')
    .replace(/\n\(Did you mean (.*)\?\)$/s, '; did you mean $1?')
    .replace(/'([^']*)'/, '$1');
  return code === 'commander.unknownCommand'
    ? `${sentence}\n\nAll commands: ptgbot help`
    : sentence;
}
