/** Finding a room by its name. */
import { fold } from '../text/slug.ts';
import type { Schedule } from './schedule.ts';

/** The slug of the room with this name: that of its file, or what is written at the door. */
export function roomCalled({ rooms }: Pick<Schedule, 'rooms'>, name: string): string | undefined {
  const wanted = fold(name);
  if (rooms.has(wanted)) return wanted;
  return [...rooms].find(([, room]) => fold(room.name) === wanted)?.[0];
}
