import type { Logger } from 'pino';
import type { Chat } from '../../bot/chat.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The chats that the configuration asks for; without any it is the terminal.
 * @param fail called when the service cannot go on
 * @throws {UsageError}
 */
export async function openChats(
  { irc }: Config,
  logger: Logger,
  fail: (error: Error) => void,
): Promise<readonly Chat[]> {
  if (!irc) {
    const { createConsoleChat } = await import('../../bot/console.ts');
    return [createConsoleChat({ input: process.stdin, output: process.stdout })];
  }
  const { createIrcChat } = await import('../../bot/irc/irc-chat.ts');
  try {
    const onRefused = (why: string) => fail(new UsageError(`irc: ${why}, and signIn is required`));
    return [createIrcChat(irc, logger, { onRefused })];
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}
