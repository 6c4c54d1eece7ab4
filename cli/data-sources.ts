import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chat } from '../bot/chat.ts';
import type { Status, World } from '../bot/commands/command.ts';
import { DownloadError, downloadDatabase } from '../schedule-data/import/download.ts';
import type { ScheduleStore } from '../schedule-data/store/schedule-store.ts';
import type { Revision } from '../site/publish/publisher.ts';
import type { Config } from './config.ts';

/** The outside, as far as commands ask for it. */
export function worldOf(chat: Chat, store: ScheduleStore, config: Config): World {
  return {
    async status() {
      const { commit, problems } = await store.current();
      const published = await publishedIn(config.site.output);
      const { connectedSince, problems: remarks } = chat;
      return { connectedSince, commit, problems, published, remarks };
    },
    async fetch(url) {
      try {
        const { fetchPrivateAddresses: privateAddresses } = config.data;
        return { json: await downloadDatabase(url, { privateAddresses }) };
      } catch (error) {
        if (error instanceof DownloadError) return { why: error.message };
        throw error;
      }
    },
  };
}

/** What the folder of the site says that it shows, whoever publishes there. */
async function publishedIn(folder: string): Promise<Status['published']> {
  try {
    return JSON.parse(await readFile(join(folder, 'revision.json'), 'utf8')) as Revision;
  } catch {
    return undefined;
  }
}
