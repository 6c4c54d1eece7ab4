import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { memo, memoEach } from '../content/memo.ts';
import { iconShapes } from './icons.ts';
import { timeOfDay } from '../../schedule-data/text/clock.ts';
import { type Moment } from './times.ts';

/** Path of a room's page below the base. */
export function roomUrl(slug: string): string {
  return `/rooms/${encodeURIComponent(slug)}/`;
}

/** A room as the head of its row, and in the list of rooms. */
export interface RoomView {
  readonly name: string;
  /** Of its page. */
  readonly path: string;
  readonly description?: string;
  readonly url?: string;
  /** Until when it is full, if it is. */
  readonly full?: Moment;
  /** `shape` is the path of a drawing 16 units wide and high, where we have one. */
  readonly equipment: readonly { readonly label: string; readonly shape?: string }[];
}

export const roomViews = memo((schedule: Schedule): readonly RoomView[] =>
  [...schedule.rooms.keys()].map((slug) => roomView(schedule, slug)!),
);

/** Undefined when there is no such room. */
export const roomView = memoEach(({ rooms, event }: Schedule, slug): RoomView | undefined => {
  const room = rooms.get(slug);
  if (!room) return undefined;
  const { name, description, url, full, equipment } = room;
  return {
    name,
    path: roomUrl(slug),
    description,
    url,
    full:
      full === undefined
        ? undefined
        : { iso: full, label: timeOfDay(new Date(full), event.timezone), form: 'time' },
    equipment: equipment.map(({ icon, label }) => ({ label, shape: iconShapes.get(icon) })),
  };
});

/** Undefined when there is no such room. */
export const roomName = memoEach(
  ({ rooms }: Schedule, slug): string | undefined => rooms.get(slug)?.name,
);
