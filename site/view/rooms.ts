import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { iconShapes } from './icons.ts';

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
  /** `shape` is the path of a drawing 16 units wide and high, where we have one. */
  readonly equipment: readonly { readonly label: string; readonly shape?: string }[];
}

export function roomViews(rooms: Schedule['rooms']): readonly RoomView[] {
  return [...rooms].map(([slug, { name, description, url, equipment }]) => ({
    name,
    path: roomUrl(slug),
    description,
    url,
    equipment: equipment.map(({ icon, label }) => ({ label, shape: iconShapes.get(icon) })),
  }));
}
