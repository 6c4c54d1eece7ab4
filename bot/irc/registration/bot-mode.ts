import type { Client } from 'irc-framework';

/** Marks us as a bot, where the server has a user mode for that (IRCv3 bot mode). */
export function setBotMode(client: Client): void {
  let isMarked = false;
  client.on('server options', ({ options: { BOT } }) => {
    if (isMarked || typeof BOT !== 'string' || !/^[A-Za-z]$/.test(BOT)) return;
    isMarked = true;
    client.raw('MODE', client.user.nick, `+${BOT}`);
  });
}
