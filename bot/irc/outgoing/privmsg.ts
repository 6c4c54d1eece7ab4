/**
 * outgoing/ makes lines of IRC of what the outbox sends. It never decides what is said, nor when.
 * This file: PRIVMSG.
 */

import type { Client } from 'irc-framework';
import type { Chat } from '../../chat.ts';
import { createOutbox, type Outbox } from '../../outgoing/outbox.ts';
import type { Rate } from '../../rate-limit/token-bucket.ts';
import { outgoingLines } from '../../text.ts';
import { wording } from '../../wording.ts';
import { EchoDetector } from './echo.ts';
import { maxTextBytes } from './line-length.ts';

export interface PrivmsgSender extends Pick<Outbox, 'sendIfIdle' | 'waiting' | 'close'> {
  readonly say: Chat['say'];
  /** Did we say this to them? */
  readonly isEcho: (nick: string, text: string) => boolean;
}

/**
 * What IRC makes of the outbox: lines as long as the protocol allows, sent as PRIVMSG, and
 * remembered. All that is sent because somebody said something goes through here, and nothing
 * past its rate limit.
 */
export function createPrivmsgSender(
  client: Client,
  rate: Rate,
  fold: (name: string) => string,
  ownNick: () => string,
): PrivmsgSender {
  const echoes = new EchoDetector(fold);
  const outbox = createOutbox(
    rate,
    ({ target, text }) => {
      echoes.sent(target, text);
      client.say(target, text);
    },
    { limit: (target) => maxTextBytes(ownNick(), target), tooFast: wording.tooFast },
  );
  return {
    say(target, text, { to, urgency = 'reply' } = {}) {
      for (const line of outgoingLines(text)) outbox[urgency]({ target, text: line, to });
    },
    isEcho: (nick, text) => echoes.isEcho(nick, text),
    sendIfIdle: (send) => outbox.sendIfIdle(send),
    get waiting() {
      return outbox.waiting;
    },
    close: () => outbox.close(),
  };
}
