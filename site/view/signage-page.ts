import type { Badge } from './badge.ts';
import { nextEntries, nowEntries, type NextEntry, type NowEntry } from './discussions.ts';
import { trackFinder } from './track-names.ts';

/** Everything that big screens show. */
export interface SignagePage {
  readonly event: string;
  readonly now: readonly InRoom<NowEntry>[];
  readonly next: readonly InRoom<NextEntry>[];
  /** The rooms that a screen can be for. */
  readonly rooms: readonly { readonly slug: string; readonly name: string }[];
}

/** An entry with the slug of the room that its track is in, unless it is elsewhere. */
type InRoom<Entry> = Entry & { readonly room?: string };

export function signagePage(content: Pick<App.Locals, 'schedule' | 'presence'>): SignagePage {
  const { event, tracks, rooms } = content.schedule;
  const find = trackFinder(content.schedule);
  const inRoom = <Entry extends { readonly badge: Badge }>(entry: Entry): InRoom<Entry> => {
    const track = tracks.get(entry.badge.track ?? '');
    return { ...entry, room: track?.location === undefined ? track?.room : undefined };
  };
  return {
    event: event.name,
    now: nowEntries(content, find).map(inRoom),
    next: nextEntries(content, find).map(inRoom),
    rooms: [...rooms].map(([slug, { name }]) => ({ slug, name })),
  };
}
