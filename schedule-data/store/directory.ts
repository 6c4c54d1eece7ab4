/** Data files in a plain directory: the example, or somebody's clone that is to be checked. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classifyPath, readBytes } from '../format/data-files.ts';
import { scheduleLayout, type ReadDataFile } from './layout.ts';
import type { Problem, Snapshot } from '../schedule/snapshot.ts';
import { storageError } from '../git/storage-error.ts';

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
          files.set(path, await readFile(join(directory, path)));
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
    const { read } = readBytes(place.kind, bytes);
    if (read.ok) files.set(path, { ...place, value: read.value });
    else problems.push({ path, message: read.message, line: read.line });
  }
  return { commit: '', ...scheduleLayout.assemble(files), problems };
}
