/** What somebody may do in the channel where they speak; prefixes above op count as op. */
export type Role = 'op' | 'voice' | 'none';

/** One line that a person said, as an adapter hands it to the bot: clean text, no control codes. */
export interface ChatLine {
  readonly nick: string;
  /** Services account, where the network tells one. */
  readonly account?: string;
  /** Role of the speaker in the channel of this line; `none` in private. */
  readonly role: Role;
  /** The channel it was said in, with its prefix; undefined in private. */
  readonly channel?: string;
  readonly text: string;
  /** The server's time where it is within a minute of ours, else ours. */
  readonly time: Date;
}

/** A chat that the bot takes part in: IRC, or the terminal. */
export interface Chat {
  /** Name of the network in the addresses of commit authors: `oftc`, `console`. */
  readonly network: string;
  /** Begins, and goes on until `stop`; `onLine` is called for each line, in the order said. */
  start(onLine: (line: ChatLine) => void): void;
  /**
   * Queues text for a channel or a nick and returns at once. It is delivered as the rate limit
   * allows, or never, when the connection is gone; nobody may wait for it.
   */
  say(target: string, text: string): void;
  /** Says good-bye and leaves; resolves when the connection is closed, or after a few seconds. */
  stop(farewell: string): Promise<void>;
}
