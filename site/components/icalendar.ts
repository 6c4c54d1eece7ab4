import ical, { escape, foldLines, ICalEvent, ICalEventStatus } from 'ical-generator';
import type { Calendar, CalendarEvent } from '../view/calendar.ts';

/** How long programs may wait before they look again, in seconds. */
const refresh = 15 * 60;

/** A calendar as RFC 5545 and 7986 have it, to be subscribed to. */
export function icalendar({ name, timezone, source, url, events }: Calendar): string {
  const calendar = ical({
    prodId: { company: 'ptgbot', product: 'ptgbot', language: 'EN' },
    // The library takes it as it is.
    name: escape(name, false),
    ttl: refresh,
    ...(source !== undefined && { source }),
    ...(url !== undefined && { url }),
    // Only for programs that show it so: times are in UTC.
    x: { 'X-WR-TIMEZONE': timezone },
  });
  const [head = '', end = ''] = calendar.toString().split(/(?=END:VCALENDAR)/);
  return head + events.map(eventText).join('') + end;
}

/** The same entry stands in three calendars, and stays while others change. */
const known = new WeakMap<CalendarEvent, string>();

function eventText(event: CalendarEvent): string {
  const text = known.get(event) ?? foldLines(component(event));
  known.set(event, text);
  return text;
}

const holder = ical();

function component(event: CalendarEvent): string {
  const { uid, sequence, start, end, summary, location, url, cancelled } = event;
  const modified = new Date(event.modified);
  const standard = new ICalEvent(
    {
      id: uid,
      sequence,
      start: new Date(start),
      end: new Date(end),
      stamp: modified,
      lastModified: modified,
      summary,
      location,
      description: description(event),
      categories: [{ name: summary }],
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(url !== undefined && { url }),
    },
    holder,
  );
  return standard.toString().replace(/END:VEVENT\r\n$/, () => `${others(event)}END:VEVENT\r\n`);
}

/** With the address to join at, as few programs know of `CONFERENCE`. */
function description({ announced, etherpad, conference }: CalendarEvent): string {
  const join = conference === undefined ? [] : [`Join: ${conference}`];
  return [...announced, `Etherpad: ${etherpad}`, ...join].join('\n');
}

/** What the library does not know of. */
function others({ color, conference, summary }: CalendarEvent): string {
  const label = summary.replace(/["\p{Cc}]/gu, '');
  return [
    `COLOR:${color}`,
    ...(conference === undefined
      ? []
      : [`CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="${label}":${conference}`]),
  ]
    .map((line) => `${line}\r\n`)
    .join('');
}
