import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import type { Logger } from 'pino';
import type { Chat, ChatListener } from '../chat.ts';
import { backoffSeconds } from './connection/backoff.ts';
import { foldNick } from './roster/casemapping.ts';
import type { IrcConfig } from './config.ts';
import { networkName } from './connection/network-name.ts';
import { RecentSet } from './incoming/recent.ts';
import { openSession, type Session } from './session.ts';
import { TransportSecurity } from './connection/sts.ts';
import { defaultTiming, type Timing } from './timing.ts';

export interface IrcChat extends Chat {
  /** The channels that we are in, as the configuration names them. */
  readonly joined: readonly string[];
}

export interface IrcOptions {
  /** We are in the channel and know everybody's role; again after each rejoin. */
  readonly onJoined?: (channel: string) => void;
  /** Services don't let us in, and the configuration says that this ends it. */
  readonly onRefused?: (why: string) => void;
  readonly timing?: Timing;
}

/** Of the last messages, across connections, so that none counts twice. */
const rememberedIds = 2000;

/**
 * IRC as a chat: connected as long as it runs, whatever happens to the connection.
 *
 * @throws {Error} with a sentence for people if the files of `ca` or `certificate` can't be used
 */
export function createIrcChat(
  config: IrcConfig,
  logger: Logger,
  { onJoined, onRefused, timing = defaultTiming }: IrcOptions = {},
): IrcChat {
  const tls = tlsOptions(config);
  const security = new TransportSecurity(config);
  const heardIds = new RecentSet(rememberedIds);
  let session: Session | undefined;
  let retry: NodeJS.Timeout | undefined;
  let attempt = 0;
  let connectedSince: Date | undefined;
  let joined: ReadonlySet<string> = new Set();
  let network = networkName('', config.server);
  let signInProblem: string | undefined;
  let stopped = false;
  let closed = () => {};

  const forget = () => {
    session = undefined;
    connectedSince = undefined;
    joined = new Set();
  };

  const ended = (reason: string) => {
    const lasted = connectedSince ? Date.now() - connectedSince.getTime() : 0;
    forget();
    if (stopped) return closed();
    const { isUpgrading } = security;
    security.disconnected(Date.now());
    if (isUpgrading) return connect();
    if (lasted > timing.stableSeconds * 1000) attempt = 0;
    const seconds = backoffSeconds(attempt++, Math.random(), timing.reconnect);
    logger.warn(
      `No connection to ${config.server}:${security.port}: ${reason}. Trying again in ${seconds.toFixed(1)} s`,
    );
    retry = setTimeout(connect, seconds * 1000);
  };

  let listener: ChatListener | undefined;
  const connect = () => {
    const { port, isSecure } = security.next(Date.now());
    logger.debug(`Connecting to ${config.server}:${port}`);
    const destination = { port, tls: isSecure && tls, heardIds };
    session = openSession(config, destination, timing, logger, {
      onRegistered() {
        connectedSince = new Date();
        logger.info(`Connected to ${config.server}:${port} as ${session?.nick}`);
      },
      onSignedIn(account) {
        signInProblem = undefined;
        logger.info(account ? `Signed in as ${account}` : 'Services know us');
      },
      onSignInFailed(why) {
        if (why !== signInProblem) logger.error(`Not signed in: ${why}`);
        signInProblem = why;
        if (config.signIn === 'required') onRefused?.(why);
      },
      onPolicy(policy) {
        if (!security.told(policy)) return;
        logger.warn(
          `${config.server} wants TLS, on port ${policy.port}: going there (write tls: true and port: ${policy.port} into the configuration)`,
        );
        session?.destroy();
      },
      onJoined(channel) {
        network = networkName(session?.network ?? '', config.server);
        if (joined.has(channel)) return;
        joined = new Set(joined).add(channel);
        logger.info(`Joined ${channel}`);
        guarded(() => onJoined?.(channel));
      },
      onLeft(channel) {
        joined = new Set([...joined].filter((name) => name !== channel));
      },
      onLine(line) {
        network = networkName(session?.network ?? '', config.server);
        if (!stopped) guarded(() => listener?.line(line));
      },
      onRenamed(from, to) {
        if (!stopped) guarded(() => listener?.renamed(from, to));
      },
      onTopic(channel) {
        if (!stopped) guarded(() => listener?.topicChanged?.(channel));
      },
      onClosed: ended,
    });
  };

  /** A fault in what a line sets off must not lose the lines after it. */
  const guarded = (call: () => void) => {
    try {
      call();
    } catch (error) {
      logger.error({ err: error }, 'A line from the chat could not be handled');
    }
  };

  return {
    kind: 'irc',
    channels: config.channel.map(({ name }) => name),
    get network() {
      return network;
    },
    get nick() {
      return session?.nick ?? config.nick;
    },
    get joined() {
      return [...joined];
    },
    get problems() {
      const missing = connectedSince
        ? config.channel.map(({ name }) => name).filter((name) => !joined.has(name))
        : [];
      return [
        ...(signInProblem === undefined ? [] : [`I am not signed in: ${signInProblem}`]),
        ...(missing.length ? [`I do not get into ${missing.join(', ')}`] : []),
      ];
    },
    ...(config.topic && {
      topics: {
        of: (channel) => session?.topic(channel),
        set: (channel, text) => session?.setTopic(channel, text),
        get limit() {
          return session?.topicLimit ?? 0;
        },
      },
    }),
    get connectedSince() {
      return connectedSince;
    },
    fold: (name) => session?.fold(name) ?? foldNick(name, 'rfc1459'),
    reach: (person) => session?.reach(person),
    start(given) {
      listener = given;
      if (!config.rejectUnauthorized)
        logger.warn('The certificate of the server is not checked (rejectUnauthorized: false)');
      connect();
    },
    say(target, text, options) {
      if (!stopped) session?.say(target, text, options);
    },
    async stop(farewell) {
      stopped = true;
      clearTimeout(retry);
      if (!session) return;
      const goodbye = Promise.withResolvers<void>();
      closed = goodbye.resolve;
      const leaving = session;
      const deadline = setTimeout(() => {
        leaving.destroy();
        goodbye.resolve();
      }, timing.stopSeconds * 1000);
      leaving.quit(farewell);
      await goodbye.promise;
      clearTimeout(deadline);
      forget();
    },
  };
}

/** Options for TLS, checked here: in the middle of a reconnect nobody would see what is wrong. */
function tlsOptions(config: IrcConfig): ConnectionOptions {
  const ca = config.ca && readPem('ca', config.ca);
  const own = config.certificate && readPem('certificate', config.certificate);
  return {
    rejectUnauthorized: config.rejectUnauthorized,
    ...(ca && { ca }),
    ...(own && { cert: own, key: own }),
  };
}

function readPem(key: 'ca' | 'certificate', path: string): string {
  let pem;
  try {
    pem = readFileSync(path, 'utf8');
    if (key === 'ca') new X509Certificate(pem);
    else createSecureContext({ cert: pem, key: pem });
  } catch (error) {
    const what = key === 'ca' ? 'certificates' : 'our certificate and its private key';
    throw new Error(
      `irc.${key}: cannot use ${path}, expected a PEM file with ${what} (${(error as Error).message})`,
      { cause: error },
    );
  }
  return pem;
}
