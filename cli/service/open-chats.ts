import type { Logger } from 'pino';
import type { Chat } from '../../bot/chat.ts';
import type { Config } from '../config.ts';
import { asUsageError, UsageError } from '../usage-error.ts';

/** Without any network, the terminal is where people speak. */
export const isTerminalTheChat = ({ irc }: Config): boolean => !irc;

/**
 * The chats that the configuration asks for, each network by its section.
 * @param fail called when the service cannot go on
 * @throws {UsageError}
 */
export async function openChats(
  config: Config,
  logger: Logger,
  fail: (error: Error) => void,
): Promise<readonly Chat[]> {
  const chats: Chat[] = [];
  if (config.irc) {
    const { createIrcChat } = await import('../../bot/irc/irc-chat.ts');
    try {
      const onRefused = (why: string) =>
        fail(new UsageError(`irc: ${why}, and signIn is required`));
      chats.push(createIrcChat(config.irc, logger, { onRefused }));
    } catch (error) {
      asUsageError(error);
    }
  }
  if (isTerminalTheChat(config)) {
    const { createConsoleChat } = await import('../../bot/console.ts');
    const { listen } = config.site;
    chats.push(
      createConsoleChat({
        input: process.stdin,
        output: process.stdout,
        welcome: [
          ...(listen === false ? [] : [`The page: http://${listen}/`]),
          'Type what a track discusses, such as: #nova now cells',
          'Type help for more, or quit to end.',
        ].join('\n'),
      }),
    );
  }
  return chats;
}
