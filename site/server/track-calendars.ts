/** The calendar of some tracks, put together from their own, which are published: `ptg.ics?tracks=nova,cinder`. */
import { LRUCache } from 'lru-cache';
import { fold, isSlug } from '../../schedule-data/text/slug.ts';
import { calendarOfTracks } from '../view/calendar-of-tracks.ts';
import { servedFile, type Files, type ServedFile } from './files.ts';

/** Of more tracks than this, the first ones count. */
const mostTracks = 50;
/** Bytes of calendars that are remembered, with what they are compressed to. */
const memory = 4 * 1024 * 1024;

interface TrackCalendar {
  readonly file: ServedFile;
  /** Of how many tracks it is; those that nobody knows have nothing in it. */
  readonly count: number;
}

/** The tracks that a query asks for; undefined where it asks for none, and so for all. */
export function tracksIn(query: string): readonly string[] | undefined {
  const words = new URLSearchParams(query)
    .getAll('tracks')
    .flatMap((list) => list.split(/[\s,]+/))
    .filter(Boolean);
  if (words.length === 0) return undefined;
  return [...new Set(words.map(fold).filter(isSlug))].slice(0, mostTracks);
}

export class TrackCalendars {
  readonly #files: Files;
  readonly #known = new LRUCache<string, ServedFile>({
    maxSize: memory,
    sizeCalculation: ({ content }, key) => 2 * content.length + key.length,
  });

  constructor(files: Files) {
    this.#files = files;
  }

  /** Undefined as long as the calendar of all tracks is not there either. */
  async find(tracks: readonly string[]): Promise<TrackCalendar | undefined> {
    const all = await this.#files.open('/ptg.ics');
    if (!all) return undefined;
    const sorted = tracks.toSorted();
    // Where all of the event is, there is no track of that name.
    const found = await Promise.all(
      sorted.map(async (track) =>
        track === 'ptg' ? undefined : this.#files.open(`/${track}.ics`),
      ),
    );
    const calendars = found.filter((file) => file !== undefined);
    const head = headOf(all.content, sorted);
    const key = [head, ...calendars.map(({ etag }) => etag)].join('\n');
    const known = this.#known.get(key);
    if (known) return { file: known, count: tracks.length };
    // A track that is asked for by two names has its entries once.
    const events = new Set(calendars.flatMap(({ content }) => eventsOf(content)));
    const modified = new Date(Math.max(...[all, ...calendars].map((file) => +file.modified)));
    const file = servedFile('/ptg.ics', {
      content: Buffer.from(`${head}${[...events].join('')}END:VCALENDAR`),
      modified,
    });
    this.#known.set(key, file);
    return { file, count: tracks.length };
  }
}

const eventsOf = (content: Buffer): readonly string[] =>
  content.toString().match(/^BEGIN:VEVENT\r\n[^]*?^END:VEVENT\r\n/gm) ?? [];

/** What stands before the entries, with the name and the address of this calendar. */
function headOf(content: Buffer, tracks: readonly string[]): string {
  const first = content.indexOf('BEGIN:VEVENT');
  const head = content.subarray(0, first < 0 ? content.indexOf('END:VCALENDAR') : first).toString();
  return head
    .replace(/\r\n[ \t]/g, '')
    .replace(/^((?:NAME|X-WR-CALNAME):)/gm, (name) => `${name}${named(tracks)} · `)
    .replace(/^(SOURCE.*)\/ptg\.ics$/m, (_, source: string) => source + calendarOfTracks(tracks))
    .replace(/^.{19,}$/gmu, folded);
}

/** More of them are counted, not named. */
const mostNames = 5;

function named(tracks: readonly string[]): string {
  const more = tracks.length - mostNames;
  return `${tracks.slice(0, mostNames).join('\\, ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A line has 75 bytes at most (RFC 5545, 3.1), a character four. */
const folded = (line: string) =>
  Buffer.byteLength(line) > 75 ? line.match(/.{1,18}/gu)!.join('\r\n ') : line;
