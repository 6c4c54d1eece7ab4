import { folderEntry, treeContent, type TreeEntry } from './tree.ts';
import type { Objects } from './objects.ts';

export type Sides<T> = readonly [base: T, ours: T, theirs: T];

type Entries = ReadonlyMap<string, TreeEntry>;

/** What is to stand at a path where both sides changed it, if anything. */
export type Clash = (
  path: string,
  sides: Sides<TreeEntry | undefined>,
) => Promise<TreeEntry | undefined>;

/**
 * The tree that has what either side changed from `base`, whatever the files are; where both changed the
 * same, `clash` tells what is to stand there, and a folder stays where the other has a file. Gives its id; its objects are added, and not yet written.
 * @throws {StorageError} when one cannot be read
 */
export async function mergeTrees(
  objects: Objects,
  sides: Sides<string>,
  clash: Clash,
): Promise<string> {
  return (await mergeFolder(objects, sides, '', clash)) ?? objects.add('tree', treeContent([]));
}

async function mergeFolder(
  objects: Objects,
  sides: Sides<string | undefined>,
  folder: string,
  clash: Clash,
): Promise<string | undefined> {
  const [base, ours, theirs] = (await Promise.all(
    sides.map(async (oid) => {
      const entries = oid === undefined ? [] : await objects.tree(oid);
      return new Map(entries.map((entry) => [entry.path, entry]));
    }),
  )) as Entries[] as unknown as Sides<Entries>;
  const merged: TreeEntry[] = [];
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [b, o, t] = [base.get(name), ours.get(name), theirs.get(name)];
    const path = folder === '' ? name : `${folder}/${name}`;
    if (isSame(b, o) || isSame(o, t)) merged.push(...(t ? [t] : []));
    else if (isSame(b, t)) merged.push(...(o ? [o] : []));
    else if ([o, t].some(isFolder)) {
      const folders = [b, o, t].map((entry) => (isFolder(entry) ? entry!.oid : undefined));
      const oid = await mergeFolder(objects, folders as unknown as Sides<string>, path, clash);
      const file = [t, o].find((entry) => entry && !isFolder(entry));
      if (oid !== undefined) merged.push(folderEntry(name, oid));
      else if (file) merged.push(file);
    } else {
      const entry = await clash(path, [b, o, t]);
      if (entry) merged.push(entry);
    }
  }
  return merged.length ? objects.add('tree', treeContent(merged)) : undefined;
}

const isSame = (one: TreeEntry | undefined, other: TreeEntry | undefined) =>
  one?.oid === other?.oid && one?.mode === other?.mode;

const isFolder = (entry: TreeEntry | undefined) => entry?.type === 'tree';
