import type { Client, ClientEvents } from 'irc-framework';
import type { AccountInfo, Roster } from './roster.ts';
import { limiter } from '../../rate-limit/limiter.ts';
import type { Timing } from '../timing.ts';

export interface Accounts {
  /** Whose message it is, at once where the network tells, else as soon as WHOIS has answered. */
  of(message: ClientEvents['privmsg']): AccountInfo | Promise<AccountInfo>;
  /** Do we wait for what WHOIS says about this nick? */
  isWhoisPending(nick: string): boolean;
  stop(): void;
}

const noAccount: AccountInfo = { account: undefined };
/** For how long an answer of WHOIS counts: nobody tells us of a log-out, or a log-in. */
const [knownSeconds, unknownSeconds] = [300, 20];
/** The server has a limit for us, so queries have one. */
const whoisRate = { burst: 3, intervalSeconds: 2 };

/**
 * Knows people by the tag of the message, else by what joins, logins and the list of a channel
 * told, else by WHOIS, which is asked when somebody seems to give a command.
 */
export function followAccounts(client: Client, roster: Roster, timing: Timing): Accounts {
  const pending = new Map<string, PromiseWithResolvers<AccountInfo>>();
  const mayQuery = limiter(whoisRate);

  const resolveQuery = (nick: string | undefined, known: AccountInfo) => {
    const key = roster.fold(nick ?? '');
    pending.get(key)?.resolve(known);
    pending.delete(key);
  };
  const queryWhois = (nick: string): Promise<AccountInfo> => {
    const key = roster.fold(nick);
    const running = pending.get(key);
    if (running) return running.promise;
    if (!mayQuery()) return Promise.resolve(noAccount);
    const query = Promise.withResolvers<AccountInfo>();
    pending.set(key, query);
    setTimeout(() => resolveQuery(nick, noAccount), timing.whoisSeconds * 1000).unref();
    client.raw('WHOIS', nick);
    return query.promise;
  };

  client.on('whois', ({ nick, account, registered_nick, bot }) => {
    if (!nick || !pending.has(roster.fold(nick))) return;
    const name = account ?? (registered_nick === undefined ? undefined : nick);
    const seconds = name === undefined ? unknownSeconds : knownSeconds;
    const known: AccountInfo = {
      account: name,
      until: Date.now() + seconds * 1000,
      isBot: bot !== undefined,
    };
    roster.identified(nick, known);
    resolveQuery(nick, known);
  });
  // From here on the answer may be about somebody else of that name.
  client.on('nick', ({ nick }) => resolveQuery(nick, noAccount));
  client.on('quit', ({ nick }) => resolveQuery(nick, noAccount));
  client.on('part', ({ nick }) => resolveQuery(nick, noAccount));
  client.on('kick', ({ kicked }) => resolveQuery(kicked, noAccount));

  return {
    of({ nick = '', account, message, target }) {
      if (client.network.cap.isEnabled('account-tag')) {
        const told = { account: account || undefined };
        roster.identified(nick, told);
        return told;
      }
      const known = roster.known(nick, Date.now());
      if (known) return known;
      const isCommand = /^\s*[#+~]/.test(message ?? '') || !/^[#&+!]/.test(target ?? '');
      return isCommand ? queryWhois(nick) : noAccount;
    },
    isWhoisPending: (nick) => pending.has(roster.fold(nick)),
    stop() {
      for (const nick of pending.keys()) resolveQuery(nick, noAccount);
    },
  };
}
