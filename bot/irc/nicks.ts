import type { Client } from 'irc-framework';
import { nickInstead } from './nick.ts';

export interface NickKeeper {
  /** Our nick at the moment. */
  readonly current: string;
  stop(): void;
}

/** Numerics about nicks that the library doesn't know: collision, and held back by the server. */
const otherRefusals = new Set(['436', '437']);

/**
 * Has us called `wanted`: while another has that nick takes one like it, and asks for the wanted
 * one every `regainSeconds`, and at once when whoever has it leaves or is renamed.
 */
export function keepNick(
  client: Client,
  wanted: string,
  fold: (nick: string) => string,
  regainSeconds: number,
): NickKeeper {
  let current = wanted;
  let attempts = 0;
  let registered = false;

  const isWanted = (nick: string | undefined) => nick !== undefined && fold(nick) === fold(wanted);
  const regain = () => {
    if (registered && !isWanted(current)) client.changeNick(wanted);
  };
  const timer = setInterval(regain, regainSeconds * 1000);
  const refused = () => {
    if (!registered) client.changeNick(nickInstead(wanted, ++attempts));
  };

  client.on('registered', ({ nick }) => {
    if (registered) return;
    registered = true;
    current = nick || current;
  });
  client.on('nick in use', refused);
  client.on('nick invalid', refused);
  client.on('unknown command', ({ command, params }) => {
    if (otherRefusals.has(command) && !/^[#&+!]/.test(params[1] ?? '')) refused();
  });
  client.on('nick', ({ nick, new_nick }) => {
    if (!nick || !new_nick) return;
    if (fold(nick) === fold(current)) current = new_nick;
    else if (isWanted(nick)) regain();
  });
  client.on('quit', ({ nick }) => {
    if (isWanted(nick)) regain();
  });

  return {
    get current() {
      return current;
    },
    stop: () => clearInterval(timer),
  };
}
