/**
 * What people told the bot of themselves: where they are, and what they want to hear of. Personal,
 * so it has a repository of its own that nobody else reads.
 */
import { z } from 'zod';
import { instant, line, slug } from '../format.ts';
import { percentEncoded } from '../text.ts';

const nick = line(100);

/** Longest pattern of a subscription, in characters. */
export const longestPattern = 300;

export const personSchema = z
  .strictObject({
    /** As they spelled it last. */
    nick,
    /** Account with services, as these spell it; only for people who are keyed by it. */
    account: nick.optional(),
    /** Where they said that they are; stays after they left, until the day ends. */
    checkIn: z
      .strictObject({
        /** The track that they are with; else `location` says where they are. */
        track: slug.optional(),
        location: line(200).optional(),
        since: instant,
      })
      .readonly()
      .optional(),
    /** When they left. */
    checkOut: instant.optional(),
    /** A pattern (RE2) for what they want to be told of. */
    subscription: line(longestPattern).optional(),
  })
  .readonly();

export type Person = z.output<typeof personSchema>;

/** Everybody by their key, see `personKey`. */
export type People = ReadonlyMap<string, Person>;

/** Somebody in a chat. Both are folded as their network does it, so that one person has one form. */
export interface Identity {
  readonly nick: string;
  /** Where services vouch for it. */
  readonly account?: string | undefined;
}

/**
 * Under which name people are kept: their account where services vouch for it, else their nick.
 * It is the name of a file as well.
 */
export function personKey({ nick, account }: Identity): string {
  return account === undefined
    ? `nick-${percentEncoded(nick)}`
    : `account-${percentEncoded(account)}`;
}
