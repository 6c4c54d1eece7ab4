import { LRUCache } from 'lru-cache';

/** So many of the last messages that we sent are remembered. */
const maxSent = 100;

/** Recognises what we said when it comes back: a bot that echoes must not keep us talking. */
export class EchoDetector {
  readonly #fold: (name: string) => string;
  readonly #sent = new LRUCache<string, true>({ max: maxSent });

  constructor(fold: (name: string) => string) {
    this.#fold = fold;
  }

  sent(target: string, text: string): void {
    this.#sent.set(this.#key(target, text), true);
  }

  isEcho(nick: string, text: string): boolean {
    return this.#sent.has(this.#key(nick, text));
  }

  #key(name: string, text: string): string {
    return `${this.#fold(name)} ${text}`;
  }
}
