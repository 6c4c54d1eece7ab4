import type { Client, ClientEvents } from 'irc-framework';
import type { AccountInfo, Roster } from './roster.ts';
import { limiter } from '../../rate-limit/limiter.ts';
import type { Timing } from '../timing.ts';

export interface Accounts {
  /** Whose message it is, at once where the network tells, else as soon as WHOIS has answered. */
  of(message: ClientEvents['privmsg']): AccountInfo | Promise<AccountInfo>;
  /** Do we wait for what WHOIS says about this nick? */
  isAsked(nick: string): boolean;
  stop(): void;
}

const nobody: AccountInfo = { account: undefined };
/** For how long an answer of WHOIS counts: nobody tells us of a log-out, or a log-in. */
const [knownSeconds, unknownSeconds] = [300, 20];
/** Questions are not without limit: the server has one for us. */
const questions = { burst: 3, intervalSeconds: 2 };

/**
 * Knows people by the tag of the message, else by what joins, logins and the list of a channel
 * told, else by WHOIS, which is asked when somebody seems to give a command.
 */
export function followAccounts(client: Client, roster: Roster, timing: Timing): Accounts {
  const asked = new Map<string, PromiseWithResolvers<AccountInfo>>();
  const mayAsk = limiter(questions);

  const settle = (nick: string | undefined, known: AccountInfo) => {
    const key = roster.fold(nick ?? '');
    asked.get(key)?.resolve(known);
    asked.delete(key);
  };
  const ask = (nick: string): Promise<AccountInfo> => {
    const key = roster.fold(nick);
    const pending = asked.get(key);
    if (pending) return pending.promise;
    if (!mayAsk()) return Promise.resolve(nobody);
    const question = Promise.withResolvers<AccountInfo>();
    asked.set(key, question);
    setTimeout(() => settle(nick, nobody), timing.whoisSeconds * 1000).unref();
    client.raw('WHOIS', nick);
    return question.promise;
  };

  client.on('whois', ({ nick, account, registered_nick, bot }) => {
    if (!nick || !asked.has(roster.fold(nick))) return;
    const name = account ?? (registered_nick === undefined ? undefined : nick);
    const seconds = name === undefined ? unknownSeconds : knownSeconds;
    const known: AccountInfo = {
      account: name,
      until: Date.now() + seconds * 1000,
      isBot: bot !== undefined,
    };
    roster.identified(nick, known);
    settle(nick, known);
  });
  // From here on the answer may be about somebody else of that name.
  client.on('nick', ({ nick }) => settle(nick, nobody));
  client.on('quit', ({ nick }) => settle(nick, nobody));
  client.on('part', ({ nick }) => settle(nick, nobody));
  client.on('kick', ({ kicked }) => settle(kicked, nobody));

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
      return isCommand ? ask(nick) : nobody;
    },
    isAsked: (nick) => asked.has(roster.fold(nick)),
    stop() {
      for (const nick of asked.keys()) settle(nick, nobody);
    },
  };
}
