import { ByteReader } from './byte-reader.ts';
import { startGit } from './git.ts';
import { exitOf } from './process-exit.ts';

/**
 * Reads blobs through one `git cat-file`, which takes about as long for a thousand as for one.
 * @param sizeLimit larger ones, in bytes, are skipped without being held in memory
 * @returns id and bytes, in the order of the ids; without bytes what is too large or missing
 */
export async function* readBlobs(
  gitdir: string,
  oids: Iterable<string>,
  sizeLimit: number,
): AsyncGenerator<readonly [oid: string, bytes: Uint8Array | undefined]> {
  const child = startGit('--git-dir', gitdir, 'cat-file', '--batch', '--buffer');
  const exit = exitOf(child);
  // When git is gone, its exit says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end([...oids].map((oid) => `${oid}\n`).join(''));
  const output = new ByteReader(child.stdout as AsyncIterable<Buffer>);
  try {
    for (const oid of oids) {
      const [, type, size] = (await output.line()).split(' ');
      if (size === undefined) {
        yield [oid, undefined];
        continue;
      }
      const bytes = await output.take(Number(size), sizeLimit);
      await output.take(1, 1);
      yield [oid, type === 'blob' ? bytes : undefined];
    }
    await exit;
  } finally {
    child.kill();
  }
}
