import type { Client } from 'irc-framework';
import { isService } from './services.ts';

export interface NickKeeper {
  /** Our nick at the moment. */
  readonly current: string;
  stop(): void;
}

/** Numerics about nicks that the library doesn't know: collision, and held back by the server. */
const otherRefusals = new Set(['436', '437']);

/** Services that may take the nick away from whoever has it. */
export interface NickServices {
  readonly name: string;
  /** Do they know us, or can they by the password? */
  mayAsk(): boolean;
  /** Undefined once they know us. */
  password(): string | undefined;
  /** The nick is ours again. */
  onRegained(): void;
}

/** So often services are asked on one connection: they have other things to do. */
const maxRequests = 5;

/**
 * Has us called `wanted`: while another has that nick takes one like it, and asks for the wanted
 * one every `regainSeconds`, and at once when whoever has it leaves or is renamed. Most often the
 * other is ourselves, on a connection that has died without a word: services end that.
 */
export function keepNick(
  client: Client,
  wanted: string,
  fold: (nick: string) => string,
  regainSeconds: number,
  services: NickServices,
): NickKeeper {
  let current = wanted;
  let requests = 0;
  let attempts = 0;
  let registered = false;

  const isWanted = (nick: string | undefined) => nick !== undefined && fold(nick) === fold(wanted);
  const regain = () => {
    if (registered && !isWanted(current)) client.changeNick(wanted);
  };
  const request = () => {
    if (!registered || isWanted(current)) return;
    if (services.mayAsk() && requests++ < maxRequests) {
      // Services know the one or the other.
      const who = [wanted, services.password()].filter(Boolean).join(' ');
      for (const command of ['REGAIN', 'GHOST']) client.say(services.name, `${command} ${who}`);
    }
    regain();
  };
  const timer = setInterval(request, regainSeconds * 1000);
  const refused = () => {
    if (!registered) client.changeNick(alternateNick(wanted, ++attempts));
  };

  client.on('registered', ({ nick }) => {
    if (registered) return;
    registered = true;
    current = nick || current;
    request();
  });
  client.on('nick in use', refused);
  client.on('nick invalid', refused);
  client.on('unknown command', ({ command, params }) => {
    if (otherRefusals.has(command) && !/^[#&+!]/.test(params[1] ?? '')) refused();
  });
  client.on('nick', ({ nick, new_nick }) => {
    if (!nick || !new_nick) return;
    if (fold(nick) === fold(current)) {
      current = new_nick;
      if (isWanted(current)) services.onRegained();
    } else if (isWanted(nick)) regain();
  });
  client.on('notice', ({ nick }) => {
    // It may be free now.
    if (isService(nick, services.name)) regain();
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

/**
 * The name to try when `wanted` is taken, number `attempt` from 1: `wanted_`, `wanted__`, then
 * numbers. The latter stay within the nine characters that every server allows.
 */
export function alternateNick(wanted: string, attempt: number): string {
  if (attempt <= 2) return wanted + '_'.repeat(attempt);
  return `${wanted.slice(0, 6)}${attempt}`;
}
