import type { Client } from 'irc-framework';
import { wording } from '../../wording.ts';
import { RecentSet } from '../incoming/recent.ts';

export interface Company {
  readonly isMe: (nick: string) => boolean;
  /** The channel as the configuration names it, if it is one of ours. */
  readonly ourChannel: (name: string | undefined) => string | undefined;
  /** Can it stand in a line without being taken for more than a nick? */
  readonly isTarget: (nick: string) => boolean;
  /** Does something that costs a line, if there is nothing else to say. */
  readonly atOnce: (act: () => void) => void;
  /** Somebody lets us into one of our channels. */
  readonly onInvited: (channel: string) => void;
}

/** So many people are remembered as having been told. */
const mostDeclined = 200;

/** What is expected of a bot: it says that it is one, what it is, and thanks for invitations. */
export function mindManners(client: Client, channels: readonly string[], company: Company): void {
  const { isMe, isTarget, ourChannel, atOnce } = company;
  const declined = new RecentSet(mostDeclined);
  let isMarked = false;

  client.on('server options', ({ options: { BOT } }) => {
    if (isMarked || typeof BOT !== 'string' || !/^[A-Za-z]$/.test(BOT)) return;
    isMarked = true;
    client.raw('MODE', client.user.nick, `+${BOT}`);
  });

  client.on('ctcp request', ({ nick: asker, target, type, message, from_server }) => {
    // Answered only when there is nothing else to say, so that nobody can fill the outbox.
    if (from_server || !asker || !isTarget(asker) || isMe(asker) || !isMe(target ?? '')) return;
    const answer =
      type === 'VERSION' ? 'ptgbot' : type === 'PING' ? message?.slice(5, 60).trim() : undefined;
    if (type && answer !== undefined) atOnce(() => client.ctcpResponse(asker, type, answer));
  });

  client.on('invite', ({ nick, invited, channel }) => {
    if (!nick || !isTarget(nick) || !isMe(invited ?? '')) return;
    const ours = ourChannel(channel);
    if (ours) return company.onInvited(ours);
    if (declined.has(nick)) return;
    atOnce(() => {
      declined.seen(nick);
      client.say(nick, wording.invited(channels));
    });
  });
}
