/** What a repository of data files holds, as far as its store and loader have to know. */
import { changesBetween, type FileChange } from './changes.ts';
import { eventPath, placeOf, type Place } from './files.ts';
import type { FileKind, FileValue } from './format.ts';
import { inOrder, type Schedule } from './schedule.ts';
import { StorageError } from './storage-error.ts';

/** A file of ours: where it stands, and what counts of it; undefined when it never was valid. */
export interface ReadPlace {
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
  placeOf(path: string): Place;
  /** What the files mean together. @throws {StorageError} when what is indispensable never was */
  assemble(files: ReadonlyMap<string, ReadPlace>): C;
  changesBetween(before: C, after: C): FileChange[];
}

/** What is wrong where event.yaml is missing. */
export const missingEvent = 'expected a file with the id, name and timezone';

export interface ScheduleContent {
  readonly schedule: Schedule;
}

export const scheduleLayout: Layout<ScheduleContent> = {
  folders: ['rooms', 'tracks'],
  indispensable: { path: eventPath, kind: 'event', message: missingEvent },
  placeOf,
  assemble: (files) => ({ schedule: assemble(files) }),
  changesBetween: (before, after) => changesBetween(before.schedule, after.schedule),
};

/** The schedule that a set of files makes. */
export function assemble(files: ReadonlyMap<string, ReadPlace>): Schedule {
  const event = files.get(eventPath)?.value as FileValue<'event'> | undefined;
  if (!event) throw new StorageError('event.yaml: expected a valid file, and there never was one');
  const of = <K extends FileKind>(wanted: K) =>
    [...files.values()].flatMap(({ kind, slug, value }): [string, FileValue<K>][] =>
      kind === wanted && value !== undefined ? [[slug, value as FileValue<K>]] : [],
    );
  return inOrder({
    event,
    rooms: new Map(of('room')),
    tracks: new Map(of('track')),
    announcements: new Map(of('announcements')).get('') ?? [],
  });
}
