/** Objects as `git cat-file --batch` prints them, for whoever cannot wait for a git of their own. */

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

/** Something at a path of a commit. */
export interface ListedFile {
  readonly mode: string;
  readonly oid: string;
}

/** What a commit holds in its root and in some folders. Throws when an object that it needs is missing. */
export function filesOfCommit(
  objects: ReadonlyMap<string, StreamedObject>,
  commit: string,
  folders: readonly string[],
): ReadonlyMap<string, ListedFile> {
  const bytesOf = (oid: string) => {
    const bytes = objects.get(oid)?.bytes;
    if (!bytes) throw new Error(`object ${oid} is missing`);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  };
  const tree = /^tree ([0-9a-f]{40})\n/.exec(bytesOf(commit).toString('latin1', 0, 46))?.[1];
  if (tree === undefined) throw new Error(`${commit} is no commit`);
  const files = new Map<string, ListedFile>();
  for (const [name, entry] of entriesIn(bytesOf(tree))) {
    if (entry.mode !== '40000') files.set(name, entry);
    else if (folders.includes(name))
      for (const [file, one] of entriesIn(bytesOf(entry.oid))) files.set(`${name}/${file}`, one);
  }
  return files;
}

function* entriesIn(tree: Buffer): Iterable<[name: string, ListedFile]> {
  for (let at = 0; at < tree.length;) {
    const end = tree.indexOf(0, at);
    const [, mode = '', name = ''] = /^(\d+) ([^]*)$/.exec(tree.toString('utf8', at, end)) ?? [];
    yield [name, { mode, oid: tree.toString('hex', end + 1, end + 21) }];
    at = end + 21;
  }
}
