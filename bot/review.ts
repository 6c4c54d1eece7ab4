/** Which commands only propose what they would change, until an operator approves it. */
import type { ChatLine } from './chat.ts';
import type { Command } from './commands/command.ts';

export interface ReviewRules {
  /** Names of commands, `del`. */
  readonly commands: ReadonlySet<string>;
  /** Whatever people say whom services don't know, but for operators. */
  readonly unidentified: boolean;
}

export function needsReview(
  { name }: Pick<Command, 'name'>,
  { account, role }: Pick<ChatLine, 'account' | 'role'>,
  { commands, unidentified }: ReviewRules,
): boolean {
  return commands.has(name) || (unidentified && account === undefined && role !== 'op');
}
