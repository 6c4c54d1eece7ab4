import { fileSchemas } from '../schedule-data/format/file-schemas.ts';
import type { TopicLogs } from '../schedule-data/history/topic-log.ts';
import { sortedSchedule, type Schedule } from '../schedule-data/schedule/schedule.ts';

const [trackCount, roomCount, dayCount, slotCount] = [500, 100, 10, 4];
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const words =
  'quotas cells upgrades storage deadlines testing placement docs releases images'.split(' ');

const text = (seed: number) =>
  numbers(6)
    .map((index) => words[(seed * 7 + index * (seed % 5)) % words.length])
    .join(' ');

/** An event larger than any: 500 tracks, 100 rooms, 10 days of 4 slots, half of them booked. */
export function bigEvent(): Schedule {
  const slotNames = numbers(dayCount).flatMap((day) =>
    numbers(slotCount).map((slot) => `D${day}S${slot}`),
  );
  return sortedSchedule({
    event: fileSchemas.event.parse({
      id: 'big',
      name: 'A Very Big Gathering',
      timezone: 'America/Denver',
      days: numbers(dayCount).map((day) => ({
        name: `Day ${day + 1}`,
        date: `2018-09-${String(day + 10)}`,
        slots: numbers(slotCount).map((slot) => ({
          name: `D${day}S${slot}`,
          start: `${String(9 + 2 * slot).padStart(2, '0')}:00`,
          end: `${10 + 2 * slot}:45`,
        })),
      })),
    }),
    rooms: new Map(
      numbers(roomCount).map((room) => [
        `room-${room}`,
        fileSchemas.room.parse({
          name: `Room ${room}`,
          description: `${room % 7}0 person table`,
          url: `https://meet.example.org/room-${room}`,
          equipment: [{ icon: 'video', label: 'Video projection' }],
          slots: Object.fromEntries(
            slotNames.map((name, index) => [
              name,
              (room + index) % 2 ? '' : `team-${(room * 13 + (index >> 1) * 7) % trackCount}`,
            ]),
          ),
        }),
      ]),
    ),
    tracks: new Map(
      numbers(trackCount).map((track) => [
        `team-${track}`,
        fileSchemas.track.parse({
          room: `room-${track % roomCount}`,
          ...(track % 3 && {
            now: {
              topic: `${text(track)} with #team-${(track * 3) % trackCount}`,
              since: '2018-09-12T15:04:05Z',
              by: 'ada',
            },
          }),
          next: track % 2 ? [text(track + 1), text(track + 2)] : [],
        }),
      ]),
    ),
    announcements: [{ level: 'info', message: 'Lunch is in the lobby' }],
  });
}

/** What its tracks discussed: ten topics each. */
export function bigHistory(): TopicLogs {
  return new Map(
    numbers(trackCount).map((track) => [
      `team-${track}`,
      numbers(10).map((index) => ({
        topic: text(track + index),
        since: `2018-09-1${index % 3}T1${index}:04:05Z`,
        by: 'ada',
        room: `room-${track % roomCount}`,
        commit: '0'.repeat(40),
      })),
    ]),
  );
}
