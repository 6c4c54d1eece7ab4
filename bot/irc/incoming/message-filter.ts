import { limiter } from '../../rate-limit/limiter.ts';
import type { SessionContext } from '../session-context.ts';

/** What of a line it takes to judge whether it may be handled. */
export interface ServerMessage {
  readonly command: string;
  readonly nick: string;
  readonly params: string[];
  readonly tags: Readonly<Record<string, string | undefined>>;
}

/** What the session knows. */
export interface FilterContext {
  /** One of the channels of the configuration. */
  readonly isOurs: (channel: string) => boolean;
  readonly isMe: (nick: string) => boolean;
  /** Did we ask WHOIS about this nick, and wait for the answer? */
  readonly isWhoisPending: (nick: string) => boolean;
}

/** Longer ones exist on no network. */
const maxNickLength = 64;
/** Lines of one list of a channel: far more than the members of any. */
const maxListed = 5000;
/** Lines about capabilities: some when we connect, few later. */
const capRate = { burst: 100, intervalSeconds: 10 };
const maxBatches = 100;

/** Batches whose lines happen now; what stands in others is history, or nothing that we asked for. */
const liveBatches = new Set(['netsplit', 'netjoin']);

/** What the server says about itself (ISUPPORT) and somebody here asks for. */
const isupportTokens = new Set(
  'BOT CASEMAPPING CHANMODES CHANTYPES NAMESX NETWORK PREFIX STATUSMSG TOPICLEN WHOX'.split(' '),
);

/** Where the channel stands among the parameters. */
const channelParameter: Readonly<Record<string, number>> = {
  JOIN: 0,
  PART: 0,
  KICK: 0,
  TOPIC: 0,
  331: 1,
  332: 1,
  333: 1,
  354: 2,
  366: 1,
  353: 2,
};

const alwaysAccepted = new Set(
  'ACCOUNT AUTHENTICATE CAP ERROR INVITE MODE NICK NOTICE PING PONG PRIVMSG QUIT 001 005 315'.split(
    ' ',
  ),
);
const whoisReplies = new Set(['301', '307', '311', '318', '330', '335']);
/** Refusals, and those about signing in. */
const refusals = /^(?:4\d\d|9\d\d)$/;

/**
 * Lets in what somebody here waits for, and keeps out what a server could fill the memory with:
 * the library gathers answers, batches and capabilities until they are complete, if ever.
 */
export class MessageFilter {
  readonly #context: FilterContext;
  /** Open batches, and whether what is in them happens now. */
  readonly #batches = new Map<string, boolean>();
  #listed = 0;
  readonly #mayNegotiate = limiter(capRate);

  constructor(context: FilterContext) {
    this.#context = context;
  }

  /** May the line be handled? One in a batch of things that happen now loses the mark of it. */
  accepts(line: ServerMessage): boolean {
    const { command, nick, params } = line;
    if (nick.length > maxNickLength) return false;
    const batch = line.tags['batch'];
    const isLive = batch === undefined || this.#batches.get(batch) === true;
    if (command === 'BATCH') {
      this.#batch(params, isLive);
      return false;
    }
    return isLive && this.#isExpected(command, nick, params);
  }

  #isExpected(command: string, nick: string, params: string[]): boolean {
    const { isOurs, isMe, isWhoisPending } = this.#context;
    const channel = channelParameter[command];
    // A channel where the server puts us unasked is left again.
    if (channel !== undefined && !isOurs(params[channel] ?? ''))
      return command === 'JOIN' && isMe(nick);
    if (command === '353' || command === '354') return ++this.#listed <= maxListed;
    if (command === '366' || command === '315') this.#listed = 0;
    if (command === 'CAP') return this.#mayNegotiate();
    if (command === 'MODE') return isOurs(params[0] ?? '') || isMe(params[0] ?? '');
    if (command === 'NICK') return (params[0] ?? '').length <= maxNickLength;
    if (command === '005') {
      params.splice(
        1,
        Infinity,
        ...params.slice(1).filter((token) => isupportTokens.has(tokenName(token))),
      );
      return true;
    }
    if (whoisReplies.has(command)) return isWhoisPending(params[1] ?? '');
    return channel !== undefined || alwaysAccepted.has(command) || refusals.test(command);
  }

  #batch([reference = '', type = '']: readonly string[], isLive: boolean): void {
    const name = reference.slice(1);
    if (reference.startsWith('-')) this.#batches.delete(name);
    else if (this.#batches.size < maxBatches && name.length <= maxNickLength)
      this.#batches.set(name, isLive && liveBatches.has(type));
  }
}

const tokenName = (token: string) => token.split('=', 1)[0]!.toUpperCase();

/** Shows the library only what may be handled. */
export function filterMessages(
  { client, isMe, ourChannel }: SessionContext,
  isWhoisPending: (nick: string) => boolean,
): void {
  const filter = new MessageFilter({
    isOurs: (channel) => ourChannel(channel) !== undefined,
    isMe,
    isWhoisPending,
  });
  const handler = client.command_handler;
  const dispatch = handler.dispatch.bind(handler);
  handler.dispatch = (message) => {
    if (filter.accepts(message)) dispatch(message);
  };
}
