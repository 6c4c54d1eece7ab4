import type { Client } from 'irc-framework';

/** What all that listens on one connection shares: who we are on it, and which channels are ours. */
export interface SessionContext {
  readonly client: Client;
  /** As the configuration names them. */
  readonly channels: readonly string[];
  /** Names that fold alike are the same to the server. */
  readonly fold: (name: string) => string;
  readonly isMe: (nick: string) => boolean;
  /** The channel as the configuration names it, if it is one of ours. */
  readonly ourChannel: (name: string | undefined) => string | undefined;
}
