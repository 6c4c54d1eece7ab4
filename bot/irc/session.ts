import type { ConnectionOptions } from 'node:tls';
import { Client } from 'irc-framework';
import type { Logger } from 'pino';
import type { Chat, ChatLine, Manner } from '../chat.ts';
import { wording } from '../wording.ts';
import { followComplaints } from './complaints.ts';
import type { IrcConfig } from './config.ts';
import { Joins } from './joins.ts';
import { heard } from './listen.ts';
import { followMembers } from './members.ts';
import { keepNick } from './nicks.ts';
import { createOutbox } from './outbox.ts';
import { Roster } from './roles.ts';
import { finishSaslAtItsEnd } from './sasl.ts';
import { outgoingLines, split, textBytes } from './text.ts';
import type { Timing } from './timing.ts';
import { LineTransport } from './transport.ts';

export interface SessionEvents {
  onRegistered(): void;
  /** We are in the channel, and know who else is and with which role. */
  onJoined(channel: string): void;
  onLeft(channel: string): void;
  onLine(line: ChatLine): void;
  onRenamed(from: string, to: string): void;
  /** Once, at the end. @param reason the second half of a sentence about the server */
  onClosed(reason: string): void;
}

/** One connection to a server, from the first packet to the last. */
export interface Session {
  readonly nick: string;
  /** As the server calls its network. */
  readonly network: string | undefined;
  fold(name: string): string;
  reach: Chat['reach'];
  say: Chat['say'];
  quit(farewell: string): void;
  /** Ends it without ceremony. */
  destroy(): void;
}

/** A nick or channel that can stand in a line without being taken for more than that. */
const oneTarget = /^[^\s:,\p{Cc}][^\s,\p{Cc}]*$/u;

const defaultPrefixes = ['q', 'a', 'o', 'h', 'v'];

/** Connects, and joins the channels. Each session has a client of its own: no state is left over. */
export function openSession(
  config: IrcConfig,
  tls: ConnectionOptions | false,
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
      port: config.port,
      tls,
      onFault: (error, line) =>
        logger.warn({ err: error, line: line.slice(0, 200) }, 'A line could not be handled'),
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
  const ourChannel = (name: string | undefined) =>
    config.channel.find((channel) => fold(channel) === fold(name ?? ''));
  const nick = keepNick(client, config.nick, fold, timing.regainSeconds);
  const isMe = (name: string) => fold(name) === fold(nick.current);
  const joins = new Joins((channel) => client.join(channel), timing.rejoin);
  const outbox = createOutbox(config.rate, ({ target, text }) => client.say(target, text), {
    limit: (target) => textBytes(nick.current, target),
    tooFast: wording.tooFast,
  });

  const send = (target: string, text: string, { to, urgency = 'reply' }: Manner = {}) => {
    if (!registered || closed || !oneTarget.test(target)) {
      logger.debug({ target }, 'Not said: not connected, or not a nick or channel');
      return;
    }
    for (const line of outgoingLines(text)) outbox[urgency]({ target, text: line, to });
  };

  finishSaslAtItsEnd(client);
  const complaints = followComplaints(client, config, ourChannel, logger);
  followMembers(client, roster, isMe);

  client.on('registered', () => {
    if (registered) return;
    registered = true;
    if (!isMe(config.nick))
      logger.warn(`The nick ${config.nick} is taken: we are ${nick.current} until it is free`);
    events.onRegistered();
    for (const channel of config.channel) joins.want(channel);
  });
  client.on('privmsg', (message) => {
    const listener = {
      nick: nick.current,
      channels: config.channel,
      fold,
      role: (channel: string, name: string) => roster.role(channel, name),
      account: (name: string) =>
        client.network.cap.isEnabled('account-tag') ? undefined : roster.account(name),
    };
    const line = heard(message, listener, Date.now());
    if (line) events.onLine(line);
  });
  client.on('nick', ({ nick: from, new_nick: to }) => {
    if (from && to && !isMe(to)) events.onRenamed(from, to);
  });
  client.on('ctcp request', ({ nick: asker, target, type, message, from_server }) => {
    // Answered only when there is nothing else to say, so that nobody can fill the outbox.
    if (from_server || !asker || !oneTarget.test(asker)) return;
    if (isMe(asker) || !isMe(target ?? '')) return;
    const answer =
      type === 'VERSION' ? 'ptgbot' : type === 'PING' ? message?.slice(5, 60).trim() : undefined;
    if (type && answer !== undefined) outbox.atOnce(() => client.ctcpResponse(asker, type, answer));
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

  client.on('close', () => {
    if (closed) return;
    closed = true;
    joins.stop();
    nick.stop();
    outbox.close();
    events.onClosed(complaints.reason);
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
    quit(farewell) {
      joins.stop();
      nick.stop();
      outbox.close();
      client.quit(split(outgoingLines(farewell).join(' '), 250)[0] ?? '');
    },
    destroy() {
      client.connection.transport?.close(true);
    },
  };
}
