/** What a push does to the data: what it breaks, what was broken before, and what it changes. */
import { classifyPath, eventFile, noFile, readBytes, tooLarge } from '../format/data-files.ts';
import { planFiles } from '../format/plan.ts';
import { describeChanges } from '../schedule/describe.ts';
import type { Problem } from '../schedule/snapshot.ts';
import { dataProblems, type GivenFile } from './data-problems.ts';

/** What stands at the paths of data files at a commit. */
export type Listing = ReadonlyMap<string, Entry>;

type Entry = { readonly oid: string; readonly mode: string };

const isAnother = (old: Entry | undefined, current: Entry | undefined) =>
  old?.oid !== current?.oid || old?.mode !== current?.mode;

export interface Verdict {
  /** What is wrong after the push, and was not before. */
  readonly broken: readonly Problem[];
  /** What was wrong before already, as far as it was looked at. */
  readonly known: readonly Problem[];
  /** Sentences. */
  readonly changes: readonly string[];
}

/**
 * The paths whose content has to be known: those that changed, and those that what changed may concern.
 */
function neededPaths(before: Listing, after: Listing, bytesOf: BytesOf): Set<string> {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(isData);
  const changed = paths.filter((path) => isAnother(before.get(path), after.get(path)));
  const needed = new Set(changed);
  // Whatever names a track or a room that came or went has the name in it.
  const names = changed.filter((path) => !before.has(path) || !after.has(path)).map(slugOf);
  const isNaming = (path: string) =>
    [before, after].some((listing) => {
      const bytes = bytesOf(listing.get(path)?.oid ?? '');
      return bytes && names.some((name) => name && Buffer.from(bytes).includes(name));
    });
  if (names.length) for (const path of paths) if (isNaming(path)) needed.add(path);
  // Slots are those of the event, and `ballroom` and `ballroom-a` may give two the same code.
  const rooms = paths.filter((path) => classifyPath(path).kind === 'room');
  const isNear = (slug: string) => (path: string) =>
    slugOf(path).startsWith(`${slug}-`) || slug.startsWith(`${slugOf(path)}-`);
  const near = changed.includes(eventFile)
    ? rooms
    : rooms
        .filter((path) => needed.has(path))
        .flatMap((path) => rooms.filter(isNear(slugOf(path))));
  for (const path of near) needed.add(path);
  if ([...rooms, ...planFiles].some((path) => needed.has(path))) needed.add(eventFile);
  return needed;
}

function slugOf(path: string): string {
  const place = classifyPath(path);
  return place.kind === 'foreign' || place.kind === 'misnamed' ? '' : place.slug;
}

const isData = (path: string) => classifyPath(path).kind !== 'foreign';

/** The content of an object; undefined where it is too large. */
type BytesOf = (oid: string) => Uint8Array | undefined;

export function pushVerdict(before: Listing, after: Listing, bytesOf: BytesOf): Verdict {
  const needed = neededPaths(before, after, bytesOf);
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
      ...planFiles.flatMap((path) =>
        isAnother(before.get(path), after.get(path)) &&
        [old, current].every(({ schedule }) => schedule?.event.plan === path)
          ? `the event: another drawing or picture in ${path}`
          : [],
      ),
      ...(old.schedule && current.schedule ? describeChanges(old.schedule, current.schedule) : []),
    ],
  };
}

function readGiven(
  path: string,
  { oid, mode }: { oid: string; mode: string },
  bytesOf: BytesOf,
): GivenFile {
  const place = classifyPath(path);
  if (place.kind === 'foreign' || place.kind === 'misnamed') return {};
  if (!mode.startsWith('100')) return { read: noFile };
  const bytes = bytesOf(oid);
  return bytes ? readBytes(place.kind, bytes) : { read: tooLarge(place.kind) };
}

/** Lines move without that anything is worse. */
const key = ({ path, message }: Problem) => `${path}\0${message}`;
