/**
 * incoming/ decides which lines of the server are handled, and makes of PRIVMSG what somebody said.
 * It never knows what a command means. This file: PRIVMSG.
 */

import type { Client, ClientEvents } from 'irc-framework';
import type { LRUCache } from 'lru-cache';
import type { ChatLine, Role } from '../../chat.ts';
import { plainText } from '../../text.ts';
import type { Accounts } from '../roster/accounts.ts';
import { inArrivalOrder } from './in-order.ts';
import type { AccountInfo } from '../roster/roster.ts';

export interface PrivmsgOptions {
  readonly client: Client;
  /** Asked anew for each message, as our nick may change. */
  readonly context: () => MessageContext;
  readonly accounts: Accounts;
  /** Accounts of operators. */
  readonly operators: () => readonly string[];
  /** Ids of messages that came, on this connection and those before. */
  readonly seenMessageIds: LRUCache<string, true>;
  /** Is it what we said to them? A bot that says everything back must not keep us talking. */
  readonly isEcho: (nick: string, text: string) => boolean;
  readonly onLine: (line: ChatLine) => void;
}

/** Nobody's ids are longer; they are kept for a while. */
const maxIdLength = 200;

/** Delivers what people say, each line once, with who they are, in the order said. */
export function followPrivmsg(options: PrivmsgOptions): void {
  const { client, accounts, operators, seenMessageIds, isEcho, onLine } = options;
  const deliver = inArrivalOrder(({ line, known }: { line: ChatLine; known: AccountInfo }) => {
    const context = options.context();
    if (context.isRelay(line.nick)) return onLine(relayedLine(line));
    if (known.isBot) return;
    const { account } = known;
    const isOperator =
      account !== undefined &&
      operators().some((operator) => context.fold(operator) === context.fold(account));
    onLine({
      ...line,
      ...(account !== undefined && { account }),
      ...(isOperator && { role: 'op' }),
    });
  });

  client.on('privmsg', (message) => {
    const line = chatLineOf(message, options.context(), Date.now());
    if (!line || (line.channel === undefined && isEcho(line.nick, line.text))) return;
    const id = message.tags['msgid'];
    if (id && id.length <= maxIdLength) {
      if (seenMessageIds.has(id)) return;
      seenMessageIds.set(id, true);
    }
    const known = accounts.of(message);
    if (known instanceof Promise) deliver(known.then((one) => ({ line, known: one })));
    else deliver({ line, known });
  });
}

/** Nobody's name is longer; characters that cannot be seen keep bridges from calling people by name. */
const maxNameLength = 60;
const invisible = /\p{Cf}/gu;

/** What somebody said through a bridge: theirs is what they say, but the rights of the bridge are not. */
export function relayedLine({ account: _, ...line }: ChatLine): ChatLine {
  const [, name = '', text = ''] =
    /^[<[(]\s*([^>\])]+?)\s*[>\])]:?\s+(\S.*)$/su.exec(line.text) ?? [];
  const person = name.replace(invisible, '').slice(0, maxNameLength).toWellFormed().trim();
  return person && line.channel !== undefined
    ? { ...line, nick: `${person} via ${line.nick}`, text, role: 'none' }
    : { ...line, role: 'none' };
}

/** What it takes to understand a message. */
export interface MessageContext {
  /** Our own nick at the moment. */
  readonly nick: string;
  /** The channels where we listen. */
  readonly channels: readonly string[];
  /** Names that fold alike are the same. */
  fold(name: string): string;
  role(channel: string, nick: string): Role;
  /** Is it the nick of a bridge, which speaks for others? */
  isRelay(nick: string): boolean;
  /** Does somebody of this nick share a channel with us? */
  isPresent(nick: string): boolean;
}

/** Further from our clock than this, the server's is not believed. */
const clockSkew = 60_000;

/** The mark of bots (IRCv3 bot mode), also under the names of its drafts: `draft/bot`. */
const botTag = /(^|\/)bot$/;

/**
 * The line that somebody said, or undefined if it isn't for us: our own, another bot's, one that
 * only some members get, history, from a channel where we don't listen, or in private from
 * somebody whom we don't see in any.
 *
 * @param now milliseconds since 1970
 */
export function chatLineOf(
  message: ClientEvents['privmsg'],
  context: MessageContext,
  now: number,
): ChatLine | undefined {
  if (message.from_server || message.group || message.batch) return undefined;

  const nick = plainText(message.nick ?? '').replace(/\s/g, '');
  const isBot = Object.keys(message.tags).some((tag) => botTag.test(tag));
  if (isBot && !context.isRelay(nick)) return undefined;
  const text = plainText(message.message ?? '');
  if (nick === '' || text === '') return undefined;
  if (context.fold(nick) === context.fold(context.nick)) return undefined;

  const target = context.fold(message.target ?? '');
  const channel = context.channels.find((name) => context.fold(name) === target);
  if (channel === undefined && target !== context.fold(context.nick)) return undefined;
  if (channel === undefined && !context.isPresent(nick)) return undefined;

  const sent = message.time;
  return {
    nick,
    role: channel === undefined ? 'none' : context.role(channel, nick),
    ...(channel !== undefined && { channel }),
    text,
    time: new Date(sent !== undefined && Math.abs(sent - now) <= clockSkew ? sent : now),
  };
}
