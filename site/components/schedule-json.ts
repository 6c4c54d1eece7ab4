import type { Conference } from '../view/conference.ts';

/** The same as schedule.xml, in JSON. */
export function scheduleJson(conference: Conference): object {
  const { title, acronym, start, end, timezone, url, version, tracks, days } = conference;
  return {
    generator: { name: 'ptgbot', version: '1' },
    schedule: {
      version,
      ...(url !== undefined && { base_url: url }),
      conference: {
        acronym,
        title,
        start,
        end,
        daysCount: days.length,
        timeslot_duration: '00:05',
        // Its schema knows no other names.
        ...(/^[A-Z][a-z]+\/[A-Z][a-z]+|^UTC$/.test(timezone) && { time_zone_name: timezone }),
        ...(url !== undefined && { url }),
        tracks: tracks.map(({ name, color }) => ({ name, color })),
        rooms: roomsOf(days),
        days: days.map(({ index, date, start, end, rooms }) => ({
          index,
          date,
          day_start: start,
          day_end: end,
          rooms: Object.fromEntries(
            rooms.map(({ name, events }) => [name, events.map(eventOf)] as const),
          ),
        })),
      },
    },
  };
}

function roomsOf(days: Conference['days']): readonly object[] {
  const rooms = new Map(days.flatMap(({ rooms }) => rooms.map((room) => [room.name, room.guid])));
  return [...rooms].map(([name, guid]) => ({ name, guid }));
}

function eventOf(event: Conference['days'][number]['rooms'][number]['events'][number]): object {
  const { guid, id, slug, date, end, start, duration, title, room, url, links } = event;
  return {
    guid,
    id,
    slug,
    date,
    start,
    end,
    duration,
    room,
    title,
    subtitle: '',
    track: title,
    type: 'meeting',
    language: 'en',
    abstract: '',
    description: '',
    persons: [],
    links,
    url,
  };
}
