/** Git objects as bytes: see gitformat-pack(5) and git-hash-object(1). */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { CommitObject, TreeEntry } from 'isomorphic-git';

export interface GitObject {
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  /** As it stands in a loose object file. */
  readonly deflated: Buffer;
}

export function gitObject(type: GitObject['type'], content: Uint8Array): GitObject {
  const bytes = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const oid = createHash('sha1').update(bytes).digest('hex');
  return { type, oid, deflated: deflateSync(bytes) };
}

/** In the order that git demands: by bytes, folders as if their names ended with a slash. */
export function treeContent(entries: readonly TreeEntry[]): Uint8Array {
  const key = ({ path, type }: TreeEntry) => Buffer.from(type === 'tree' ? `${path}/` : path);
  const sorted = entries.toSorted((a, b) => Buffer.compare(key(a), key(b)));
  return Buffer.concat(
    sorted.flatMap(({ mode, path, oid }) => [
      Buffer.from(`${mode.replace(/^0/, '')} ${path}\0`),
      Buffer.from(oid, 'hex'),
    ]),
  );
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
