/** The command line: its commands, their options and their help. */
import { Command } from 'commander';
import { completionScript, isShell } from './completion.ts';
import { readConfig, repositoryOf, type Config } from './config.ts';
import { restartWithFlags } from './service/node-flags.ts';
import type { LogFlags } from './commands/history.ts';
import type { Destination } from './commands/migrate.ts';
import type { RenderFlags } from './commands/render.ts';
import { secretsIn } from './credentials.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

const print = (line: string) => console.log(line);

/** Each command loads what it needs when it runs: the service shall not carry the importer. */
export function createProgram(): Command {
  const program = new Command('ptgbot')
    .description('ptgbot shows what is being discussed where.')
    .version(version(), '-V, --version', 'the version')
    .helpOption('-h, --help', 'show help, also after a command')
    .helpCommand(false)
    .option('--config <file>', 'instead of ptgbot.yaml in this folder')
    .option('--repository <path>', 'instead of the configured one')
    .configureHelp({ showGlobalOptions: true })
    // Help that nobody asked for is help as well; errors are printed by whoever catches them.
    .configureOutput({
      writeErr: (text) => process.stdout.write(text),
      outputError: () => undefined,
    })
    .allowExcessArguments()
    .exitOverride();

  const given = (): Destination => {
    const { config = process.env['PTGBOT_CONFIG'], repository } = program.opts<Destination>();
    return { config, repository };
  };

  const config = (more?: NodeJS.ProcessEnv): Config => {
    const { config: file, repository } = given();
    // So that git finds its own there, too.
    Object.assign(process.env, secretsIn({ ...process.env, ...more }));
    return readConfig(file, { ...process.env, ...more }, repository);
  };

  const service = (name: string, summary: string, parts: { bot: boolean; site: boolean }) =>
    program
      .command(name)
      .description(summary)
      .option('--verbose', 'also log every command where you type')
      .addHelpText('after', examples(name, `${name} --config /etc/ptgbot/ptgbot.yaml`))
      .action(async ({ verbose }: { verbose?: boolean }) => {
        const checked = config();
        restartWithFlags(checked);
        const { runService } = await import('./service/run-service.ts');
        await runService(checked, parts, () => config(), verbose);
      });
  service('start', 'run everything: the bot, the pages, the server', { bot: true, site: true });
  service('bot', 'run only the bot', { bot: true, site: false });
  service('site', 'run only the watcher, the pages and the server', { bot: false, site: true });

  /** A command that takes over a database, which does not tell all of these. */
  const importing = (name: string) =>
    program
      .command(name)
      .option('--start-date <date>', 'of the first day: 2018-09-10')
      .option('--timezone <zone>', 'of the event: America/Denver')
      .option('--name <name>', 'of the event');

  importing('import')
    .description('import a database of the Python ptgbot')
    .usage('FILE|URL [options]')
    .argument('[from]', 'the database: a file, or an address of http or https')
    .addHelpText(
      'after',
      examples(
        'import ptg.json --start-date 2018-09-10 --timezone America/Denver',
        'import https://ptg.example.org/ptg.json --name "Denver Gathering"',
      ),
    )
    .action(async (from: string | undefined, options: ImportFlags) => {
      if (from === undefined) throw new UsageError('expected: ptgbot import FILE|URL');
      const { importDatabase } = await import('./commands/import.ts');
      await importDatabase(from, options, config(), print);
    });

  importing('migrate')
    .description(
      'turn the config.json and database of a Python ptgbot into a ptgbot.yaml and the data',
    )
    .usage('CONFIG [options]')
    .argument('[from]', 'the config.json')
    .addHelpText(
      'after',
      examples(
        'migrate config.json --start-date 2018-09-10 --timezone America/Denver',
        'migrate /srv/ptgbot/config.json --config /etc/ptgbot/ptgbot.yaml --repository /var/lib/ptgbot/schedule-data.git',
      ),
    )
    .action(async (from: string | undefined, options: ImportFlags) => {
      if (from === undefined) throw new UsageError('expected: ptgbot migrate CONFIG');
      const { migrate } = await import('./commands/migrate.ts');
      await migrate(from, options, given(), process.env, print);
    });

  program
    .command('check')
    .description('validate the data')
    .usage('[REV|DIR] [options]')
    .argument('[where]', 'a revision, a repository or a folder of data files')
    .option(
      '--format <format>',
      'text (the default), github or gitlab: the form that the forge expects',
    )
    .addHelpText('after', examples('check', 'check main~3', 'check . --format github'))
    .action(async (where: string | undefined, { format = 'text' }: { format?: string }) => {
      const { hintOf, isFormat, reportOf } = await import('./commands/check-formats.ts');
      if (!isFormat(format))
        throw new UsageError(`--format: expected text, github or gitlab, not ${format}`);
      const { check } = await import('./commands/check.ts');
      const { problems, undated } = await check(where, repositoryOf(config()));
      reportOf(format, problems).forEach(print);
      if (format === 'text') hintOf(undated).forEach(print);
      if (problems.length) process.exitCode = 1;
    });

  program
    .command('doctor')
    .description('say what works, what does not, and what to do')
    .usage('[options]')
    .addHelpText('after', examples('doctor', 'doctor --config /etc/ptgbot/ptgbot.yaml'))
    .action(async () => {
      const { doctor } = await import('./doctor/doctor.ts');
      const isWell = await doctor(config, given().config, print);
      if (!isWell) process.exitCode = 1;
    });

  program
    .command('log')
    .description('show what changed last, in sentences')
    .usage('[options]')
    .option('--track <track>', 'only what concerns a track')
    .option('--since <time>', 'only what is no older than this: 2018-09-10T09:00Z')
    .option('--number <n>', 'how many at most; 20 unless given')
    .addHelpText('after', examples('log', 'log --track nova', 'log --since 2018-09-10'))
    .action(async (options: LogFlags) => {
      const { log } = await import('./commands/history.ts');
      await log(repositoryOf(config()), options, print);
    });

  program
    .command('diff')
    .description('show what differs between two revisions, in sentences')
    .usage('A [B] [options]')
    .argument('[from]', 'a revision')
    .argument('[to]', 'another one; the newest unless given')
    .addHelpText('after', examples('diff main~10', 'diff 1a2b3c4 5d6e7f8'))
    .action(async (from: string | undefined, to: string | undefined) => {
      if (from === undefined) throw new UsageError('expected: ptgbot diff A [B]');
      const { diff } = await import('./commands/history.ts');
      await diff(repositoryOf(config()), from, to, print);
    });

  program
    .command('takeback')
    .description('in a clone: make a commit that takes another one back, value by value')
    .usage('COMMIT')
    .argument('[commit]', 'its id, as git log shows it')
    .addHelpText('after', examples('takeback 1a2b3c4'))
    .action(async (id: string | undefined) => {
      if (id === undefined) throw new UsageError('expected: ptgbot takeback COMMIT');
      const { takeBack } = await import('./commands/takeback.ts');
      await takeBack(process.cwd(), id, print);
    });

  program
    .command('render')
    .description('write the pages, once')
    .usage('--out DIR [options]')
    .option('--out <dir>', 'the folder to write them to')
    .option('--rev <rev>', 'of a revision other than the newest')
    .option('--at <time>', 'as they were at a time: 2018-09-10T09:00Z')
    .option('--url <address>', 'where people will find them, instead of site.url')
    .addHelpText(
      'after',
      examples(
        'render --out www',
        'render --out old --rev main~10',
        'render --out monday --at 2018-09-10T09:00Z',
        'render --out public --url https://example.github.io/ptg',
      ),
    )
    .action(async ({ out, ...flags }: RenderFlags & { out?: string }) => {
      if (out === undefined) throw new UsageError('expected: ptgbot render --out DIR');
      const { render } = await import('./commands/render.ts');
      await render(out, flags, config(), print);
    });

  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .usage('bash|zsh')
    .argument('[shell]', 'bash or zsh')
    .addHelpText('after', '\nExamples:\n  source <(ptgbot completion bash)   # in ~/.bashrc')
    .action((shell: string | undefined) => {
      if (!isShell(shell)) throw new UsageError('expected: ptgbot completion bash|zsh');
      print(completionScript(program, shell));
    });

  program
    .command('help')
    .description('show the help of a command')
    .usage('[COMMAND]')
    .argument('[command]')
    .action((name: string | undefined) => {
      const command = program.commands.find((one) => one.name() === name);
      if (name !== undefined && !command) throw new UsageError(`there is no command ${name}`);
      (command ?? program).outputHelp();
    });

  program.hook('preAction', (_program, { args, registeredArguments }) => {
    const surplus = args[registeredArguments.length];
    const before = args[registeredArguments.length - 1];
    if (surplus === undefined) return;
    throw new UsageError(
      before === undefined
        ? `expected no argument, not ${surplus}`
        : `expected nothing after ${before}, not ${surplus}`,
    );
  });
  return program;
}

interface ImportFlags {
  readonly startDate?: string;
  readonly timezone?: string;
  readonly name?: string;
}

function examples(...calls: string[]): string {
  return ['\nExamples:', ...calls.map((call) => `  ptgbot ${call}`)].join('\n');
}
