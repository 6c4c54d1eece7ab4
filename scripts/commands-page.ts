import type { Command } from '../bot/commands/command.ts';
import { operatorCommands, personCommands, trackCommands } from '../bot/commands/table.ts';

/** The list of all commands as a page of documentation, in Markdown. */
export function commandsPage(): string {
  return [
    '# Commands',
    'Made from the bot’s own table by `npm run generate`. How they are used: ' +
      '[attending](attending.md), [moderating a track](moderating.md), ' +
      '[running the event](running-an-event.md). What each of them does, mistakes included, is shown in ' +
      '`test/conversations/`, a file each.',
    'Upper and lower case make no difference. Words in capitals stand for your own, what is in ' +
      'brackets may be left out, `|` is a choice, `…` means one or more.',
    '## For a track, in the channel',
    'Anyone may say them, unless the event requires voice.',
    ...trackCommands.map(entry),
    '## For yourself',
    'In the channel with `+` or `#`; in a private message the sign may be left out.',
    ...personCommands.map(entry),
    '## For operators',
    'With op in the channel.',
    ...operatorCommands.map(entry),
    '',
  ].join('\n\n');
}

function entry(command: Command): string {
  const { name, usage } = command;
  const verbs = (command.kind === 'operator' && command.verbs) || [];
  if (!verbs.length) return `### ${name}\n\n    ${usage}\n\n${explained(command)}`;
  const rows = verbs.map((verb) => `- \`~${name} ${verb.usage}\`: ${explained(verb)}`);
  return `### ${name}\n\n${upperFirst(command.summary)}\n\n${rows.join('\n')}`;
}

type Explained = Pick<Command, 'aliases' | 'summary' | 'example'>;

function explained({ aliases = [], summary, example }: Explained): string {
  const also = aliases.length ? ` Also: ${aliases.map((alias) => `\`${alias}\``).join(', ')}.` : '';
  return `${upperFirst(summary)}${also} For example: \`${example}\``;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
