import { readFileSync } from 'node:fs';

const rooms = 23;
const tracks = 44;
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const times = ['09:00-10:45', '10:45-12:30', '13:30-15:15', '15:15-17:00'];
const codes = ['A1', 'A2', 'P1', 'P2'];

/**
 * A database of the Python ptgbot: the file that is named, else one as large as that of a real
 * event, with two thirds of its slots booked.
 */
export function database(file: string | undefined): Record<string, unknown> {
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const track = (index: number) => `team-${index % tracks}`;
  const slots = days.map((day) => [
    day,
    times.map((desc, index) => ({ name: `${day.slice(0, 3)}${codes[index]}`, desc })),
  ]);
  const names = days.flatMap((day) => codes.map((code) => `${day.slice(0, 3)}${code}`));
  const schedule = Array.from({ length: rooms }, (_, room) => [
    `Room ${room}`,
    Object.fromEntries(
      names.map((name, slot) => [name, (room + slot) % 3 ? track(room * 2 + (slot >> 1)) : '']),
    ),
  ]);
  return {
    eventid: 'bench',
    tracks: Array.from({ length: tracks }, (_, index) => track(index)),
    slots: Object.fromEntries(slots) as unknown,
    schedule: Object.fromEntries(schedule) as unknown,
  };
}
