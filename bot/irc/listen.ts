import type { ClientEvents } from 'irc-framework';
import type { ChatLine, Role } from '../chat.ts';
import { clean } from './text.ts';

/** What it takes to understand a message. */
export interface Listener {
  /** Our own nick at the moment. */
  readonly nick: string;
  /** The channels where we listen. */
  readonly channels: readonly string[];
  /** Names that fold alike are the same. */
  fold(name: string): string;
  role(channel: string, nick: string): Role;
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
export function heard(
  message: ClientEvents['privmsg'],
  listener: Listener,
  now: number,
): ChatLine | undefined {
  if (message.from_server || message.group || message.batch) return undefined;
  if (Object.keys(message.tags).some((tag) => botTag.test(tag))) return undefined;

  const nick = clean(message.nick ?? '').replace(/\s/g, '');
  const text = clean(message.message ?? '');
  if (nick === '' || text === '') return undefined;
  if (listener.fold(nick) === listener.fold(listener.nick)) return undefined;

  const target = listener.fold(message.target ?? '');
  const channel = listener.channels.find((name) => listener.fold(name) === target);
  if (channel === undefined && target !== listener.fold(listener.nick)) return undefined;
  if (channel === undefined && !listener.isPresent(nick)) return undefined;

  const sent = message.time;
  return {
    nick,
    role: channel === undefined ? 'none' : listener.role(channel, nick),
    ...(channel !== undefined && { channel }),
    text,
    time: new Date(sent !== undefined && Math.abs(sent - now) <= clockSkew ? sent : now),
  };
}
