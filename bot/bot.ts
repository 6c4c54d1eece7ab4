/** The bot: from a line to a commit to an answer. */
import type { Logger } from 'pino';
import type { Snapshot } from '../schedule-data/snapshot.ts';
import { StorageError } from '../schedule-data/storage-error.ts';
import type { Store } from '../schedule-data/store.ts';
import type { Chat, ChatLine } from './chat.ts';
import { decide } from './decide.ts';
import { isTalk } from './parse.ts';
import { NewProblems } from './problems.ts';
import { wording } from './wording.ts';

export interface BotOptions {
  readonly store: Store;
  readonly chat: Chat;
  /** Where problems of the data are said. */
  readonly channels: readonly string[];
  /** Address of the page, for help. */
  readonly page?: string;
  readonly logger: Logger;
}

export class Bot {
  readonly #options: BotOptions;
  readonly #problems = new NewProblems();
  readonly #pending = new Set<Promise<void>>();

  constructor(options: BotOptions) {
    this.#options = options;
  }

  /** Begins to listen. @throws {StorageError} when the data cannot be read */
  async start(): Promise<void> {
    const { store, chat } = this.#options;
    this.#problems.in(await store.current());
    store.onSnapshot((snapshot) => this.#report(snapshot));
    chat.start({
      line: (line) => {
        const handled = this.#handle(line).finally(() => this.#pending.delete(handled));
        this.#pending.add(handled);
      },
      renamed: () => undefined,
    });
  }

  /** Finishes what was said until now, and leaves. */
  async stop(): Promise<void> {
    await Promise.all(this.#pending);
    await this.#options.chat.stop(wording.farewell);
  }

  async #handle(line: ChatLine): Promise<void> {
    const { store, chat, page, logger } = this.#options;
    // Talk costs no turn, and gets no answer even when the disk is full.
    if (isTalk(line.text, line.channel === undefined)) return;
    const target = line.channel ?? line.nick;
    const answer = (reply: string | undefined) => {
      if (reply !== undefined) chat.say(target, reply, { to: line.nick });
    };
    try {
      const outcome = await store.update(({ schedule }) =>
        decide(schedule, line, { network: chat.network, page }),
      );
      if (outcome.kind === 'refused') answer(wording.brokenFile(outcome.problem));
      else answer(outcome.result);
      if (outcome.kind === 'committed')
        logger.info({ nick: line.nick, commit: outcome.snapshot.commit }, line.text);
    } catch (error) {
      logger.error({ err: error, nick: line.nick }, `not saved: ${line.text}`);
      answer(error instanceof StorageError ? wording.notSaved(error.message) : wording.bug);
    }
  }

  #report(snapshot: Snapshot): void {
    const { chat, channels, logger } = this.#options;
    const { appeared, mended } = this.#problems.in(snapshot);
    for (const problem of appeared) logger.warn({ problem }, 'a data file cannot be used');
    const sentences = [...appeared.map(wording.problem), ...mended.map(wording.mended)];
    for (const channel of channels) for (const sentence of sentences) chat.say(channel, sentence);
  }
}
