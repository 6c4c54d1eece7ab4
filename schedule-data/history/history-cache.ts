/** What was read of a history, kept in a file: it is read once, not at each start. */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../git/replace-file.ts';

/** How something stands in the file. */
export interface Form<K> {
  /** Part of the file's name. */
  readonly name: string;
  /** To be raised when the same commits would give something else. */
  readonly version: number;
  /** What is known, of what `plain` made of it. */
  readonly schema: z.ZodType<K>;
  readonly plain: (known: K) => unknown;
}

export class HistoryCache<K> {
  readonly #form: Form<K>;
  readonly #folder: string | undefined;
  readonly #repository: string;

  /** @param folder undefined: nothing is kept */
  constructor(gitdir: string, form: Form<K>, folder?: string) {
    this.#form = form;
    this.#folder = folder;
    this.#repository = realpathSync(gitdir);
  }

  /** Undefined when there is no file, or none that can be used. */
  async load(): Promise<K | undefined> {
    const { version, schema } = this.#form;
    if (this.#folder === undefined) return undefined;
    const content = z.strictObject({
      version: z.literal(version),
      repository: z.literal(this.#repository),
      known: schema,
    });
    try {
      return content.parse(JSON.parse(await readFile(this.#fileIn(this.#folder), 'utf8'))).known;
    } catch {
      return undefined;
    }
  }

  /** Replaces the file as a whole. @throws when it cannot be written */
  async save(known: K): Promise<void> {
    const { version, plain } = this.#form;
    if (this.#folder === undefined) return;
    const kept = { version, repository: this.#repository, known: plain(known) };
    await mkdir(this.#folder, { recursive: true });
    await replaceFile(this.#fileIn(this.#folder), JSON.stringify(kept));
  }

  #fileIn(folder: string): string {
    const key = createHash('sha256').update(this.#repository).digest('hex').slice(0, 24);
    return join(folder, `${key}.${this.#form.name}.json`);
  }
}
