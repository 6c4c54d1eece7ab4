import { pino } from 'pino';
import { createIrcChat, type IrcChat } from '../../bot/irc/irc-chat.ts';
import type { ChatLine } from '../../bot/chat.ts';
import { ircConfigSchema, type IrcConfigInput } from '../../bot/irc/config.ts';
import type { Timing } from '../../bot/irc/timing.ts';

const shortTiming: Timing = {
  reconnect: { firstSeconds: 0.05, capSeconds: 0.2 },
  stableSeconds: 60,
  rejoin: { firstSeconds: 0.05, capSeconds: 0.2 },
  regainSeconds: 0.05,
  signInSeconds: 2,
  signInAgainSeconds: 0.2,
  whoisSeconds: 2,
  stopSeconds: 2,
};

export interface TestBot {
  readonly chat: IrcChat;
  /** Every line that the adapter handed over, in order. */
  readonly heard: ChatLine[];
  /** Every change of a nick that the adapter told. */
  readonly renamed: (readonly [from: string, to: string])[];
  /** Every line of the log. */
  readonly log: { readonly level: number; readonly msg: string }[];
  /** Resolves when something is so; looks again whenever a line is heard, logged or a channel joined. */
  until(holds: () => boolean): Promise<void>;
  /** Why services did not let it in, where that is to end it. */
  readonly refusals: string[];
  /** Called when the topic of a channel is known, or another. */
  onTopic: (channel: string) => void;
  /** How many times it joined. */
  readonly joins: number;
  stop(): Promise<void>;
}

/** An adapter with short waits and no rate limit, whose lines go into a list. */
export function startBot(
  config: Partial<IrcConfigInput>,
  onLine: (line: ChatLine, chat: IrcChat) => void = () => {},
  timing: Partial<Timing> = {},
): TestBot {
  const heard: ChatLine[] = [];
  const renamed: [string, string][] = [];
  const log: TestBot['log'] = [];
  const refusals: string[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of waiting) check();
  };
  let joins = 0;
  const logger = pino(
    { level: 'debug' },
    {
      write(line: string) {
        log.push(JSON.parse(line) as TestBot['log'][number]);
        look();
      },
    },
  );
  const chat = createIrcChat(
    ircConfigSchema.parse({
      server: '127.0.0.1',
      tls: false,
      channel: '#ptg',
      rate: { intervalSeconds: 0 },
      ...config,
    }),
    logger,
    {
      timing: { ...shortTiming, ...timing },
      onJoined() {
        joins++;
        look();
      },
      onRefused(why) {
        refusals.push(why);
        look();
      },
    },
  );
  const bot: TestBot = {
    chat,
    onTopic: () => undefined,
    heard,
    renamed,
    log,
    refusals,
    get joins() {
      return joins;
    },
    until: (holds) =>
      new Promise((resolve) => {
        const check = () => {
          if (!holds()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    stop: () => chat.stop('bye'),
  };
  chat.start({
    line(line) {
      heard.push(line);
      look();
      onLine(line, chat);
    },
    renamed(from, to) {
      renamed.push([from, to]);
      look();
    },
    topicChanged: (channel) => bot.onTopic(channel),
  });
  return bot;
}
