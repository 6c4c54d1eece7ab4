import {
  commandNamed,
  operatorCommands,
  personCommands,
  trackCommands,
} from '../../bot/commands/table.ts';
import type { ReviewRules } from '../../bot/review.ts';
import { nearest } from '../../schedule-data/text/nearest.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../usage-error.ts';

const known = [...trackCommands, ...personCommands, ...operatorCommands];

/** Undefined where nothing is reviewed. @throws {UsageError} that names a command that there is not */
export function reviewRules({ review }: Config): ReviewRules | undefined {
  return (
    review && {
      commands: new Set(review.commands.map(nameOf)),
      unidentified: review.unidentified,
    }
  );
}

/** Of a command that may be called by an alias. */
function nameOf(word: string): string {
  const command = commandNamed(known, word);
  if (command) return command.name;
  const meant = nearest(
    word,
    known.map(({ name }) => name),
  );
  throw new UsageError(
    `review.commands: there is no command ${word}; expected ${meant ?? 'the name of one, such as emptydb'}`,
  );
}
