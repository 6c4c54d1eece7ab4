/**
 * Commands with verbs, such as `~room add NAME`: each verb is a row with its arguments. How a line
 * is read, its usage, help and "did you mean" are made from the row.
 */
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { nearest } from '../../schedule-data/text/nearest.ts';
import { readTimeRange, type TimeRange } from '../../schedule-data/text/time-of-day.ts';
import { wording } from '../wording.ts';
import {
  isCalled,
  type Answer,
  type Context,
  type EventNames,
  type OperatorCommand,
} from './command.ts';
import { unwrapped } from './quoted.ts';

/** One argument of a verb, as it stands in the usage, and what it makes of words. */
interface Argument<T> {
  readonly usage: string;
  /** How many words it takes. */
  readonly least: number;
  readonly most: number;
  /** Undefined where these words are none. */
  readonly read: (words: readonly string[]) => { readonly value: T } | undefined;
}

type Arguments = Readonly<Record<string, Argument<unknown>>>;
type Values<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never;
};

/** One word; an address may stand in angle brackets. */
export const word = (usage: string): Argument<string> => ({
  usage,
  least: 1,
  most: 1,
  read: ([value]) => (value === undefined ? undefined : { value: unwrapped(value) }),
});

/** One of some words, in any case. */
export const choice = <const W extends string>(...words: readonly W[]): Argument<W> => ({
  usage: words.join('|'),
  least: 1,
  most: 1,
  read: ([given]) => {
    const value = words.find((one) => one === given?.toLowerCase());
    return value === undefined ? undefined : { value };
  },
});

/** Any words, as one text; as few as leave something for the arguments after it. */
export const text = (usage: string): Argument<string> => ({
  usage,
  least: 1,
  most: Infinity,
  read: (words) => ({ value: words.join(' ') }),
});

/** Any words, as one name or value, in quotes or not; as few as leave something for the arguments after it. */
export const name = (usage: string): Argument<string> => ({
  usage,
  least: 1,
  most: Infinity,
  read: (words) => ({ value: unwrapped(words.join(' ')) }),
});

/** A date, or what is meant to be one. */
export const date = (usage: string): Argument<string> => ({
  ...word(usage),
  read: ([value = '']) => (/^\d+\D\d+\D\d+$/.test(value) ? { value } : undefined),
});

/** From when to when, with or without spaces. */
export const timeRange: Argument<TimeRange> = {
  usage: '09:00-10:45',
  least: 1,
  most: 5,
  read: (words) => {
    const value = readTimeRange(words.join(' '));
    return value && { value };
  },
};

/** One word or more. */
export const words = (usage: string): Argument<readonly string[]> => ({
  usage: `${usage}…`,
  least: 1,
  most: Infinity,
  read: (value) => ({ value }),
});

/** An argument that may be missing. */
export const optional = <T>({ usage, most, read }: Argument<T>): Argument<T | undefined> => ({
  usage: `[${usage}]`,
  least: 0,
  most,
  read: (given) => (given.length ? read(given) : { value: undefined }),
});

/** A row below a command; its arguments are read in their order. */
export interface Verb {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What follows the command: `add NAME [DATE]`. */
  readonly usage: string;
  /** What it does, as a sentence. */
  readonly summary: string;
  /** A whole line. */
  readonly example: string;
  /** The same in names of the event, where it has what that needs. */
  readonly exampleOf?: (names: EventNames) => string | undefined;
  /** Undefined when the words are no arguments of the verb. */
  run(schedule: Schedule, words: readonly string[], context: Context): Answer | undefined;
}

interface VerbRow<A extends Arguments> extends Omit<Verb, 'usage' | 'run'> {
  readonly takes: A;
  /** Undefined when they are read, and wrong all the same. */
  readonly run: (schedule: Schedule, values: Values<A>, context: Context) => Answer | undefined;
}

export function verb<A extends Arguments>({ takes, run, ...row }: VerbRow<A>): Verb {
  const entries = Object.entries(takes);
  return {
    ...row,
    usage: [row.name, ...entries.map(([, { usage }]) => usage)].join(' '),
    run: (schedule, given, context) => {
      const values = valuesOf(entries, given);
      return values && run(schedule, values as Values<A>, context);
    },
  };
}

/** The values of arguments that together take all words; undefined where they cannot. */
function valuesOf(
  [first, ...others]: readonly (readonly [string, Argument<unknown>])[],
  given: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  if (!first) return given.length ? undefined : {};
  const [name, { least, most, read }] = first;
  for (let count = least; count <= Math.min(most, given.length); count++) {
    const mine = read(given.slice(0, count));
    const rest = mine && valuesOf(others, given.slice(count));
    if (rest) return { [name]: mine.value, ...rest };
  }
  return undefined;
}

/** A command whose first word is a verb. @param bare answers the command alone, where that means something */
export function commandWithVerbs({
  name,
  summary,
  verbs,
  bare,
}: Pick<OperatorCommand, 'name' | 'summary'> & {
  readonly verbs: readonly [Verb, ...Verb[]];
  readonly bare?: (schedule: Schedule) => Answer;
}): OperatorCommand {
  const forms = verbs.map(({ usage }) => usage).join(' | ');
  const command: OperatorCommand = {
    kind: 'operator',
    name,
    usage: `~${name} ${bare ? `[${forms}]` : forms}`,
    summary,
    example: verbs[0].example,
    verbs,
    run: (schedule, said, context) => {
      const [first = '', ...rest] = said.split(/\s+/);
      if (first === '' && bare) return bare(schedule);
      const called = verbs.find((one) => isCalled(one, first.toLowerCase()));
      const meant = called ?? nearestVerb(verbs, first);
      if (!called && meant)
        return {
          reply: wording.unknownCommand(
            `~${name} ${first}`,
            ['~' + name, meant.name, ...rest].join(' '),
          ),
        };
      return called?.run(schedule, rest, context) ?? { reply: wording.rightForm(command) };
    },
  };
  return command;
}

/** The verb that somebody may have meant. */
export function nearestVerb(verbs: readonly Verb[], given: string): Verb | undefined {
  const name = nearest(
    given,
    verbs.map((one) => one.name),
  );
  return verbs.find((one) => one.name === name);
}
