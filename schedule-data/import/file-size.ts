import { newText } from '../format/data-files.ts';
import type { FileValue } from '../format/file-schemas.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { mostBytes } from '../format/yaml.ts';
import type { ImportRemark } from './json-value.ts';

/** The schedule without what would make a file too large to be read again. */
export function withoutOversized(
  { event, rooms, tracks, announcements }: Schedule,
  base: Schedule,
  remarks: ImportRemark[],
): Schedule {
  const fits = (path: string, value: FileValue) => {
    const isGood = Buffer.byteLength(newText(value)) <= mostBytes;
    if (!isGood) remarks.push({ path, message: `more than ${mostBytes / 1024} kB; left out` });
    return isGood;
  };
  const { links, days } = base.event;
  return {
    event: fits('slots and links', event) ? event : { ...event, links, days },
    rooms: new Map([...rooms].filter(([, room]) => fits(`schedule.${room.name}`, room))),
    tracks: new Map(
      [...tracks].map(([slug, track]) => [
        slug,
        fits(`next.${slug}`, track) ? track : { ...track, next: [] },
      ]),
    ),
    announcements: fits('motd', announcements) ? announcements : base.announcements,
  };
}
