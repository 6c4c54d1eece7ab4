import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './repository.ts';

/** What Debian's python3-icalendar reads in a calendar. */
export interface ReadCalendar {
  readonly head: Readonly<Record<string, string>>;
  readonly events: readonly ReadEvent[];
}

export interface ReadEvent {
  readonly uid: string;
  readonly sequence: number;
  /** UTC, `2018-09-10T15:00:00Z`, as all times. */
  readonly start: string;
  readonly end: string;
  readonly stamp: string;
  readonly modified: string;
  readonly status: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly conference: string | null;
}

/** What Python's parser of XML reads in a schedule.xml: attributes and elements alike. */
export interface ReadSchedule {
  readonly conference: Readonly<Record<string, string>>;
  readonly days: readonly (Readonly<Record<'index' | 'date' | 'start' | 'end', string>> & {
    readonly rooms: readonly {
      readonly name: string;
      readonly guid: string;
      readonly events: readonly Readonly<Record<string, string>>[];
    }[];
  })[];
}

// That of Debian, which has its packages.
const python = '/usr/bin/python3';
const script = join(import.meta.dirname, 'read-calendar.py');

const read = (text: string) =>
  JSON.parse(
    execFileSync(python, [script], { input: text, encoding: 'utf8', maxBuffer: 1e8 }),
  ) as unknown;

export const readCalendar = (text: string) => read(text) as ReadCalendar;
export const readSchedule = (text: string) => read(text) as ReadSchedule;

/** The lines that khal shows of a calendar, in UTC: `2018-09-10 15:00|nova|Aspen|CONFIRMED`. */
export function khalLines(text: string): string[] {
  const folder = temporaryFolder();
  const config = join(folder, 'config');
  mkdirSync(join(folder, 'calendar'));
  writeFileSync(
    config,
    [
      '[calendars]',
      '[[one]]',
      `path = ${join(folder, 'calendar')}`,
      '[locale]',
      'timeformat = %H:%M',
      ...['dateformat', 'longdateformat'].map((name) => `${name} = %Y-%m-%d`),
      ...['datetimeformat', 'longdatetimeformat'].map((name) => `${name} = %Y-%m-%d %H:%M`),
      ...['local_timezone', 'default_timezone'].map((name) => `${name} = UTC`),
    ].join('\n'),
  );
  const file = join(folder, 'calendar.ics');
  writeFileSync(file, text);
  const format = '{start-long}|{title}|{location}|{status}';
  const printed = execFileSync('khal', ['-c', config, 'printics', '--format', format, file], {
    encoding: 'utf8',
    env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' },
  });
  return printed
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => line.trim());
}
