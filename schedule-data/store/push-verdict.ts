/** What a push does to the data: what it breaks, what was broken before, and what it changes. */
import { classifyPath, eventFile, noFile, readFile, tooLarge } from '../format/data-files.ts';
import { describeChanges } from '../schedule/describe.ts';
import type { Problem } from '../schedule/snapshot.ts';
import { textOf } from '../text/text.ts';
import { dataProblems, type GivenFile } from './data-problems.ts';

/** What stands at the paths of data files at a commit. */
export type Listing = ReadonlyMap<string, { readonly oid: string; readonly mode: string }>;

export interface Verdict {
  /** What is wrong after the push, and was not before. */
  readonly broken: readonly Problem[];
  /** What was wrong before already, as far as it was looked at. */
  readonly known: readonly Problem[];
  /** Sentences. */
  readonly changes: readonly string[];
}

/**
 * The paths whose content has to be known: those that changed; where what others refer to did, the
 * event or a name, all of them.
 */
function neededPaths(before: Listing, after: Listing): Set<string> {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(isData);
  const changed = paths.filter((path) => {
    const [old, current] = [before.get(path), after.get(path)];
    return old?.oid !== current?.oid || old?.mode !== current?.mode;
  });
  const isAlone = (path: string) =>
    before.has(path) && after.has(path) && classifyPath(path).kind !== 'event';
  if (!changed.every(isAlone)) return new Set(paths);
  const rooms = changed.flatMap(roomOf);
  if (!rooms.length) return new Set(changed);
  // `ballroom` and `ballroom-a` may give two slots the same code.
  const isNear = (one: string) =>
    rooms.some((room) => one.startsWith(`${room}-`) || room.startsWith(`${one}-`));
  return new Set([...changed, eventFile, ...paths.filter((path) => roomOf(path).some(isNear))]);
}

function roomOf(path: string): string[] {
  const place = classifyPath(path);
  return place.kind === 'room' ? [place.slug] : [];
}

const isData = (path: string) => classifyPath(path).kind !== 'foreign';

/** @param bytesOf the content of an object; undefined where it is too large */
export function pushVerdict(
  before: Listing,
  after: Listing,
  bytesOf: (oid: string) => Uint8Array | undefined,
): Verdict {
  const needed = neededPaths(before, after);
  // What did not change is the same object, and costs nothing to compare.
  const known = new Map<string, GivenFile>();
  const given = (listing: Listing) =>
    new Map(
      [...listing].map(([path, entry]) => {
        const key = `${path} ${entry.oid} ${entry.mode}`;
        const file = known.get(key) ?? (needed.has(path) ? readGiven(path, entry, bytesOf) : {});
        known.set(key, file);
        return [path, file];
      }),
    );
  const [filesBefore, filesAfter] = [given(before), given(after)];
  const [old, current] = [dataProblems(filesBefore), dataProblems(filesAfter)];
  const keys = new Set(old.problems.map(key));
  const mended = [...filesAfter].filter(
    ([path, { read }]) => read?.ok && filesBefore.get(path)?.read?.ok === false,
  );
  return {
    broken: current.problems.filter((problem) => !keys.has(key(problem))),
    known: current.problems.filter((problem) => keys.has(key(problem))),
    changes: [
      ...mended.map(([path]) => `${path} is valid again`),
      ...(old.schedule && current.schedule ? describeChanges(old.schedule, current.schedule) : []),
    ],
  };
}

function readGiven(
  path: string,
  { oid, mode }: { oid: string; mode: string },
  bytesOf: (oid: string) => Uint8Array | undefined,
): GivenFile {
  const place = classifyPath(path);
  if (place.kind === 'foreign' || place.kind === 'misnamed') return {};
  if (!mode.startsWith('100')) return { read: noFile };
  const bytes = bytesOf(oid);
  if (!bytes) return { read: tooLarge };
  const text = textOf(bytes);
  return { text, read: readFile(place.kind, text) };
}

/** Lines move without that anything is worse. */
const key = ({ path, message }: Problem) => `${path}\0${message}`;
