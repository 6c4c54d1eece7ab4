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
  const { event, rooms } = content.schedule;
  return {
    event: event.name,
    now: nowEntries(content),
    next: nextEntries(content),
    rooms: [...rooms].map(([slug, { name }]) => ({ slug, name })),
  };
}
