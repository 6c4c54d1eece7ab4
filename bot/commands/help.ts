import { nearest } from '../../schedule-data/nearest.ts';
import { wording } from '../wording.ts';
import type { Command, PersonCommand } from './command.ts';

/** The help command for a table of commands, itself among them. */
export function helpFor(table: () => readonly Command[]): PersonCommand {
  return {
    kind: 'person',
    name: 'help',
    usage: '+help [COMMAND]',
    summary: 'explains what I can do, or one command.',
    example: '+help book',
    run: (_schedule, text, { page }) => {
      const word = text.replace(/^([+~]|#\S+\s+)/, '').toLowerCase();
      const commands = table();
      const names = commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
      const command = commands.find(
        ({ name, aliases = [] }) => name === word || aliases.includes(word),
      );
      if (command) return { reply: wording.helpCommand(command) };
      const meant = word ? nearest(word, names) : undefined;
      if (meant !== undefined) return { reply: wording.unknownCommand(word, `+help ${meant}`) };
      const ofTracks = commands.filter(({ kind }) => kind === 'track').map(({ name }) => name);
      return { reply: wording.help(ofTracks.join(', '), page) };
    },
  };
}
