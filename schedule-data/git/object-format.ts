/** Git objects as bytes: see gitformat-pack(5) and git-hash-object(1). */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

export interface GitObject {
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  /** As it stands in a loose object file. */
  readonly deflated: Buffer;
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
