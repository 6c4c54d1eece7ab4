/** All that is wrong with a set of data files, as `check` and the guard report it. */
import { classifyPath, eventFile, type ReadFile } from '../format/data-files.ts';
import type { FileKind, FileValue } from '../format/file-schemas.ts';
import { referenceProblems } from '../schedule/references.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Problem } from '../schedule/snapshot.ts';
import { assemble, missingEvent, type ReadDataFile } from './layout.ts';

/** A file that is there; without `read` nothing more is known of it. */
export interface GivenFile {
  readonly text?: string;
  readonly read?: ReadFile;
}

/** Bad or not read, a track or a room is there: what names it is no mistake. */
const placeholders: Partial<{ [K in FileKind]: FileValue<K> }> = {
  event: {
    ...{ id: 'event', name: 'event', timezone: 'UTC', etherpads: '', moderation: 'everyone' },
    ...{ links: [], days: [] },
  },
  room: { name: 'room', equipment: [], slots: new Map() },
  track: { formerly: [], next: [] },
};

/** @returns without a schedule where event.yaml is bad; then references are not looked at */
export function dataProblems(given: ReadonlyMap<string, GivenFile>): {
  readonly schedule: Schedule | undefined;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const files = new Map<string, ReadDataFile>();
  for (const [path, { read }] of given) {
    const place = classifyPath(path);
    if (place.kind === 'misnamed') problems.push({ path, message: place.message });
    if (place.kind === 'foreign' || place.kind === 'misnamed') continue;
    if (read && !read.ok) problems.push(...problemsOf(path, read));
    const isLost = read?.ok === false && place.kind === 'event';
    const value = read?.ok ? read.value : placeholders[place.kind];
    files.set(path, { ...place, value: isLost ? undefined : value });
  }
  if (!given.has(eventFile)) problems.push({ path: eventFile, message: missingEvent });
  if (!files.get(eventFile)?.value) return { schedule: undefined, problems };
  const schedule = assemble(files);
  problems.push(
    ...referenceProblems(
      schedule,
      (path) => given.get(path)?.text,
      (path) => given.has(path),
    ),
  );
  return { schedule, problems };
}

/** Each fault of a file that is not valid. */
function problemsOf(path: string, read: ReadFile & { ok: false }): Problem[] {
  return [read, ...(read.others ?? [])]
    .map(({ line, message }) => ({ path, message, ...(line && { line }) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
