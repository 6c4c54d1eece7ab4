import { splitLine } from '../text.ts';

/** Something to be said to a channel or a nick. */
export interface Message {
  readonly target: string;
  /** One line of any length. */
  readonly text: string;
  /** Whom it answers; in a channel, their nick stands before it. */
  readonly to?: string | undefined;
}

export interface Line {
  readonly target: string;
  readonly text: string;
}

export interface QueueOptions {
  /** How many bytes of text fit into one line to a target. */
  readonly limit: (target: string) => number;
  /** Says to somebody, once, that more answers are left out. */
  readonly tooFast: string;
}

interface Notice extends Message {
  /** Milliseconds on the clock of `next`. */
  readonly at: number;
}

/** How many answers may wait for one person; how many people may wait, and how many notices. */
const [maxReplies, maxPeople, maxNotices] = [10, 200, 5000];
/** What is older is no news any more, in milliseconds. */
const noticeMilliseconds = 5 * 60_000;
/** Between messages that share a line. */
const separator = ' · ';

/**
 * What waits to be said. Replies go before notices; people take turns, so that nobody waits for
 * somebody who has much to be told; what goes to one target shares lines as far as it fits.
 */
export class OutboxQueue {
  readonly #options: QueueOptions;
  /** By whom they answer, in the order of turns. */
  readonly #replies = new Map<string, Message[]>();
  readonly #tooFast = new Set<string>();
  #notices: Notice[] = [];

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.waitingReplies + this.#notices.length;
  }

  get waitingReplies(): number {
    return [...this.#replies.values()].reduce((sum, { length }) => sum + length, 0);
  }

  reply(message: Message): void {
    const person = `${message.to ?? ''} ${message.target}`;
    const queue = this.#replies.get(person) ?? [];
    if (queue.length < maxReplies) queue.push(message);
    else if (!this.#tooFast.has(person)) {
      this.#tooFast.add(person);
      queue.push({ ...message, text: this.#options.tooFast });
    }
    if (this.#replies.has(person) || this.#replies.size < maxPeople)
      this.#replies.set(person, queue);
  }

  /** @param now milliseconds on any clock that doesn't go back */
  notice(message: Message, now: number): void {
    if (this.#notices.length < maxNotices) this.#notices.push({ ...message, at: now });
  }

  /** The next line to send, and takes it out. @param withNotices may it be notices? */
  next(now: number, withNotices: boolean): Line | undefined {
    const line = this.#nextOf([...this.#replies].map(([person, queue]) => ({ person, queue })));
    if (line) return line;
    this.#notices = this.#notices.filter(({ at }) => now - at < noticeMilliseconds);
    return withNotices ? this.#nextOf([{ queue: this.#notices }]) : undefined;
  }

  clear(): void {
    this.#replies.clear();
    this.#tooFast.clear();
    this.#notices = [];
  }

  #nextOf(turns: readonly { person?: string; queue: Message[] }[]): Line | undefined {
    const first = turns[0]?.queue.shift();
    if (!first) return undefined;
    const { target } = first;
    const limit = this.#options.limit(target);
    const address = addressOf(first);
    const [piece = '', ...rest] = splitLine(first.text, limit - Buffer.byteLength(address));
    if (rest.length) turns[0]!.queue.unshift({ ...first, text: rest.join(' ') });
    let line = { text: address + piece, to: first.to };
    const join = (message: Message): boolean => {
      const name = message.to === line.to ? '' : addressOf(message);
      const text = line.text + separator + name + message.text;
      if (Buffer.byteLength(text) > limit) return false;
      line = { text, to: message.to };
      return true;
    };
    for (const { queue } of rest.length ? [] : turns)
      for (const message of queue.filter((one) => one.target === target)) {
        if (!join(message)) break;
        queue.splice(queue.indexOf(message), 1);
      }
    for (const { person, queue } of turns)
      this.#endTurn(person, queue, person === turns[0]?.person);
    return { target, text: line.text };
  }

  #endTurn(person: string | undefined, queue: Message[], hadTurn: boolean): void {
    if (person === undefined || (queue.length && !hadTurn)) return;
    this.#replies.delete(person);
    if (queue.length) this.#replies.set(person, queue);
    else this.#tooFast.delete(person);
  }
}

function addressOf({ target, to }: Message): string {
  return to === undefined || to === target ? '' : `${to}: `;
}
