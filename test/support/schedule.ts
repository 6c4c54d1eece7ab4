import { parse } from 'yaml';
import {
  fileSchemas,
  type FileKind,
  type FileValue,
} from '../../schedule-data/format/file-schemas.ts';
import { sortedSchedule, type Schedule } from '../../schedule-data/schedule/schedule.ts';

/** A value of a data file from YAML text, as an editor would write it. */
export function value<K extends FileKind>(kind: K, text: string): FileValue<K> {
  return fileSchemas[kind].parse(parse(text, { schema: 'failsafe' }) ?? {}) as FileValue<K>;
}

/** A small event of two rooms and two days, Monday 2018-09-10 and Tuesday, in Denver. */
export function smallSchedule(
  tracks: Record<string, string> = { nova: '', cinder: '', swift: '' },
): Schedule {
  return sortedSchedule({
    event: value(
      'event',
      `
id: DEN-ptg
name: Denver Gathering
timezone: America/Denver
days:
  - name: Monday
    date: "2018-09-10"
    slots:
      - { name: MonA1, start: "09:00", end: "10:45" }
      - { name: MonP1, start: "13:30", end: "15:15" }
  - name: Tuesday
    date: "2018-09-11"
    slots:
      - { name: TueA1, start: "09:00", end: "10:45" }
      - { name: TueP1, start: "13:30", end: "15:15" }
`,
    ),
    rooms: new Map([
      ['aspen', value('room', 'name: Aspen\norder: 1\nslots: { MonA1: nova, MonP1: , TueA1: }')],
      [
        'breakfast-room-right-side-croke-park-hotel-2',
        value(
          'room',
          'name: Breakfast Room (Right-side) - Croke Park Hotel - 2\norder: 2\nslots: { MonA1: , MonP1: nova, TueP1: cinder }',
        ),
      ],
    ]),
    tracks: new Map(
      Object.entries(tracks).map(([slug, text]) => [slug, value('track', text || '{}')]),
    ),
    announcements: [],
  });
}
