import { roomName } from './rooms.ts';
import { nextEntries, nowEntries, type NextEntry, type NowEntry } from './board.ts';

/** Everything that big screens show. */
export interface SignagePage {
  readonly event: string;
  readonly now: readonly NowEntry[];
  readonly next: readonly NextEntry[];
  /** The rooms that a screen can be for. */
  readonly rooms: readonly { readonly slug: string; readonly name: string }[];
}

export function signagePage(content: Pick<App.Locals, 'schedule' | 'presence'>): SignagePage {
  const { schedule } = content;
  return {
    event: schedule.event.name,
    now: nowEntries(content),
    next: nextEntries(content),
    rooms: [...schedule.rooms.keys()].map((slug) => ({
      slug,
      name: roomName(schedule, slug) ?? slug,
    })),
  };
}
