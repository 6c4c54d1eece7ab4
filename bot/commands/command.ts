import type { Track } from '../../schedule-data/format.ts';
import type { Schedule } from '../../schedule-data/schedule.ts';

/** What a command may know besides the schedule. */
export interface Context {
  /** Who speaks. */
  readonly nick: string;
  readonly now: Date;
  /** Where the page is published, when that is known. */
  readonly page?: string;
}

/** What a command answers. A reply without a schedule is a mistake, or there was nothing to do. */
export interface Answer {
  readonly schedule?: Schedule;
  /** One sentence for whoever spoke; none when everybody sees the result on the page. */
  readonly reply?: string;
}

interface CommandText {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** How it is typed; words in capitals stand for something: `#TRACK now TEXT`. */
  readonly usage: string;
  /** What it does, as a sentence. */
  readonly summary: string;
  readonly example: string;
}

/** `#TRACK name …`, in a channel; who may say it depends on the moderation of the event. */
export interface TrackCommand extends CommandText {
  readonly kind: 'track';
  run(schedule: Schedule, call: TrackCall, context: Context): Answer;
}

export interface TrackCall {
  /** Slug of the track. */
  readonly slug: string;
  readonly track: Track;
  /** What follows the command, trimmed; may be empty. */
  readonly text: string;
}

/** `+name …`, for anyone, also in private. */
export interface PersonCommand extends CommandText {
  readonly kind: 'person';
  run(schedule: Schedule, text: string, context: Context): Answer;
}

/** `~name …`, in a channel, by its operators. */
export interface OperatorCommand extends CommandText {
  readonly kind: 'operator';
  run(schedule: Schedule, text: string, context: Context): Answer;
}

/** Is this how a command is called? `word` is in lower case. */
export function isCalled({ name, aliases = [] }: CommandText, word: string): boolean {
  return name === word || aliases.includes(word);
}

export type Command = TrackCommand | PersonCommand | OperatorCommand;
