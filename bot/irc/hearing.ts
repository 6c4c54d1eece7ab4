import type { Client } from 'irc-framework';
import type { ChatLine } from '../chat.ts';
import type { Identities } from './identities.ts';
import { inOrder } from './in-order.ts';
import { heard, type Listener } from './listen.ts';
import type { Recent } from './recent.ts';
import type { Known } from './roles.ts';

export interface Hearing {
  readonly client: Client;
  /** Asked anew for each message, as our nick may change. */
  readonly listener: () => Listener;
  readonly identities: Identities;
  /** Accounts of operators, folded. */
  readonly operators: ReadonlySet<string>;
  /** Ids of messages that were heard, on this connection and those before. */
  readonly heardIds: Recent;
  /** Is it what we said to them? A bot that says everything back must not keep us talking. */
  readonly isEcho: (nick: string, text: string) => boolean;
  readonly onLine: (line: ChatLine) => void;
}

/** Nobody's ids are longer; they are kept for a while. */
const longestId = 200;

/** Hands on what people say, each line once, with who they are, in the order said. */
export function listenTo(hearing: Hearing): void {
  const { client, identities, operators, heardIds, isEcho, onLine } = hearing;
  const handOn = inOrder(({ line, known }: { line: ChatLine; known: Known }) => {
    if (known.isBot) return;
    const { account } = known;
    const isOperator = account !== undefined && operators.has(hearing.listener().fold(account));
    onLine({
      ...line,
      ...(account !== undefined && { account }),
      ...(isOperator && { role: 'op' }),
    });
  });

  client.on('privmsg', (message) => {
    const line = heard(message, hearing.listener(), Date.now());
    if (!line || (line.channel === undefined && isEcho(line.nick, line.text))) return;
    const id = message.tags['msgid'];
    if (id && id.length <= longestId && heardIds.seen(id)) return;
    const known = identities.of(message);
    if (known instanceof Promise) handOn(known.then((one) => ({ line, known: one })));
    else handOn({ line, known });
  });
}
