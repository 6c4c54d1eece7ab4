import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chat } from '../../bot/chat.ts';
import type { DataSources, Status } from '../../bot/commands/command.ts';
import { DownloadError, downloadDatabase } from '../../schedule-data/import/download.ts';
import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import type { Revision } from '../../site/view/revision.ts';
import type { Config } from '../config.ts';

/** What commands fetch, from the running service and from the web. */
export function dataSources(
  chats: readonly Chat[],
  store: ScheduleStore,
  config: Config,
): DataSources {
  return {
    async status() {
      const { commit, problems } = await store.current();
      const published = await publishedIn(config.site.output);
      const connectedSince = chats.find((chat) => chat.connectedSince)?.connectedSince;
      const remarks = chats.flatMap((chat) => chat.problems);
      return { connectedSince, commit, problems, published, remarks };
    },
    async fetchDatabase(url) {
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
