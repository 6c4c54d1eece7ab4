/** What a repository of data files holds, as far as its store and loader have to know. */
import { changesBetween, type FileChange } from './changes.ts';
import { eventFile, classifyPath, type PathKind } from '../format/data-files.ts';
import type { Plan } from '../format/plan.ts';
import type { FileKind, FileValue } from '../format/file-schemas.ts';
import { sortedSchedule, type Schedule } from '../schedule/schedule.ts';
import { StorageError } from '../git/storage-error.ts';

/** A file of ours: where it stands, and what counts of it; undefined when it never was valid. */
export interface ReadDataFile {
  readonly kind: FileKind;
  readonly slug: string;
  readonly value: FileValue | undefined;
}

export interface Layout<C extends object> {
  /** Folders with data files, besides the root. */
  readonly folders: readonly string[];
  /** A file that counts in its last valid version when it is gone. */
  readonly indispensable?: {
    readonly path: string;
    readonly kind: FileKind;
    readonly message: string;
  };
  classifyPath(path: string): PathKind;
  /** What the files mean together. @throws {StorageError} when what is indispensable never was */
  assemble(files: ReadonlyMap<string, ReadDataFile>): C;
  changesBetween(before: C, after: C): FileChange[];
}

/** What is wrong where event.yaml is missing. */
export const missingEvent = 'expected a file with the id, name and timezone';

export interface ScheduleContent {
  readonly schedule: Schedule;
  /** Of the venue, where the event names a file that holds one. */
  readonly plan?: Plan;
}

export const scheduleLayout: Layout<ScheduleContent> = {
  folders: ['rooms', 'tracks'],
  indispensable: { path: eventFile, kind: 'event', message: missingEvent },
  classifyPath,
  assemble: (files) => {
    const schedule = assemble(files);
    const plan = files.get(schedule.event.plan ?? '')?.value as Plan | undefined;
    return { schedule, ...(plan && { plan }) };
  },
  changesBetween: (before, after) => changesBetween(before.schedule, after.schedule),
};

/** The schedule that a set of files makes. */
export function assemble(files: ReadonlyMap<string, ReadDataFile>): Schedule {
  const event = files.get(eventFile)?.value as FileValue<'event'> | undefined;
  if (!event) throw new StorageError('event.yaml: expected a valid file, and there never was one');
  const of = <K extends FileKind>(wanted: K) =>
    [...files.values()].flatMap(({ kind, slug, value }): [string, FileValue<K>][] =>
      kind === wanted && value !== undefined ? [[slug, value as FileValue<K>]] : [],
    );
  return sortedSchedule({
    event,
    rooms: new Map(of('room')),
    tracks: new Map(of('track')),
    announcements: new Map(of('announcements')).get('') ?? [],
  });
}
