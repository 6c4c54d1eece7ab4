import { nearest } from '../../schedule-data/text/nearest.ts';
import { wording } from '../wording.ts';
import { isCalled, type Command, type PersonCommand } from './command.ts';
import { eventNames, hereExample } from './examples.ts';
import { nearestVerb } from './verbs.ts';

/** The help command for a table of commands, itself among them. */
export function helpFor(table: () => readonly Command[]): PersonCommand {
  return {
    kind: 'person',
    name: 'help',
    usage: '+help [COMMAND]',
    summary: 'explains what I can do, or one command.',
    example: '+help book',
    run: (schedule, text, { page, now }) => {
      const [, sign = '', word = '', next = ''] =
        /^([+~]|#\S+\s+)?(\S*)(?:\s+(\S+))?/.exec(text.toLowerCase()) ?? [];
      const commands = table();
      if (sign === '~' && !word)
        return { reply: wording.operatorHelp(namesOf(commands, 'operator')) };
      const called = commands.filter((command) => isCalled(command, word));
      const command = called.find(({ kind }) => sign === '~' && kind === 'operator') ?? called[0];
      const verbs = (command?.kind === 'operator' && command.verbs) || [];
      const verb = verbs.find((one) => isCalled(one, next));
      if (verb) {
        const row = hereExample(verb, schedule, now);
        return { reply: wording.helpCommand({ ...row, usage: `~${word} ${verb.usage}` }) };
      }
      const meantVerb = next ? nearestVerb(verbs, next) : undefined;
      if (meantVerb)
        return {
          reply: wording.unknownCommand(`~${word} ${next}`, `+help ~${word} ${meantVerb.name}`),
        };
      if (command) return { reply: wording.helpCommand(hereExample(command, schedule, now)) };
      const meant = word
        ? nearest(
            word,
            commands.map(({ name }) => name),
          )
        : undefined;
      if (meant !== undefined) return { reply: wording.unknownCommand(word, `+help ${meant}`) };
      const [tracks, people] = [namesOf(commands, 'track'), namesOf(commands, 'person')];
      return { reply: wording.help(tracks, people, eventNames(schedule, now), page) };
    },
  };
}

const signs = { track: '', person: '+', operator: '~' } as const;

function namesOf(commands: readonly Command[], kind: Command['kind']): string {
  return commands
    .filter((command) => command.kind === kind)
    .map(({ name }) => `${signs[kind]}${name}`)
    .join(', ');
}
