import { afterEach } from 'vitest';
import { startBot, type TestBot } from './irc-bot.ts';
import { IrcPerson } from './irc-client.ts';

/** People and bots on the server of a file's tests; all of them leave after each test. */
export function participantsOf(server: () => { readonly port: number }) {
  const people: IrcPerson[] = [];
  const bots: TestBot[] = [];
  afterEach(async () => {
    const leaving = [
      ...bots.splice(0).map((bot) => bot.stop()),
      ...people.splice(0).map((person) => person.quit()),
    ];
    await Promise.all(leaving);
  });
  return {
    people,
    bots,
    person: async (nick: string, channel?: string, port = server().port) => {
      const someone = await IrcPerson.connect(port, nick);
      people.push(someone);
      if (channel) await someone.join(channel);
      return someone;
    },
    bot: (...[config, ...rest]: Parameters<typeof startBot>) => {
      const started = startBot({ port: server().port, ...config }, ...rest);
      bots.push(started);
      return started;
    },
  };
}

/** Did a bot log what fits? */
export const logged = (bot: TestBot, pattern: RegExp) =>
  bot.log.some(({ msg }) => pattern.test(msg));
