import type { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import type { RemoteSync } from '../../schedule-data/sync/remote-sync.ts';
import { version } from '../version.ts';
import type { Condition } from './health.ts';
import type { Readings } from './metrics.ts';
import type { RunningBot } from './run-bot.ts';
import type { RunningSite } from './run-site.ts';

export interface Parts {
  readonly bot: boolean;
  readonly site: boolean;
}

/** What runs, as far as it is started. */
export interface Running {
  bot?: RunningBot;
  remote?: RemoteSync | undefined;
  site?: RunningSite;
}

/** What is not started yet is not ready. */
export function conditionOf({ bot, remote, site }: Running, parts: Parts): Condition {
  return {
    chats: parts.bot ? (bot?.chats ?? [{ connectedSince: undefined, problems: [] }]) : undefined,
    pages: parts.site ? (site?.condition ?? { behindSince: -Infinity }) : undefined,
    remote: remote?.state,
  };
}

/** What the metrics look up. */
export function readings(
  running: Running,
  store: ScheduleStore,
  faults: () => readonly string[],
  hasRemote: boolean,
): Readings {
  const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
  const chats = () => running.bot?.chats ?? [];
  return {
    version: version(),
    isReady: () => !faults().length,
    connected: () => chats().map((chat) => [chat.network, chat.connectedSince !== undefined]),
    waitingCommands: () => running.bot?.waiting() ?? 0,
    waitingMessages: () => sum(chats().map(({ waiting = 0 }) => waiting)),
    readers: () => running.site?.readers ?? 0,
    problems: async () => (await store.current()).problems.length,
    behind: () => {
      const since = running.site?.condition.behindSince;
      return since === undefined ? 0 : (performance.now() - since) / 1000;
    },
    isRemoteReachable: hasRemote ? () => running.remote?.state.problem === undefined : undefined,
  };
}
