import type { Chat } from '../../bot/chat.ts';
import type { RemoteState } from '../../schedule-data/sync/remote-sync.ts';

/** How things stand with the parts of a service; those that it does not have are undefined. */
export interface Condition {
  readonly chats?: readonly Pick<Chat, 'connectedSince' | 'problems'>[] | undefined;
  readonly pages?: PagesCondition | undefined;
  readonly remote?: RemoteState | undefined;
}

/** Times are those of `performance.now()`. */
export interface PagesCondition {
  /** Since when the pages show less than what is there; undefined while they show all. */
  readonly behindSince: number | undefined;
}

/** So long rendering may take, in milliseconds; more is a fault. */
const patience = 30_000;

/** What keeps a service from doing its work, a short sentence each; none while it is ready. */
export function faultsOf({ chats = [], pages, remote }: Condition, now: number): string[] {
  const isBehind = pages?.behindSince !== undefined && now - pages.behindSince > patience;
  return [
    ...(chats.some(({ connectedSince }) => !connectedSince) ? ['chat: not connected'] : []),
    ...chats.flatMap(({ problems }) => problems.map((problem) => `chat: ${problem}`)),
    ...(isBehind ? ['pages: they do not show what is there; the log says why'] : []),
    // What it said may name what is nobody's business.
    ...(remote?.problem === undefined ? [] : ['remote: it cannot be reached, or refuses']),
  ];
}
