import { folderEntry, treeContent, type TreeEntry } from './object-format.ts';
import type { Objects } from './objects.ts';

/** A tree, or nothing where a side has none. */
type Side = string | undefined;
type Entries = ReadonlyMap<string, TreeEntry>;

/** What stands at a path where both sides changed it: the entry that is to stand there, if any. */
export type Clash = (path: string, theirs: TreeEntry | undefined) => TreeEntry | undefined;

/**
 * The tree that has what either side changed from `base`, whatever the files are; where both changed the
 * same, `clash` tells what is to stand there. Gives its id; its objects are added, and not yet written.
 * @throws {StorageError} when one cannot be read
 */
export async function mergeTrees(
  objects: Objects,
  sides: readonly [base: string, ours: string, theirs: string],
  clash: Clash,
): Promise<string> {
  return (await mergeFolder(objects, sides, '', clash)) ?? objects.add('tree', treeContent([]));
}

async function mergeFolder(
  objects: Objects,
  sides: readonly [Side, Side, Side],
  folder: string,
  clash: Clash,
): Promise<Side> {
  const [base, ours, theirs] = (await Promise.all(
    sides.map(async (oid) => {
      const entries = oid === undefined ? [] : await objects.tree(oid);
      return new Map(entries.map((entry) => [entry.path, entry]));
    }),
  )) as Entries[] as [Entries, Entries, Entries];
  const merged: TreeEntry[] = [];
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [b, o, t] = [base.get(name), ours.get(name), theirs.get(name)];
    const path = folder === '' ? name : `${folder}/${name}`;
    if (isSame(b, o) || isSame(o, t)) merged.push(...(t ? [t] : []));
    else if (isSame(b, t)) merged.push(...(o ? [o] : []));
    else if ([o, t].some((entry) => entry?.type === 'tree') && [b, o, t].every(isFolder)) {
      const oid = await mergeFolder(objects, [b?.oid, o?.oid, t?.oid], path, clash);
      if (oid !== undefined) merged.push(folderEntry(name, oid));
    } else {
      const entry = clash(path, t);
      if (entry) merged.push(entry);
    }
  }
  return merged.length ? objects.add('tree', treeContent(merged)) : undefined;
}

const isSame = (one: TreeEntry | undefined, other: TreeEntry | undefined) =>
  one?.oid === other?.oid && one?.mode === other?.mode;

const isFolder = (entry: TreeEntry | undefined) => entry === undefined || entry.type === 'tree';
