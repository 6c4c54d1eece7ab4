/** Data files in a plain directory: the example, or somebody's clone that is to be checked. */
import { readdir, readFile as readBytes } from 'node:fs/promises';
import { join } from 'node:path';
import { classifyPath, readFile } from '../format/data-files.ts';
import { assemble, type ReadDataFile } from './layout.ts';
import type { Problem, Snapshot } from '../schedule/snapshot.ts';
import { storageError } from '../git/storage-error.ts';
import { textOf } from '../text/text.ts';

/** The contents of the data files in a directory, by path. @throws {StorageError} */
export async function filesOfDirectory(directory: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  try {
    for (const folder of ['', 'rooms', 'tracks']) {
      const names = await readdir(join(directory, folder)).catch((error: unknown) => {
        if (folder) return [];
        throw error;
      });
      for (const name of names.sort()) {
        const path = folder ? `${folder}/${name}` : name;
        if (classifyPath(path).kind !== 'foreign')
          files.set(path, await readBytes(join(directory, path)));
      }
    }
  } catch (error) {
    throw storageError(`${directory} cannot be read`, error);
  }
  return files;
}

/** The schedule that a directory holds; its commit is empty. @throws {StorageError} */
export async function snapshotOfDirectory(directory: string): Promise<Snapshot> {
  const problems: Problem[] = [];
  const files = new Map<string, ReadDataFile>();
  for (const [path, bytes] of await filesOfDirectory(directory)) {
    const place = classifyPath(path);
    if (place.kind === 'foreign') continue;
    if (place.kind === 'misnamed') {
      problems.push({ path, message: place.message });
      continue;
    }
    const read = readFile(place.kind, textOf(bytes));
    if (read.ok) files.set(path, { ...place, value: read.value });
    else problems.push({ path, message: read.message, line: read.line });
  }
  return { commit: '', schedule: assemble(files), problems };
}
