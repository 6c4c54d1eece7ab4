/** Asking once more: whoever means it says a code that was shown to them, within a minute. */
import { createHash } from 'node:crypto';

export class Confirmation {
  readonly #subject: string;
  readonly #minute: number;

  /** @param subject who asks for what: another subject has another code */
  constructor(subject: string, now: Date) {
    this.#subject = subject;
    this.#minute = Math.floor(now.getTime() / 60_000);
  }

  get code(): string {
    return this.#codeOf(this.#minute);
  }

  /** Is it what was shown within this minute or the one before? */
  accepts(code: string): boolean {
    return [this.code, this.#codeOf(this.#minute - 1)].includes(code.toLowerCase());
  }

  #codeOf(minute: number): string {
    return createHash('sha256').update(`${this.#subject} ${minute}`).digest('hex').slice(0, 4);
  }
}
