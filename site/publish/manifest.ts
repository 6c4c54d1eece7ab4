import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../schedule-data/git/replace-file.ts';
import { isOutputPath } from '../render/output-path.ts';

/** Lists what the publisher wrote, so that it never removes anything else. Not served. */
const name = '.ptgbot-published.json';

/** Says whether there is a list; without one somebody emptied the folder. */
export function hasManifest(root: string): boolean {
  return existsSync(join(root, name));
}

/** The paths that an earlier publisher listed, as far as they can be paths of ours. */
export async function readManifest(root: string): Promise<readonly string[]> {
  const text = await readFile(join(root, name), 'utf8').catch(() => '{}');
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    return Array.isArray(files)
      ? files.filter((path) => typeof path === 'string').filter(isOutputPath)
      : [];
  } catch {
    return [];
  }
}

/** Replaces the list in one step. */
export async function writeManifest(root: string, paths: Iterable<string>): Promise<void> {
  const path = join(root, name);
  const manifest = JSON.stringify({ files: [...paths].sort() }, null, 1);
  await replaceFile(path, manifest, { temporary: `${path}.new` });
}
