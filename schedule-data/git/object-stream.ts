/** Objects as `git cat-file --batch` prints them, for whoever cannot wait for a git of their own. */
import { parseTree, type TreeEntry } from './tree.ts';

interface StreamedObject {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The objects by their ids; those that are missing are left out. */
export function objectsIn(stream: Buffer): ReadonlyMap<string, StreamedObject> {
  const objects = new Map<string, StreamedObject>();
  for (let at = 0; at < stream.length;) {
    const end = stream.indexOf(10, at);
    if (end < 0) break;
    const [oid = '', type = '', size] = stream.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (size === undefined) continue;
    objects.set(oid, { type, bytes: stream.subarray(at, at + Number(size)) });
    at += Number(size) + 1;
  }
  return objects;
}

/** What a commit holds in its root and in some folders. Throws when an object that it needs is missing. */
export function filesOfCommit(
  objects: ReadonlyMap<string, StreamedObject>,
  commit: string,
  folders: readonly string[],
): ReadonlyMap<string, TreeEntry> {
  const bytesOf = (oid: string) => {
    const bytes = objects.get(oid)?.bytes;
    if (!bytes) throw new Error(`object ${oid} is missing`);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  };
  const tree = /^tree ([0-9a-f]{40})\n/.exec(bytesOf(commit).toString('latin1', 0, 46))?.[1];
  if (tree === undefined) throw new Error(`${commit} is not a commit`);
  const files = new Map<string, TreeEntry>();
  for (const entry of parseTree(bytesOf(tree))) {
    if (entry.type !== 'tree') files.set(entry.path, entry);
    else if (folders.includes(entry.path))
      for (const file of parseTree(bytesOf(entry.oid)))
        files.set(`${entry.path}/${file.path}`, file);
  }
  return files;
}
