import type { Conference, ConferenceDay, ConferenceEvent } from '../view/conference.ts';
import { element, escaped } from './xml.ts';

/** The schedule as apps for conferences read it: the format of frab and pentabarf. */
export function scheduleXml(conference: Conference): string {
  const { title, acronym, start, end, timezone, url, source, version, tracks, days } = conference;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<schedule>',
    '<generator name="ptgbot"/>',
    optional('url', source),
    element('version', version),
    '<conference>',
    element('title', title),
    element('acronym', acronym),
    element('start', start),
    element('end', end),
    element('days', String(days.length)),
    element('timeslot_duration', '00:05'),
    optional('base_url', url),
    optional('url', url),
    element('time_zone_name', timezone),
    ...tracks.map(({ name, color }) => `<track ${attributes({ name, color })}/>`),
    '</conference>',
    ...days.map(dayElement),
    '</schedule>\n',
  ]
    .filter(Boolean)
    .join('\n');
}

function dayElement({ rooms, ...day }: ConferenceDay): string {
  return [
    `<day ${attributes({ ...day, index: String(day.index) })}>`,
    ...rooms.map(({ name, guid, events }) =>
      [`<room ${attributes({ name, guid })}>`, ...events.map(eventElement), '</room>'].join('\n'),
    ),
    '</day>',
  ].join('\n');
}

function eventElement(event: ConferenceEvent): string {
  const { guid, id, slug, date, start, duration, title, room, url, links } = event;
  return [
    `<event ${attributes({ guid, id: String(id) })}>`,
    element('room', room),
    element('title', title),
    element('subtitle', ''),
    element('type', 'meeting'),
    element('date', date),
    element('start', start),
    element('duration', duration),
    element('abstract', ''),
    element('slug', slug),
    element('track', title),
    '<persons/>',
    element('description', ''),
    `<links>${links.map((link) => `<link href="${escaped(link.url)}">${escaped(link.title)}</link>`).join('')}</links>`,
    element('url', url),
    '</event>',
  ].join('');
}

const optional = (name: string, text: string | undefined) =>
  text === undefined ? '' : element(name, text);

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ');
