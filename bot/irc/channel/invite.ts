import { LRUCache } from 'lru-cache';
import { wording } from '../../wording.ts';
import { isTarget } from '../outgoing/target.ts';
import type { SessionContext } from '../session-context.ts';

/** So many people are remembered as having been told. */
const maxDeclined = 200;

/** Accepts invitations to our channels; says, once to everybody, that we don't come to others. */
export function followInvites(
  { client, channels, isMe, ourChannel }: SessionContext,
  sendIfIdle: (send: () => void) => void,
  onInvited: (channel: string) => void,
): void {
  const declined = new LRUCache<string, true>({ max: maxDeclined });
  client.on('invite', ({ nick, invited, channel }) => {
    if (!nick || !isTarget(nick) || !isMe(invited ?? '')) return;
    const ours = ourChannel(channel);
    if (ours) return onInvited(ours);
    if (declined.has(nick)) return;
    sendIfIdle(() => {
      declined.set(nick, true);
      client.say(nick, wording.invited(channels));
    });
  });
}
