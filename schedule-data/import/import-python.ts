/**
 * import/ turns the JSON database of the Python ptgbot into a schedule and into what people said of
 * themselves. It never writes files, and never fails on bad values: these are reported.
 */
import type { People } from '../people/person.ts';
import { emptySchedule, sortedSchedule, type Schedule } from '../schedule/schedule.ts';
import { importAnnouncements } from './announcements.ts';
import { Database } from './database.ts';
import { blankEvent, importEvent, type ImportOptions } from './event.ts';
import type { ImportRemark } from './json-value.ts';
import { importPeople } from './people.ts';
import { importRooms } from './rooms.ts';
import { importEtherpads, importTrackDetails } from './track-details.ts';
import { withoutOversized } from './file-size.ts';
import { ImportedTracks } from './imported-tracks.ts';

interface Imported {
  readonly schedule: Schedule;
  readonly people: People;
  readonly remarks: readonly ImportRemark[];
}

/**
 * Never throws: what cannot be used is reported with its path.
 * @param base what stays where the database doesn't hold its key; nothing unless given
 * @param people of the base
 */
export function importPython(
  json: unknown,
  options: ImportOptions,
  base: Schedule = emptySchedule(blankEvent),
  people: People = new Map(),
): Imported {
  const database = new Database(json);
  const event = importEvent(database, options, base.event);
  const tracks = new ImportedTracks(event, base.tracks, database.at('tracks').list());
  const imported = importRooms(database.at('schedule'), tracks, base.rooms);
  const rooms = imported ?? base.rooms;
  if (imported) clearMissingRooms(tracks, rooms);
  else keepBookedTracks(database, tracks, rooms);
  importTrackDetails(database, tracks, rooms);
  importEtherpads(database, tracks, base.event, event);
  const announcements = importAnnouncements(database.at('motd')) ?? base.announcements;
  const schedule = sortedSchedule({ event, rooms, tracks: tracks.bySlug, announcements });
  return {
    schedule: withoutOversized(schedule, base, database.remarks),
    people: importPeople(
      database,
      tracks,
      { timezone: event.timezone, fold: options.fold },
      people,
    ),
    remarks: database.remarks,
  };
}

function clearMissingRooms(tracks: ImportedTracks, rooms: Schedule['rooms']): void {
  tracks.map(({ room }) => (room !== undefined && !rooms.has(room) ? { room: undefined } : {}));
}

/** The tracks that the schedule names are tracks, listed or not. */
function keepBookedTracks(
  database: Database,
  tracks: ImportedTracks,
  rooms: Schedule['rooms'],
): void {
  for (const { slots } of rooms.values())
    for (const slug of slots.values())
      if (slug !== null && tracks.keep(slug))
        database.at('tracks').report(`${slug} has slots booked; it stays`);
}
