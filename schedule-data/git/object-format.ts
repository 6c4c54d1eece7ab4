/** Git objects as bytes: see gitformat-pack(5) and git-hash-object(1). */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { textOf } from '../text/text.ts';

export interface GitObject {
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  /** As it stands in a loose object file. */
  readonly deflated: Buffer;
}

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

/** Who, and when in seconds, always in UTC. */
interface DatedSignature {
  readonly name: string;
  readonly email: string;
  readonly timestamp: number;
}

export interface CommitObject {
  readonly tree: string;
  readonly parent: readonly string[];
  readonly author: DatedSignature;
  readonly committer: DatedSignature;
  readonly message: string;
}

/** What is read of a commit on the way to its files. */
export interface CommitHead {
  readonly tree: string;
  readonly parent: readonly string[];
  readonly authorName: string;
}

export function gitObject(type: GitObject['type'], content: Uint8Array): GitObject {
  const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const oid = createHash('sha1').update(bytes).digest('hex');
  return { type, oid, deflated: deflateSync(bytes) };
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

export function commitContent({
  tree,
  parent,
  author,
  committer,
  message,
}: CommitObject): Uint8Array {
  const who = ({ name, email, timestamp }: CommitObject['author']) =>
    `${name} <${email}> ${timestamp} +0000`;
  return Buffer.from(
    [
      `tree ${tree}`,
      ...parent.map((oid) => `parent ${oid}`),
      `author ${who(author)}`,
      `committer ${who(committer)}`,
      '',
      message,
    ].join('\n'),
  );
}

export function parseCommit(content: Buffer): CommitHead {
  const [head = ''] = content.toString('utf8').split('\n\n', 1);
  const values = (key: string) =>
    [...head.matchAll(new RegExp(`^${key} (.*)$`, 'gm'))].map(([, value]) => value!);
  const [author = ''] = values('author');
  return {
    tree: values('tree')[0] ?? '',
    parent: values('parent'),
    authorName: author.replace(/ ?<[^<>]*>[^<>]*$/, ''),
  };
}
