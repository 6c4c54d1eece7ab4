import type { Logger } from 'pino';
import { explainNetworkError } from '../connection/network-errors.ts';
import { limiter } from '../../rate-limit/limiter.ts';
import { plainText } from '../../text.ts';
import type { SessionContext } from '../session-context.ts';

/** A server that complains without end must not fill the disk. */
const logRate = { burst: 30, intervalSeconds: 30 };

export interface ServerErrors {
  /** Why the connection ends, as the second half of a sentence about the server. */
  readonly closeReason: string;
  /** Whoever handled a line threw. */
  handlerThrew(error: unknown, line: string): void;
}

/** Puts what the server refuses into the log, and remembers why it ends the connection. */
export function followServerErrors(
  { client, ourChannel }: SessionContext,
  logger: Logger,
): ServerErrors {
  let reason = '';
  const mayLog = limiter(logRate);
  const warn = (sentence: string) => {
    if (mayLog()) logger.warn(plainText(sentence).slice(0, 400));
  };

  client.on('irc error', (error) => {
    const said = plainText(error.reason ?? error.error).slice(0, 300);
    // Some say why in the refusal, some in the good-bye after it.
    if (error.error === 'irc' || error.error === 'banned_from_network')
      reason = reason ? `${reason}; ${said}`.slice(0, 700) : `it said: ${said}`;
    else if (error.error === 'password_mismatch') reason = 'it does not accept the password';
    else if (error.error !== 'no_such_nick')
      warn(`The server refuses ${error.channel ?? 'something'}: ${said}`);
  });
  client.on('channel_redirect', ({ from, to }) => {
    warn(`The server sends us to ${to} instead of ${from}: we don't go there`);
  });
  client.on('unknown command', ({ command, params }) => {
    const channel = ourChannel(params[1]);
    if (/^[45]\d\d$/.test(command) && channel)
      warn(`The server refuses ${channel}: ${params.at(-1)}`);
  });
  client.on('ping timeout', () => {
    reason ||= 'it fell silent';
  });
  client.on('socket close', (error) => {
    if (error) reason ||= explainNetworkError(error);
  });

  return {
    handlerThrew(error, line) {
      if (mayLog())
        logger.warn({ err: error, line: line.slice(0, 200) }, 'A line could not be handled');
    },
    get closeReason() {
      return reason || 'it closed the connection';
    },
  };
}
