import type { Identity } from '../schedule-data/people/person.ts';

/** What somebody may do in the channel where they speak; prefixes above op count as op. */
export type Role = 'op' | 'voice' | 'none';

/** One line that a person said, as an adapter hands it to the bot: clean text, no control codes. */
export interface ChatLine {
  readonly nick: string;
  /** Services account, where the network tells one. */
  readonly account?: string;
  /**
   * Role of the speaker in the channel of this line; `none` in private. Whose account the
   * configuration names as an operator's is `op` everywhere.
   */
  readonly role: Role;
  /** The channel it was said in, with its prefix; undefined in private. */
  readonly channel?: string;
  readonly text: string;
  /** The server's time where it is within a minute of ours, else ours. */
  readonly time: Date;
}

/** What a chat tells the bot. */
export interface ChatListener {
  /** Somebody said something; in the order said. */
  line(line: ChatLine): void;
  /** Somebody whom we see goes by another nick from now on. */
  renamed(from: string, to: string): void;
  /** The topic of a channel is known now, or is another. */
  topicChanged?(channel: string): void;
}

export interface Topic {
  readonly text: string;
  /** It was set by us. */
  readonly isOurs: boolean;
}

/** The topics of channels, where the bot is asked to keep them. */
export interface Topics {
  /** Undefined until it is known. */
  of(channel: string): Topic | undefined;
  /** Asks for it; whether it is granted, `topicChanged` tells. */
  set(channel: string, text: string): void;
  /** Bytes that a topic may have. */
  readonly limit: number;
}

/** How something is said. */
export interface SayOptions {
  /** Whom it answers; in a channel, their nick stands before it. */
  readonly to?: string;
  /** Replies (the default) go first; notices, which nobody waits for, may be late or given up. */
  readonly urgency?: 'reply' | 'notice';
}

/** A chat that the bot takes part in: IRC, or the terminal. */
export interface Chat {
  /** What kind of network it is, as the trailers of commits name it: `irc`, `console`. */
  readonly kind: string;
  /** The channels that the bot listens in; problems of the data are said there. */
  readonly channels: readonly string[];
  /** Name of the network in the addresses of commit authors: `oftc`, `console`. */
  readonly network: string;
  /** What we are called at the moment. */
  readonly nick: string;
  /** What is not as it should be with the connection, in sentences for people. */
  readonly problems: readonly string[];
  /** Undefined where there are none, or none that we should change. */
  readonly topics?: Topics;
  /** Since when we are connected; undefined while we aren't. */
  readonly connectedSince: Date | undefined;
  /** How many messages wait until they may be sent; undefined where none has to. */
  readonly waiting?: number;
  /** Begins, and goes on until `stop`. */
  start(listener: ChatListener): void;
  /** Nicks that fold alike are the same person to this network. */
  fold(nick: string): string;
  /**
   * The nick under which somebody can be spoken to right now: they share a channel with us, and
   * are logged in to their account where they have one. Undefined when they can't.
   */
  reach(person: Identity): string | undefined;
  /**
   * Queues text for a channel or a nick and returns at once. It is delivered as the rate limit
   * allows, or never, when the connection is gone; nobody may wait for it.
   */
  say(target: string, text: string, options?: SayOptions): void;
  /** Says good-bye and leaves; resolves when the connection is closed, or after a few seconds. */
  stop(farewell: string): Promise<void>;
}
