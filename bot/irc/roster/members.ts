import type { SessionContext } from '../session-context.ts';
import type { Roster } from './roster.ts';

/** Keeps the roster as the server tells it. */
export function followMembers({ client, isMe }: SessionContext, roster: Roster): void {
  // Without account-notify, a log-out would pass unnoticed.
  const accountsAreTold = () =>
    client.network.cap.isEnabled('extended-join') && client.network.cap.isEnabled('account-notify');
  const leave = (channel: string, nick: string) => {
    if (isMe(nick)) roster.forget(channel);
    else roster.left(channel, nick);
  };

  client.on('join', ({ channel, nick, account }) => {
    if (!channel || !nick) return;
    if (isMe(nick)) roster.forget(channel);
    roster.joined(channel, nick, accountsAreTold() ? { account: account || undefined } : undefined);
  });
  client.on('userlist', ({ channel, users }) => {
    if (!channel) return;
    roster.listed(channel, users);
    if (accountsAreTold() && client.network.options.WHOX) client.who(channel);
  });
  client.on('wholist', ({ users }) => {
    for (const { nick, account } of users)
      if (nick && account !== undefined) roster.identified(nick, { account: account || undefined });
  });
  client.on('account', ({ nick, account }) => {
    if (nick && accountsAreTold()) roster.identified(nick, { account: account || undefined });
  });
  client.on('part', ({ channel, nick }) => channel && nick && leave(channel, nick));
  client.on('kick', ({ channel, kicked }) => channel && kicked && leave(channel, kicked));
  client.on('quit', ({ nick }) => nick && roster.quit(nick));
  client.on('nick', ({ nick, new_nick }) => nick && new_nick && roster.renamed(nick, new_nick));
  client.on('mode', ({ target, modes }) => {
    for (const { mode, param } of modes) if (target && param) roster.mode(target, mode, param);
  });
}
