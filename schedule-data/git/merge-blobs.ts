import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TreeEntry } from 'isomorphic-git';
import { runGit } from './git.ts';
import type { Sides } from './merge-trees.ts';
import type { Objects } from './objects.ts';

/** Takes milliseconds; whoever waits for the store waits for it. */
const timeout = 5000;

/**
 * The bytes that have the lines which either side changed; undefined where both changed the same lines,
 * or one of them is no text file.
 */
export async function mergeBlobs(
  objects: Objects,
  sides: Sides<TreeEntry | undefined>,
): Promise<Uint8Array | undefined> {
  if (!sides.every((entry) => entry?.type === 'blob' && entry.mode.startsWith('100')))
    return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'ptgbot-merge-'));
  try {
    const files = await Promise.all(
      sides.map(async (entry, index) => {
        const file = join(folder, String(index));
        await writeFile(file, await objects.bytes(entry!.oid));
        return file;
      }),
    );
    const [base, ours, theirs] = files as [string, string, string];
    await runGit(['merge-file', '--quiet', ours, base, theirs], { timeout });
    return await readFile(ours);
  } catch {
    // Git's exit code counts the conflicts. Whatever it is: there are other ways.
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
