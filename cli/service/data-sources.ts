import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chat } from '../../bot/chat.ts';
import type { DataSources, Status } from '../../bot/commands/command.ts';
import { authorsBetween } from '../../schedule-data/history/authors.ts';
import {
  changeNamed,
  recentChanges,
  type ChangeFilter,
  type RecentChange,
} from '../../schedule-data/history/recent-changes.ts';
import { trackCalled } from '../../schedule-data/schedule/tracks.ts';
import { DownloadError, downloadDatabase } from '../../schedule-data/import/download.ts';
import type { Proposals } from '../../schedule-data/review/proposals.ts';
import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import type { RemoteSync } from '../../schedule-data/sync/remote-sync.ts';
import type { Revision } from '../../site/view/revision.ts';
import type { Config } from '../config.ts';

/** What commands fetch, from the running service and from the web. */
export function dataSources(
  chats: readonly Chat[],
  store: ScheduleStore,
  config: Config,
  proposals: Proposals,
  remote: RemoteSync | undefined,
): DataSources {
  return {
    async status() {
      const { commit, problems } = await store.current();
      const published = await publishedIn(config.site.output);
      const connectedSince = chats.find((chat) => chat.connectedSince)?.connectedSince;
      const remarks = chats.flatMap((chat) => chat.problems);
      return { connectedSince, commit, problems, published, remote: remote?.state, remarks };
    },
    published: () => publishedIn(config.site.output),
    proposals: () => proposals.list(),
    proposal: (number) => proposals.find(number),
    ...changeSources(config.data.repository, store),
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

/** What was changed, from the repository. */
export function changeSources(
  gitdir: string,
  store: ScheduleStore,
): Pick<DataSources, 'authorsBetween' | 'recentChanges' | 'lastChange' | 'change'> {
  const recent = async (filter: ChangeFilter) => {
    const { commit, schedule } = await store.current();
    const track = filter.track && (trackCalled(schedule, filter.track) ?? filter.track);
    return recentChanges(gitdir, commit, { ...filter, ...(track && { track }) });
  };
  const withContent = async (change: RecentChange | undefined) => {
    // The first commit of all has nothing before it.
    if (change?.parent === undefined) return undefined;
    const [before, after] = [await store.at(change.parent), await store.at(change.commit)];
    return { ...change, before: before.schedule, after: after.schedule };
  };
  return {
    authorsBetween: (from, to) => authorsBetween(gitdir, from, to),
    recentChanges: recent,
    lastChange: async (filter) => withContent((await recent({ ...filter, most: 1 }))[0]),
    change: async (id) =>
      withContent(await changeNamed(gitdir, (await store.current()).commit, id)),
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
