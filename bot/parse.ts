/** What a line is: an invocation of a command, a mistake that deserves an answer, or talk. */
import { nearest, typos } from '../schedule-data/text/nearest.ts';
import { fold, isSlug, reservedTrackNames } from '../schedule-data/text/slug.ts';
import { oneLine } from '../schedule-data/text/text.ts';
import type { OperatorCommand, PersonCommand, TrackCommand } from './commands/command.ts';
import { commandNamed, operatorCommands, personCommands, trackCommands } from './commands/table.ts';
import { wording } from './wording.ts';

export type Invocation =
  | {
      readonly command: TrackCommand;
      /** The track as it was called. */
      readonly slug: string;
      /** Further tracks that it is said for, as they were called. */
      readonly others?: readonly string[];
      readonly text: string;
      /** It corrects what the speaker said before. */
      readonly isCorrection?: true;
    }
  | { readonly command: PersonCommand | OperatorCommand; readonly text: string };

/** What a line is once it is known which tracks there are. */
export type Read =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  | { readonly kind: 'mistake'; readonly reply: string }
  | { readonly kind: 'talk' };

/** What a line is, whatever the schedule holds. */
export type Parsed =
  | Read
  /** It depends on whether there is a track that is called so. */
  | {
      readonly kind: 'if-track';
      readonly name: string;
      readonly then: Parsed;
      readonly otherwise: Parsed;
    };

/** How a line reached us. */
export interface LineContext {
  /** In private, and where we are addressed, the + before a command may be left out. */
  readonly isPrivate: boolean;
  /** What we are called. */
  readonly nick?: string;
  /** The channels where we listen: `#ptg next week` is about a channel. */
  readonly channels?: readonly string[];
}

const talk = { kind: 'talk' } as const;

/** What other bots in such channels are told (MeetBot, statusbot): nothing of it is for us. */
const wordsOfOtherBots = new Set(
  (
    'accepted action agreed alert alertstatus chair commands endmeeting endvote fixed halp help idea info ' +
    'link lurk meetingname meetingtopic nick note notice ok rejected restrictlogs save showvote startmeeting ' +
    'startvote status success thanks topic unchair undo unlurk vote'
  ).split(' '),
);

/** The longest name of a track, in words: `#Public Cloud SIG now …`. */
const mostWords = 6;

export function parseLine(said: string, { isPrivate, nick, channels }: LineContext): Parsed {
  const whole = oneLine(said);
  const own = nick === undefined ? undefined : withoutAddress(whole, nick);
  const line = own ?? whole;
  const isToUs = isPrivate || own !== undefined;
  if (/^[~!]help(?!\S)/iu.test(line)) return parseLine(`+${line.slice(1)}`, { isPrivate: true });
  const [, sign = '', word = '', rest = ''] = /^([#+~]?)(\S+)\s*(.*)$/su.exec(line) ?? [];
  if (sign === '~') return parseSigned(sign, word, rest, operatorCommands);
  const personal = sign !== '' || isToUs ? commandNamed(personCommands, word) : undefined;
  // `#in` is one of the words that no track is called by; `#now` begins talk, or what others are told.
  const name = fold(word);
  const isOthers = name === 'help' ? rest !== '' : wordsOfOtherBots.has(name);
  const isHashed = reservedTrackNames.has(name) && !isOthers;
  if (personal && (sign !== '#' || isHashed))
    return { kind: 'invocation', invocation: { command: personal, text: rest } };
  if (sign === '+') return parseSigned(sign, word, rest, personCommands);
  // Bridges write corrections so, and some people a space.
  const [, star, hash, named] = /^(\*\s+)?(#\s*)(?!#)(\S.*)$/su.exec(line) ?? [];
  if (named === undefined || channels?.includes(`#${fold(word)}`)) return talk;
  const parsed = parseTrackLine(`#${named}`, star !== undefined);
  return hash === '#' ? parsed : onlyForTracks(parsed);
}

/** What is said to us, `ptgbot: …`, without our nick before it. */
function withoutAddress(line: string, nick: string): string | undefined {
  const bare = line.startsWith('@') ? line.slice(1) : line;
  const sign = bare.charAt(nick.length);
  const isOurs = fold(bare.slice(0, nick.length)) === fold(nick) && (sign === ':' || sign === ',');
  return isOurs ? bare.slice(nick.length + 1).trimStart() : undefined;
}

/** `+word` and `~word` begin talk as well: only a command, or one letter off one, is for us. */
function parseSigned(
  sign: string,
  word: string,
  text: string,
  commands: readonly (PersonCommand | OperatorCommand)[],
): Read {
  const command = commandNamed(commands, word);
  if (command) return { kind: 'invocation', invocation: { command, text } };
  // Of two letters one off is too much, on either side.
  const names = commands
    .flatMap(({ name, aliases = [] }) => [name, ...aliases])
    .filter((name) => name.length > 2 || sign === '+');
  const meant = word.length > 2 ? names.find((name) => typos(word, name) === 1) : undefined;
  if (meant === undefined) return talk;
  const proposal = `${sign}${meant} ${text}`.trim();
  return { kind: 'mistake', reply: wording.unknownCommand(`${sign}${word}`, proposal) };
}

/** `#nova now …`, `#nova: now …`, `#nova #cinder now …`, `#Public Cloud now …`. */
function parseTrackLine(line: string, isCorrection: boolean): Parsed {
  const { names: others, rest } = leadingTracks(line);
  if (others[0] !== undefined && wordsOfOtherBots.has(others[0])) return talk;
  const words = [...rest.slice(1).matchAll(/\S+/gu)];
  const make = (count: number, command: TrackCommand): Invocation => {
    const verb = words[count]!;
    const text = rest.slice(1 + verb.index + verb[0].length).trimStart();
    const [first = '', ...further] = [...others, nameOf(words, count)];
    return {
      command,
      slug: first,
      ...(further.length && { others: further }),
      text,
      ...(isCorrection && { isCorrection }),
    };
  };
  let parsed = parseOneName(words, others.length > 0, make);
  for (let count = 2; count <= Math.min(mostWords, words.length - 1); count++) {
    const command = trackVerb(words[count]![0]);
    if (!command) continue;
    const then = { kind: 'invocation', invocation: make(count, command) } as const;
    parsed = { kind: 'if-track', name: nameOf(words, count), then, otherwise: parsed };
  }
  return parsed;
}

/** The tracks before the last one: `#nova, #cinder and #swift now …` names two before it. */
function leadingTracks(line: string): { names: readonly string[]; rest: string } {
  const names: string[] = [];
  let rest = line;
  for (;;) {
    const [all, name] =
      /^#([^\s#,:]+?)[,:/&]?(?:\s+(?:(?:and|&|,|\/)\s+)?|)(?=#[^\s#])/iu.exec(rest) ?? [];
    if (all === undefined || name === undefined) return { names, rest };
    names.push(fold(name));
    rest = rest.slice(all.length);
  }
}

/** People write to the bot as to people: `#nova: now …`, `#nova now: …`. */
const bare = (word: string) => word.replace(/[:,]+$/, '');
const trackVerb = (word: string) => commandNamed(trackCommands, bare(word));
const nameOf = (words: readonly RegExpExecArray[], count: number) =>
  fold(
    bare(
      words
        .slice(0, count)
        .map(([word]) => word)
        .join(' '),
    ),
  );

/** A line whose first word is the name of the track. */
function parseOneName(
  words: readonly RegExpExecArray[],
  isJoint: boolean,
  make: (count: number, command: TrackCommand) => Invocation,
): Parsed {
  const name = nameOf(words, 1);
  if (!isSlug(name) && !/^[\p{L}\p{N}].*\p{L}/u.test(name)) return talk;
  const [, verb] = words;
  const command = verb && trackVerb(verb[0]);
  // A track that does not exist is an answer of the decision, which knows the schedule.
  const invocation = command && ({ kind: 'invocation', invocation: make(1, command) } as const);
  if (invocation && !wordsOfOtherBots.has(name)) return invocation;
  if (isJoint) return talk;
  const then = invocation ?? withoutVerb(name, words);
  return then.kind === 'talk' ? talk : { kind: 'if-track', name, then, otherwise: talk };
}

/** Words one letter off one of ours, with which people begin what they say about a track. */
const commonWords = new Set(
  'boo boot cook cow how look know low new nor not text took url wow'.split(' '),
);

/** A line about a track without a command for one: most is talk. */
function withoutVerb(name: string, words: readonly RegExpExecArray[]): Read {
  const names = trackCommands.map((one) => one.name);
  const all = names.join(', ');
  const [, verb, ...rest] = words;
  if (!verb) return { kind: 'mistake', reply: wording.nothingSaidAbout(name, all) };
  const [word] = verb;
  const text = rest.map(([one]) => one).join(' ');
  const personal = commandNamed(personCommands, word);
  if (personal?.asksTrack) {
    // `#nova where is lunch` is talk.
    return rest.length
      ? talk
      : { kind: 'invocation', invocation: { command: personal, text: name } };
  }
  if (personal) {
    return { kind: 'invocation', invocation: { command: personal, text } };
  }
  const isWord = /^[\p{L}-]{3,}$/u.test(word) && !commonWords.has(fold(word));
  const meant = isWord ? nearest(word, names) : undefined;
  if (meant === undefined && (rest.length > 0 || !isWord)) return talk;
  const proposal = meant && `#${name} ${meant} ${text}`.trim();
  return { kind: 'mistake', reply: wording.unknownTrackCommand(name, word, proposal, all) };
}

/** Of a line, only what concerns tracks that there are. */
function onlyForTracks(parsed: Parsed): Parsed {
  if (parsed.kind === 'if-track') return { ...parsed, otherwise: onlyForTracks(parsed.otherwise) };
  if (parsed.kind !== 'invocation' || !('slug' in parsed.invocation)) return talk;
  return { kind: 'if-track', name: parsed.invocation.slug, then: parsed, otherwise: talk };
}

/** What a line is in the end. @param isTrack is there a track that is called so? */
export function parsedFor(parsed: Parsed, isTrack: (name: string) => boolean): Read {
  if (parsed.kind !== 'if-track') return parsed;
  return parsedFor(isTrack(parsed.name) ? parsed.then : parsed.otherwise, isTrack);
}

/** An invocation as it is typed in the channel; `parseLine` reads it as the same. */
export function formatInvocation(invocation: Invocation): string {
  const { command, text } = invocation;
  const head =
    'slug' in invocation
      ? `${tracksOf(invocation)
          .map((slug) => `#${slug}`)
          .join(' ')} ${command.name}`
      : `${command.kind === 'operator' ? '~' : '+'}${command.name}`;
  return text ? `${head} ${text}` : head;
}

/** All tracks that an invocation is for. */
export function tracksOf({
  slug,
  others = [],
}: Pick<Extract<Invocation, { slug: string }>, 'slug' | 'others'>): readonly string[] {
  return [slug, ...others];
}
