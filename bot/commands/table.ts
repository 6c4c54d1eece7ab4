/** The command table. Help, and what a line is taken for, are made from it. */
import { book, unbook } from './bookings.ts';
import type { Command, PersonCommand, TrackCommand } from './command.ts';
import { color, etherpad, location, url } from './details.ts';
import { helpFor } from './help.ts';
import { clean, next, now } from './topics.ts';

export const trackCommands: readonly TrackCommand[] = [
  now,
  next,
  clean,
  etherpad,
  url,
  color,
  location,
  book,
  unbook,
];

const help: PersonCommand = helpFor(() => [...trackCommands, ...personCommands]);

export const personCommands: readonly PersonCommand[] = [help];

/** The command of a name, or of one of its aliases, ignoring case. */
export function commandNamed<C extends Command>(
  commands: readonly C[],
  word: string,
): C | undefined {
  const wanted = word.toLowerCase();
  return commands.find(({ name, aliases = [] }) => name === wanted || aliases.includes(wanted));
}
