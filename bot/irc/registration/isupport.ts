import type { Client } from 'irc-framework';
import type { Supported } from '../roster/roster.ts';

export interface Isupport extends Supported {
  /** As the server calls its network. */
  readonly network: string | undefined;
  /** Bytes that a topic may have. */
  readonly topicLength: number;
}

const defaultPrefixModes = ['q', 'a', 'o', 'h', 'v'];
const defaultTopicLength = 300;

/** What the server says about itself (numeric 005, ISUPPORT), and what is usual until it does. */
export function isupportOf({ network: { options } }: Client): Isupport {
  const { CASEMAPPING, PREFIX, NETWORK, TOPICLEN } = options;
  return {
    casemapping: typeof CASEMAPPING === 'string' ? CASEMAPPING : 'rfc1459',
    prefixModes: Array.isArray(PREFIX)
      ? PREFIX.map(({ mode }: { mode: string }) => mode)
      : defaultPrefixModes,
    network: typeof NETWORK === 'string' ? NETWORK : undefined,
    topicLength: Number(TOPICLEN) || defaultTopicLength,
  };
}
