import type { Schedule } from '../../schedule-data/schedule.ts';
import { iconShapes } from './icons.ts';

/** A room as the head of its row, and in the list of rooms. */
export interface RoomView {
  readonly name: string;
  readonly description?: string;
  readonly url?: string;
  /** `shape` is the path of a drawing 16 units wide and high, where we have one. */
  readonly equipment: readonly { readonly label: string; readonly shape?: string }[];
}

export function roomViews(schedule: Schedule): readonly RoomView[] {
  return [...schedule.rooms.values()].map(({ name, description, url, equipment }) => ({
    name,
    description,
    url,
    equipment: equipment.map(({ icon, label }) => ({ label, shape: iconShapes.get(icon) })),
  }));
}
