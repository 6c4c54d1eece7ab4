import type { ConnectionOptions } from 'node:tls';
import { Client } from 'irc-framework';
import type { Logger } from 'pino';
import type { Chat, ChatLine, SayOptions, Topic } from '../chat.ts';
import { wording } from '../wording.ts';
import { MessageFilter } from './incoming/message-filter.ts';
import { followServerErrors } from './incoming/server-errors.ts';
import type { IrcConfig } from './config.ts';
import { followPrivmsg } from './incoming/privmsg.ts';
import { followAccounts } from './roster/accounts.ts';
import { Joins } from './channel/joins.ts';
import { mindManners } from './channel/invitations.ts';
import { followMembers } from './roster/members.ts';
import { keepNick } from './registration/nick.ts';
import { createOutbox } from '../outgoing/outbox.ts';
import { RecentSet } from './incoming/recent.ts';
import { Roster } from './roster/roster.ts';
import { finishSaslAtItsEnd } from './registration/sasl.ts';
import { SignIn } from './registration/sign-in.ts';
import { parseStsPolicy, type StsPolicy } from './connection/sts.ts';
import { outgoingLines, split, textBytes } from '../text.ts';
import type { Timing } from './timing.ts';
import { followTopics } from './channel/topic.ts';
import { LineTransport } from './connection/transport.ts';

/** Where this connection goes, and what is known from those before. */
export interface Destination {
  readonly port: number;
  /** `false`: without TLS. */
  readonly tls: ConnectionOptions | false;
  /** Ids of messages that were heard. */
  readonly heardIds: RecentSet;
}

export interface SessionEvents {
  readonly onRegistered: () => void;
  /** We are in the channel, and know who else is and with which role. */
  readonly onJoined: (channel: string) => void;
  readonly onLeft: (channel: string) => void;
  readonly onLine: (line: ChatLine) => void;
  readonly onRenamed: (from: string, to: string) => void;
  readonly onTopic: (channel: string) => void;
  readonly onSignedIn: (account: string | undefined) => void;
  /** @param why a sentence for people */
  readonly onSignInFailed: (why: string) => void;
  readonly onPolicy: (policy: StsPolicy) => void;
  /** Once, at the end. @param reason the second half of a sentence about the server */
  readonly onClosed: (reason: string) => void;
}

/** One connection to a server, from the first packet to the last. */
export interface Session {
  readonly nick: string;
  /** As the server calls its network. */
  readonly network: string | undefined;
  fold(name: string): string;
  reach: Chat['reach'];
  say: Chat['say'];
  topic(channel: string): Topic | undefined;
  setTopic(channel: string, text: string): void;
  /** Bytes that a topic may have. */
  readonly topicLimit: number;
  quit(farewell: string): void;
  /** Ends it without ceremony. */
  destroy(): void;
}

/** A nick or channel that can stand in a line without being taken for more than that. */
const oneTarget = /^[^\s:,\p{Cc}][^\s,\p{Cc}]*$/u;

const defaultPrefixes = ['q', 'a', 'o', 'h', 'v'];
const defaultTopicLimit = 300;
/** What we said in private, so that it is known when it comes back. */
const rememberedTexts = 100;

/** Connects, and joins the channels. Each session has a client of its own: no state is left over. */
export function openSession(
  config: IrcConfig,
  { port, tls, heardIds }: Destination,
  timing: Timing,
  logger: Logger,
  events: SessionEvents,
): Session {
  const client = new Client({
    nick: config.nick,
    username: config.nick.replace(/[^A-Za-z0-9]/g, '').slice(0, 10) || 'ptgbot',
    gecos: 'ptgbot, shows what is being discussed where',
    password: config.password,
    // Without an account here the library would use the server's password for SASL.
    account: config.sasl ?? {},
    sasl_mechanism: config.sasl || !config.certificate ? 'PLAIN' : 'EXTERNAL',
    // Its own answer would go past the outbox: anybody could have us thrown out for flooding.
    version: '',
    auto_reconnect: false,
    ping_interval: 30,
    ping_timeout: 90,
    message_max_length: 512,
    transport: LineTransport.with({
      host: config.server,
      port,
      tls,
      onFault: (error, line) => serverErrors.fault(error, line),
    }),
  });

  let registered = false;
  let closed = false;
  const roster = new Roster(() => {
    const { CASEMAPPING, PREFIX } = client.network.options;
    return {
      casemapping: typeof CASEMAPPING === 'string' ? CASEMAPPING : 'rfc1459',
      prefixModes: Array.isArray(PREFIX)
        ? PREFIX.map(({ mode }: { mode: string }) => mode)
        : defaultPrefixes,
    };
  });
  const fold = (name: string) => roster.fold(name);
  const channels = config.channel.map(({ name }) => name);
  const ourChannel = (name: string | undefined) =>
    channels.find((channel) => fold(channel) === fold(name ?? ''));
  const isMe = (name: string) => fold(name) === fold(nick.current);
  const accounts = followAccounts(client, roster, timing);
  filterMessages(
    client,
    new MessageFilter({
      isOurs: (channel) => ourChannel(channel) !== undefined,
      isMe: (name) => isMe(name),
      isAsked: (name) => accounts.isAsked(name),
    }),
  );

  // Before signing in, which wants to know our nick.
  const nick = keepNick(client, config.nick, fold, timing.regainSeconds, {
    name: config.nickserv?.name ?? 'NickServ',
    mayAsk: () => services.isSignedIn || config.nickserv !== undefined,
    password: () => (services.isSignedIn ? undefined : config.nickserv?.password),
    onRegained: () => services.nickRegained(),
  });
  const services = new SignIn(client, config, timing, (name) => isMe(name), {
    onSettled: () => config.signIn !== 'optional' && join(),
    onSignedIn: events.onSignedIn,
    onFailed: events.onSignInFailed,
  });
  const joins = new Joins((channel) => {
    client.join(channel, config.channel.find(({ name }) => name === channel)?.key);
  }, timing.rejoin);
  const join = () => {
    if (!closed) for (const channel of channels) joins.want(channel);
  };

  const said = new RecentSet(rememberedTexts);
  const outbox = createOutbox(
    config.rate,
    ({ target, text }) => {
      said.seen(`${fold(target)} ${text}`);
      client.say(target, text);
    },
    { limit: (target) => textBytes(nick.current, target), tooFast: wording.tooFast },
  );
  const send = (target: string, text: string, { to, urgency = 'reply' }: SayOptions = {}) => {
    if (!registered || closed || !oneTarget.test(target)) {
      logger.debug({ target }, 'Not said: not connected, or not a nick or channel');
      return;
    }
    for (const line of outgoingLines(text)) outbox[urgency]({ target, text: line, to });
  };

  finishSaslAtItsEnd(client);
  const serverErrors = followServerErrors(client, ourChannel, logger);
  followMembers(client, roster, (name) => isMe(name));
  const topics = followTopics(client, ourChannel, (name) => isMe(name), events.onTopic);
  mindManners(client, channels, {
    isMe: (name) => isMe(name),
    ourChannel,
    isTarget: (name) => oneTarget.test(name),
    atOnce: (act) => outbox.atOnce(act),
    onInvited: (channel) => joins.want(channel),
  });
  followPrivmsg({
    client,
    context: () => ({
      nick: nick.current,
      channels,
      fold,
      role: (channel, name) => roster.role(channel, name),
      isPresent: (name) => roster.has(name),
    }),
    accounts,
    operators: new Set(config.operators.map(fold)),
    heardIds,
    isEcho: (name, text) => said.has(`${fold(name)} ${text}`),
    onLine: events.onLine,
  });

  client.on('cap ls', ({ capabilities: { sts } }) => {
    if (sts !== undefined) events.onPolicy(parseStsPolicy(sts));
  });
  client.on('registered', () => {
    if (registered) return;
    registered = true;
    if (!isMe(config.nick))
      logger.warn(`The nick ${config.nick} is taken: we are ${nick.current} until it is free`);
    events.onRegistered();
    if (config.signIn === 'optional') join();
  });
  client.on('nick', ({ nick: from, new_nick: to }) => {
    if (from && to && !isMe(to)) events.onRenamed(from, to);
  });
  client.on('join', ({ channel, nick: who }) => {
    if (!channel || !who || !isMe(who)) return;
    const ours = ourChannel(channel);
    if (ours) joins.joined(ours);
    else client.part(channel);
  });
  client.on('userlist', ({ channel }) => {
    const ours = ourChannel(channel);
    if (ours) events.onJoined(ours);
  });
  const leave = (channel: string | undefined, who: string | undefined, how: string) => {
    const ours = ourChannel(channel);
    if (!ours || !who || !isMe(who)) return;
    logger.warn(`${how} ${ours}: we go back in a while`);
    joins.left(ours);
    events.onLeft(ours);
  };
  client.on('kick', ({ channel, kicked, nick: by }) =>
    leave(channel, kicked, `${by || 'Somebody'} kicked us out of`),
  );
  client.on('part', ({ channel, nick: who }) => leave(channel, who, 'We are no longer in'));

  const stop = () => {
    joins.stop();
    nick.stop();
    services.stop();
    accounts.stop();
    outbox.close();
  };
  client.on('close', () => {
    if (closed) return;
    closed = true;
    stop();
    events.onClosed(serverErrors.reason);
  });

  client.connect();

  return {
    get nick() {
      return nick.current;
    },
    get network() {
      const name = client.network.options.NETWORK;
      return typeof name === 'string' ? name : undefined;
    },
    fold,
    reach: (person) => roster.reach(person),
    say: send,
    topic: (channel) => topics.of(channel),
    setTopic(channel, text) {
      const [line = ''] = outgoingLines(text);
      if (registered && !closed) client.setTopic(channel, line);
    },
    get topicLimit() {
      return Number(client.network.options.TOPICLEN) || defaultTopicLimit;
    },
    quit(farewell) {
      stop();
      client.quit(split(outgoingLines(farewell).join(' '), 250)[0] ?? '');
    },
    destroy() {
      client.connection.transport?.close(true);
    },
  };
}

/** Shows the library only what may be handled. */
function filterMessages({ command_handler: handler }: Client, filter: MessageFilter): void {
  const dispatch = handler.dispatch.bind(handler);
  handler.dispatch = (message) => {
    if (filter.accepts(message)) dispatch(message);
  };
}
