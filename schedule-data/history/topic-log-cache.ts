/** Topic logs kept in a file of the project: a history is read once, not at each start. */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { replaceFile } from '../git/replace-file.ts';
import type { TopicLogs } from './topic-log.ts';

export const defaultFolder = fileURLToPath(new URL('../../dist/history', import.meta.url));

/** To be raised when the same commits would give other logs. */
const version = 2;

const text = z.string();
const entry = z.strictObject({
  topic: text,
  since: text,
  until: text.optional(),
  by: text.optional(),
  location: text.optional(),
  room: text.optional(),
  commit: text,
});
const content = z.strictObject({
  version: z.literal(version),
  repository: text,
  tip: text,
  logs: z.array(z.tuple([text, z.array(entry)])),
});

/** The logs as they are at the commit `tip`. */
export interface CachedTopicLogs {
  readonly tip: string;
  readonly logs: TopicLogs;
}

export class TopicLogCache {
  readonly #folder: string;
  readonly #repository: string;

  constructor(gitdir: string, folder = defaultFolder) {
    this.#folder = folder;
    this.#repository = realpathSync(gitdir);
  }

  /** Undefined when there is no file, or none that can be used. */
  async load(): Promise<CachedTopicLogs | undefined> {
    try {
      const read = content.parse(JSON.parse(await readFile(this.#file, 'utf8')));
      return read.repository === this.#repository
        ? { tip: read.tip, logs: new Map(read.logs) }
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** Replaces the file as a whole. @throws when it cannot be written */
  async save({ tip, logs }: CachedTopicLogs): Promise<void> {
    const kept = { version, repository: this.#repository, tip, logs: [...logs] };
    await mkdir(this.#folder, { recursive: true });
    await replaceFile(this.#file, JSON.stringify(kept));
  }

  get #file(): string {
    const key = createHash('sha256').update(this.#repository).digest('hex').slice(0, 24);
    return join(this.#folder, `${key}.json`);
  }
}
