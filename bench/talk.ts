import { newFile, roomFile, trackFile } from '../schedule-data/format/data-files.ts';
import { withRoom, withTrack, type Schedule } from '../schedule-data/schedule/schedule.ts';
import { instantOf } from '../schedule-data/text/text.ts';

/** What one command makes of the schedule, and of which file. */
export interface Talk {
  readonly subject: string;
  readonly schedule: Schedule;
  readonly path: string;
  readonly file: (schedule: Schedule) => string;
}

/** When a command of {@link talkAt} is said: one a minute. */
export const timeOfTalk = (index: number) => new Date(Date.UTC(2018, 8, 10, 15, index));

const words =
  'quotas cells upgrades storage deadlines testing placement docs releases images volumes'.split(
    ' ',
  );

/** A command as people give them at an event: mostly topics, then what comes next, then bookings. */
export function talkAt(schedule: Schedule, index: number): Talk {
  const tracks = [...schedule.tracks.keys()];
  const slug = tracks[(index * 7) % tracks.length]!;
  if (index % 7 === 3) return booking(schedule, index, slug);
  const track = schedule.tracks.get(slug)!;
  const text = `${[3, 5, 11, 2].map((factor) => words[(index * factor) % words.length]).join(' ')}, part ${index}`;
  const isNext = index % 7 === 5;
  const after = isNext
    ? { ...track, next: [...track.next, text].slice(-3) }
    : { ...track, now: { topic: text, since: instantOf(timeOfTalk(index)), by: 'ada' } };
  return {
    subject: `${slug}: ${isNext ? 'next' : 'now'} ${text}`,
    schedule: withTrack(schedule, slug, after),
    path: trackFile(slug),
    file: ({ tracks }) => newFile('track', tracks.get(slug)!).text,
  };
}

function booking(schedule: Schedule, index: number, track: string): Talk {
  const [rooms, slots] = [
    [...schedule.rooms.keys()],
    schedule.event.days.flatMap(({ slots }) => slots.map(({ name }) => name)),
  ];
  const slug = rooms[(index * 3) % rooms.length]!;
  const slot = slots[(index * 11) % slots.length]!;
  const room = schedule.rooms.get(slug)!;
  const booked = room.slots.get(slot) ? '' : track;
  return {
    subject: `${track}: ${booked ? 'book' : 'unbook'} ${slug}-${slot}`,
    schedule: withRoom(schedule, slug, { ...room, slots: new Map(room.slots).set(slot, booked) }),
    path: roomFile(slug),
    file: ({ rooms }) => newFile('room', rooms.get(slug)!).text,
  };
}
