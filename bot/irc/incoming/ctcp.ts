import { isTarget } from '../outgoing/target.ts';
import type { SessionContext } from '../session-context.ts';

/**
 * Answers the CTCP queries VERSION and PING, but only when there is nothing else to say, so that
 * nobody can fill the outbox.
 */
export function followCtcp(
  { client, isMe }: SessionContext,
  sendIfIdle: (send: () => void) => void,
): void {
  client.on('ctcp request', ({ nick, target, type, message, from_server }) => {
    if (from_server || !nick || !isTarget(nick) || isMe(nick) || !isMe(target ?? '')) return;
    const answer =
      type === 'VERSION' ? 'ptgbot' : type === 'PING' ? message?.slice(5, 60).trim() : undefined;
    if (type && answer !== undefined) sendIfIdle(() => client.ctcpResponse(nick, type, answer));
  });
}
