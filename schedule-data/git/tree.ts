/** Trees as bytes: see git-mktree(1) and gitformat-pack(5). */
import { textOf } from '../text/text.ts';

/** A file or folder in a tree; `commit` is a submodule. */
export interface TreeEntry {
  /** `100644`, `40000`. */
  readonly mode: string;
  readonly path: string;
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit';
}

export function folderEntry(path: string, oid: string): TreeEntry {
  return { mode: '40000', path, oid, type: 'tree' };
}

/** In the order that git demands: by bytes, folders as if their names ended with a slash. */
export function treeContent(entries: readonly TreeEntry[]): Uint8Array {
  const key = ({ path, type }: TreeEntry) => bytesOf(type === 'tree' ? `${path}/` : path);
  const sorted = entries.toSorted((a, b) => Buffer.compare(key(a), key(b)));
  return Buffer.concat(
    sorted.flatMap(({ mode, path, oid }) => [
      Buffer.from(`${mode} `),
      bytesOf(`${path}\0`),
      Buffer.from(oid, 'hex'),
    ]),
  );
}

/** Names that nothing of ours would have are kept as they are. */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let start = 0; start < content.length;) {
    const space = content.indexOf(' ', start);
    const end = content.indexOf(0, space);
    // Some programs write folders as 040000.
    const mode = content.toString('latin1', start, space).replace(/^0+/, '');
    entries.push({
      mode,
      path: nameOf(content.subarray(space + 1, end)),
      oid: content.toString('hex', end + 1, end + 21),
      type: mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob',
    });
    start = end + 21;
  }
  return entries;
}

/** A name that is not UTF-8 has a lone surrogate for each of its bytes above 127, as in Python. */
function nameOf(bytes: Buffer): string {
  return (
    textOf(bytes) ??
    bytes
      .toString('latin1')
      .replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(0xdc00 + byte.charCodeAt(0)))
  );
}

function bytesOf(name: string): Buffer {
  // Of each code unit, latin1 takes the lower byte.
  return Buffer.from(name, name.isWellFormed() ? 'utf8' : 'latin1');
}
