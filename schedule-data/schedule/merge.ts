/**
 * Merging schedules by their values, not by the text of their files: what one side changed counts, and
 * where both changed the same value it is a conflict.
 */
import { isDeepStrictEqual } from 'node:util';
import { parseValue, toPlain } from '../format/data-files.ts';
import type { FileKind, FileValue } from '../format/file-schemas.ts';
import { isList, isMapOfPlain, type Plain, type PlainMap } from '../format/yaml.ts';
import { sortedSchedule, type Schedule } from './schedule.ts';

/** A value that both sides changed, and differently. */
export interface Conflict {
  readonly kind: FileKind;
  /** Of the track or room; empty for the event and the announcements. */
  readonly slug: string;
  /** The keys on the way to it, `now`, `slots.MonA1`; empty where one side deleted all of it. */
  readonly field: string;
}

/** `now of nova`, `MonA1 of aspen`, as people would say it. */
export function conflictPlace({ kind, slug, field }: Conflict): string {
  const name = field.replace(/^slots\./, '');
  const what = slug === '' ? kind : slug;
  return name === '' ? what : `${name} of ${what}`;
}

export interface Merged {
  /** Where there are conflicts, it holds the values of `ours` there. */
  readonly schedule: Schedule;
  readonly conflicts: readonly Conflict[];
}

/** What becomes of `ours` with what changed from `base` to `theirs`. */
export function mergeSchedules(base: Schedule, ours: Schedule, theirs: Schedule): Merged {
  const conflicts: Conflict[] = [];
  const merge = <K extends FileKind>(
    kind: K,
    slug: string,
    ...values: Sides<FileValue<K> | undefined>
  ) => mergeFile(kind, slug, values, conflicts);
  const mergeAll = <K extends 'room' | 'track'>(
    kind: K,
    ...[base, ours, theirs]: Sides<ReadonlyMap<string, FileValue<K>>>
  ) =>
    new Map(
      [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((slug) => {
        const merged = merge(kind, slug, base.get(slug), ours.get(slug), theirs.get(slug));
        return merged === undefined ? [] : [[slug, merged] as const];
      }),
    );
  const schedule = sortedSchedule({
    event: merge('event', '', base.event, ours.event, theirs.event) ?? ours.event,
    rooms: mergeAll('room', base.rooms, ours.rooms, theirs.rooms),
    tracks: mergeAll('track', base.tracks, ours.tracks, theirs.tracks),
    announcements:
      merge('announcements', '', base.announcements, ours.announcements, theirs.announcements) ??
      ours.announcements,
  });
  return { schedule, conflicts };
}

/** Of `base`, `ours` and `theirs`. */
type Sides<T> = readonly [base: T, ours: T, theirs: T];

function mergeFile<K extends FileKind>(
  kind: K,
  slug: string,
  [base, ours, theirs]: Sides<FileValue<K> | undefined>,
  conflicts: Conflict[],
): FileValue<K> | undefined {
  if (base === theirs || ours === theirs) return ours;
  if (base === ours) return theirs;
  const fields: string[][] = [];
  const plain = mergePlain(
    [base && toPlain(base), ours && toPlain(ours), theirs && toPlain(theirs)],
    [],
    fields,
  );
  const conflict = (field: string) => conflicts.push({ kind, slug, field });
  for (const field of fields) conflict(field.join('.'));
  if (plain === undefined || !ours) return fields.length ? ours : undefined;
  if (isDeepStrictEqual(plain, toPlain(ours))) return ours;
  const read = parseValue(kind, plain);
  if (read.ok) return read.value;
  // Each side is valid, and both together are not: two slots of one name, for instance.
  conflict(read.faults[0]!.path.join('.'));
  return ours;
}

/** These belong together: half of one topic with half of another is none. */
const wholes = new Set(['now']);

function mergePlain(
  sides: Sides<Plain | undefined>,
  path: readonly string[],
  conflicts: string[][],
): Plain | undefined {
  const [base, ours, theirs] = sides;
  if (isDeepStrictEqual(base, theirs) || isDeepStrictEqual(ours, theirs)) return ours;
  if (isDeepStrictEqual(base, ours)) return theirs;
  const isWhole = wholes.has(path.at(-1) ?? '');
  if (
    !isWhole &&
    sides.every((side) => isMapOfPlain(side) || (side === undefined && path.length > 0))
  ) {
    const [b, o, t] = sides.map((side) => (side ?? {}) as PlainMap) as [
      PlainMap,
      PlainMap,
      PlainMap,
    ];
    return mergeMaps([b, o, t], path, conflicts);
  }
  if (sides.every((side) => side === undefined || isList(side)))
    return mergeLists(
      sides.map((side) => (side ?? []) as readonly Plain[]) as unknown as Sides<readonly Plain[]>,
      path,
      conflicts,
    );
  conflicts.push([...path]);
  return ours;
}

function mergeMaps(
  [base, ours, theirs]: Sides<PlainMap>,
  path: readonly string[],
  conflicts: string[][],
): PlainMap {
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const value = mergePlain([base[key], ours[key], theirs[key]], [...path, key], conflicts);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Items with a name (days, slots) are the same where that is the same; others by all that they hold. */
function mergeLists(
  sides: Sides<readonly Plain[]>,
  path: readonly string[],
  conflicts: string[][],
): readonly Plain[] {
  const names = sides.map((items) => items.map(nameOf));
  const isNamed = names.every(
    (all) => all.every((name) => name !== undefined) && new Set(all).size === all.length,
  );
  const keyed = sides.map((items) => {
    const counts = new Map<string, number>();
    return new Map(
      items.map((item) => {
        const text = isNamed ? nameOf(item)! : JSON.stringify(item);
        const count = (counts.get(text) ?? 0) + 1;
        counts.set(text, count);
        // The second of two equal items is another one.
        return [isNamed ? text : `${text} ${count}`, item];
      }),
    );
  }) as unknown as Sides<ReadonlyMap<string, Plain>>;
  const [base, ours, theirs] = keyed;
  return mergedOrder(keyed).flatMap((key) => {
    const item = mergePlain(
      [base.get(key), ours.get(key), theirs.get(key)],
      [...path, key],
      conflicts,
    );
    return item === undefined ? [] : [item];
  });
}

function nameOf(item: Plain): string | undefined {
  return isMapOfPlain(item) && typeof item['name'] === 'string' ? item['name'] : undefined;
}

/** The order of ours; what theirs has besides stands behind the item that it stands behind there. */
function mergedOrder([base, ours, theirs]: Sides<ReadonlyMap<string, Plain>>): readonly string[] {
  const isReordered = (one: ReadonlyMap<string, Plain>) => {
    const kept = [...one.keys()].filter((key) => base.has(key));
    return !isDeepStrictEqual(
      kept,
      [...base.keys()].filter((key) => one.has(key)),
    );
  };
  // Whoever put them in another order meant it.
  const [first, second] =
    isReordered(theirs) && !isReordered(ours) ? [theirs, ours] : [ours, theirs];
  const order = [...first.keys()];
  let previous: string | undefined;
  for (const key of second.keys()) {
    if (!order.includes(key))
      order.splice(previous === undefined ? 0 : order.indexOf(previous) + 1, 0, key);
    previous = key;
  }
  return order;
}
