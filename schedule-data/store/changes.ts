/** What has to be written when one schedule becomes another. */
import { isDeepStrictEqual } from 'node:util';
import {
  announcementsFile,
  eventFile,
  newFile,
  roomFile,
  toPlain,
  trackFile,
} from '../format/data-files.ts';
import type { FileKind, FileValue } from '../format/file-schemas.ts';
import { emptySchedule, type Schedule } from '../schedule/schedule.ts';

/** One file to write; to remove, where `after` is undefined; new, where `before` is. */
export interface FileChange {
  readonly path: string;
  readonly kind: FileKind;
  readonly slug: string;
  readonly before: FileValue | undefined;
  readonly after: FileValue | undefined;
}

export function changesBetween(before: Schedule, after: Schedule): FileChange[] {
  return [
    change(eventFile, 'event', '', before.event, after.event),
    ...changesInFolder('room', roomFile, before.rooms, after.rooms),
    ...changesInFolder('track', trackFile, before.tracks, after.tracks),
    change(announcementsFile, 'announcements', '', before.announcements, after.announcements),
  ].filter((one) => one !== undefined);
}

/** What has to be written when one folder of files becomes another. */
export function changesInFolder(
  kind: FileKind,
  pathOf: (slug: string) => string,
  before: ReadonlyMap<string, FileValue>,
  after: ReadonlyMap<string, FileValue>,
): FileChange[] {
  const slugs = new Set([...before.keys(), ...after.keys()]);
  return [...slugs].flatMap(
    (slug) => change(pathOf(slug), kind, slug, before.get(slug), after.get(slug)) ?? [],
  );
}

function change(
  path: string,
  kind: FileKind,
  slug: string,
  before: FileValue | undefined,
  after: FileValue | undefined,
): FileChange | undefined {
  if (before === after) return undefined;
  const isSame = before && after && isDeepStrictEqual(toPlain(before), toPlain(after));
  return isSame ? undefined : { path, kind, slug, before, after };
}

/** The files of a new repository that holds a schedule: text by path. */
export function filesOf(schedule: Schedule): Map<string, string> {
  const changes = changesBetween(emptySchedule(schedule.event), schedule);
  return new Map([
    [eventFile, newFile('event', schedule.event).text],
    ...changes.flatMap(({ path, kind, after }): [string, string][] =>
      after ? [[path, newFile(kind, after).text]] : [],
    ),
  ]);
}
