/** What a line is: an invocation of a command, a mistake that deserves an answer, or talk. */
import { nearest, typos } from '../schedule-data/text/nearest.ts';
import { fold, isSlug } from '../schedule-data/text/slug.ts';
import { oneLine } from '../schedule-data/text/text.ts';
import type { OperatorCommand, PersonCommand, TrackCommand } from './commands/command.ts';
import { commandNamed, operatorCommands, personCommands, trackCommands } from './commands/table.ts';
import { wording } from './wording.ts';

export type Invocation =
  | { readonly command: TrackCommand; readonly slug: string; readonly text: string }
  | { readonly command: PersonCommand | OperatorCommand; readonly text: string };

/** What a line is, whatever the schedule holds. */
export type Parsed =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  | { readonly kind: 'mistake'; readonly reply: string }
  | { readonly kind: 'talk' }
  /** Talk, unless there is a track that is called so. */
  | {
      readonly kind: 'about-track';
      readonly slug: string;
      readonly parsed: Exclude<Parsed, { readonly kind: 'about-track' }>;
    };

const talk = { kind: 'talk' } as const;

/** @param isPrivate in private the + before a command may be left out */
export function parseLine(line: string, isPrivate: boolean): Parsed {
  const [, sign = '', word = '', rest = ''] = /^([#+~]?)(\S+)\s*(.*)$/su.exec(oneLine(line)) ?? [];
  if (sign === '~') return parseSigned(sign, word, rest, operatorCommands);
  const personal = sign !== '' || isPrivate ? commandNamed(personCommands, word) : undefined;
  if (personal) return { kind: 'invocation', invocation: { command: personal, text: rest } };
  if (sign === '#') return parseTrackLine(word, rest);
  if (sign === '+') return parseSigned(sign, word, rest, personCommands);
  return talk;
}

/** `+word` and `~word` begin talk as well: only a command, or one letter off one, is for us. */
function parseSigned(
  sign: string,
  word: string,
  text: string,
  commands: readonly (PersonCommand | OperatorCommand)[],
): Parsed {
  const command = commandNamed(commands, word);
  if (command) return { kind: 'invocation', invocation: { command, text } };
  const names = commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  // Two letters are one off too much.
  const meant = word.length > 2 ? names.find((name) => typos(word, name) === 1) : undefined;
  if (meant === undefined) return talk;
  return { kind: 'mistake', reply: wording.unknownCommand(`${sign}${word}`, `${sign}${meant}`) };
}

function parseTrackLine(word: string, rest: string): Parsed {
  const slug = fold(word.replace(/[:,]+$/, ''));
  if (!isSlug(slug)) return talk;
  const [, name = '', text = ''] = /^(\S*)\s*(.*)$/su.exec(rest) ?? [];
  // People write to the bot as to people: `#nova: now …`, `#nova now: …`.
  const command = commandNamed(trackCommands, name.replace(/[:,]+$/, ''));
  // A track that does not exist is an answer of the decision, which knows the schedule.
  if (command) return { kind: 'invocation', invocation: { command, slug, text } };
  const personal = commandNamed(personCommands, name);
  if (personal) {
    const invocation = { command: personal, text };
    return { kind: 'about-track', slug, parsed: { kind: 'invocation', invocation } };
  }
  const names = trackCommands.map((one) => one.name);
  const all = names.join(', ');
  const reply = name
    ? wording.unknownTrackCommand(slug, name, nearest(name, names), all)
    : wording.nothingSaidAbout(slug, all);
  return { kind: 'about-track', slug, parsed: { kind: 'mistake', reply } };
}

/** What a line is in the end. @param isTrack is there a track that is called so? */
export function parsedFor(
  parsed: Parsed,
  isTrack: (name: string) => boolean,
): Exclude<Parsed, { readonly kind: 'about-track' }> {
  if (parsed.kind !== 'about-track') return parsed;
  return isTrack(parsed.slug) ? parsed.parsed : talk;
}

/** An invocation as it is typed in the channel; `parseLine` reads it as the same. */
export function formatInvocation(invocation: Invocation): string {
  const { command, text } = invocation;
  const head =
    'slug' in invocation
      ? `#${invocation.slug} ${command.name}`
      : `${command.kind === 'operator' ? '~' : '+'}${command.name}`;
  return text ? `${head} ${text}` : head;
}
