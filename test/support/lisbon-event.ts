import { fileSchemas } from '../../schedule-data/format/file-schemas.ts';
import { sortedSchedule, type Schedule } from '../../schedule-data/schedule/schedule.ts';

const slots = (...names: string[]) =>
  ['09:00-10:45', '11:00-12:30', '13:30-15:15'].flatMap((times, index) => {
    const [start, end] = times.split('-');
    return names[index] === undefined ? [] : [{ name: names[index], start, end }];
  });

/** The event at which the conversations take place. */
export const gathering: Schedule = sortedSchedule({
  event: fileSchemas.event.parse({
    id: 'lisbon-ptg',
    name: 'Lisbon Gathering',
    timezone: 'UTC',
    links: [{ title: 'Venue map', url: 'https://example.org/map' }],
    days: [
      { name: 'Monday', date: '2018-09-10', slots: slots('MonA1', 'MonA2', 'MonP1') },
      { name: 'Tuesday', date: '2018-09-11', slots: slots('TueA1', 'TueA2') },
    ],
  }),
  rooms: new Map([
    [
      'aspen',
      fileSchemas.room.parse({
        name: 'Aspen',
        order: '1',
        slots: { MonA1: 'nova', MonA2: '', MonP1: '', TueA1: '' },
      }),
    ],
    [
      'ballroom-a',
      fileSchemas.room.parse({
        name: 'Ballroom A',
        order: '2',
        slots: { MonA1: 'cinder', MonA2: 'cinder', TueA1: '', TueA2: '' },
      }),
    ],
  ]),
  tracks: new Map([
    ['cinder', fileSchemas.track.parse({ color: '#7a3b00' })],
    ['nova', fileSchemas.track.parse({ color: '#27a3dd' })],
    ['swift', fileSchemas.track.parse({ formerly: ['object-storage'] })],
  ]),
  announcements: fileSchemas.announcements.parse([
    { level: 'info', message: 'Welcome' },
    { level: 'warning', message: 'The lift is out of order' },
  ]),
});
