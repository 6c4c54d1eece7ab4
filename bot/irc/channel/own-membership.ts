import type { Logger } from 'pino';
import type { SessionContext } from '../session-context.ts';
import type { Joins } from './joins.ts';

export interface MembershipEvents {
  /** We are in the channel, and know who else is and with which role. */
  readonly onJoined: (channel: string) => void;
  readonly onLeft: (channel: string) => void;
}

/** Follows whether we are in our channels; goes back into them, and leaves all others. */
export function followOwnMembership(
  { client, isMe, ourChannel }: SessionContext,
  joins: Joins,
  logger: Logger,
  events: MembershipEvents,
): void {
  const left = (channel: string | undefined, nick: string | undefined, how: string) => {
    const ours = ourChannel(channel);
    if (!ours || !nick || !isMe(nick)) return;
    logger.warn(`${how} ${ours}: we go back in a while`);
    joins.left(ours);
    events.onLeft(ours);
  };

  client.on('join', ({ channel, nick }) => {
    if (!channel || !nick || !isMe(nick)) return;
    const ours = ourChannel(channel);
    if (ours) joins.joined(ours);
    else client.part(channel);
  });
  client.on('userlist', ({ channel }) => {
    const ours = ourChannel(channel);
    if (ours) events.onJoined(ours);
  });
  client.on('kick', ({ channel, kicked, nick: by }) =>
    left(channel, kicked, `${by || 'Somebody'} kicked us out of`),
  );
  client.on('part', ({ channel, nick }) => left(channel, nick, 'We are no longer in'));
}
