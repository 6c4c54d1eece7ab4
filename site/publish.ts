import { createHash } from 'node:crypto';
import {
  access,
  lstat,
  mkdir,
  readFile,
  rename,
  rm,
  rmdir,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Problem, Snapshot } from '../schedule-data/snapshot.ts';
import type { RenderedSite } from './renderer/render.ts';

/** Lists what the publisher wrote, so that it never removes anything else. Not served. */
const manifestName = '.ptgbot-published.json';
/** New contents stand here until all of them are complete. */
const asideName = '.ptgbot-aside';
/** Pages in browsers and caches still ask for the style sheets that they came with. */
const keepAssetsFor = 60 * 60_000;

/** What `revision.json` tells: which commit the site shows since when. */
export interface Revision {
  readonly commit: string;
  /** When it was published, ISO 8601 in UTC. */
  readonly time: string;
  readonly problems: readonly Problem[];
}

export interface Published {
  /** How many files changed and how many are gone. */
  readonly written: number;
  readonly removed: number;
}

/** Keeps a folder showing the newest rendered site. One call at a time. */
export interface Publisher {
  /**
   * Makes the folder show the site. Writes only what changed, `revision.json` last, and then
   * removes what it wrote earlier and is gone now. Throws when it can't; as long as the disk lasts
   * for new contents (they are written aside first), every file is then as it was.
   */
  publish(snapshot: Snapshot, site: RenderedSite): Promise<Published>;
}

/** Opens a folder for publishing; makes it when it is missing. Throws when it can't be written. */
export async function openPublisher(directory: string, now = () => new Date()): Promise<Publisher> {
  const root = resolve(directory);
  await mkdir(root, { recursive: true });
  const aside = join(root, asideName);
  await rm(aside, { recursive: true, force: true });
  const gone = new Map<string, number>();
  const hashes = new Map<string, string | undefined>();
  for (const path of await readManifest(root)) hashes.set(path, await hashOfFile(root, path));

  const writeManifest = (paths: Iterable<string>) =>
    place(root, aside, [[manifestName, JSON.stringify({ files: [...paths].sort() }, null, 1)]]);

  return {
    async publish({ commit, problems }, site) {
      for (const path of site.files.keys()) assertPublishable(path);
      // Somebody emptied the folder below us.
      if (!(await hasManifest(root))) hashes.clear();
      const changed: [string, string | Uint8Array][] = [];
      for (const [path, content] of site.files)
        if (hashes.get(path) !== hashOf(content)) changed.push([path, content]);
      const revision: Revision = {
        commit,
        time: now().toISOString(),
        problems: [...problems, ...site.problems],
      };

      const paths = new Set([...hashes.keys(), ...site.files.keys(), 'revision.json']);
      // A path is listed before it exists: whatever dies in between, nothing of ours is forgotten.
      if ([...paths].some((path) => !hashes.has(path))) await writeManifest(paths);
      // Should placing them fail half-way, nobody knows which of them are there.
      for (const path of ['revision.json', ...changed.map(([path]) => path)])
        hashes.set(path, undefined);
      await place(root, aside, [...changed, ['revision.json', JSON.stringify(revision)]]);
      for (const [path, content] of changed) hashes.set(path, hashOf(content));

      // What failed to render is not gone.
      const old = site.problems.length > 0 ? [] : [...hashes.keys()];
      const removed: string[] = [];
      for (const path of old) {
        if (site.files.has(path) || path === 'revision.json') gone.delete(path);
        else if (!path.startsWith('assets/') || overdue(path)) removed.push(path);
      }
      for (const path of removed) {
        await removeFile(root, path);
        hashes.delete(path);
        gone.delete(path);
      }
      if (removed.length > 0) await writeManifest(hashes.keys());
      return { written: changed.length, removed: removed.length };
    },
  };

  function overdue(path: string): boolean {
    const since = gone.get(path);
    if (since === undefined) gone.set(path, now().getTime());
    return since !== undefined && now().getTime() - since > keepAssetsFor;
  }
}

/** Writes all contents aside, then puts them in their places in the given order. */
async function place(
  root: string,
  aside: string,
  files: readonly (readonly [path: string, content: string | Uint8Array])[],
): Promise<void> {
  try {
    await mkdir(aside, { recursive: true });
    for (const [index, [, content]] of files.entries())
      await writeFile(join(aside, String(index)), content);
    for (const [path] of files) await makeFolder(root, dirname(path));
    for (const [index, [path]] of files.entries())
      await rename(join(aside, String(index)), join(root, path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The site can't be written to ${root}: ${reason}`, { cause: error });
  } finally {
    await rm(aside, { recursive: true, force: true }).catch(() => {});
  }
}

/** Makes a folder below the root; refuses to go through a link, which may lead anywhere. */
async function makeFolder(root: string, path: string): Promise<void> {
  if (path === '.') return;
  await makeFolder(root, dirname(path));
  const folder = join(root, path);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (!(await lstat(folder)).isDirectory()) throw new Error(`${folder} is not a folder`);
}

async function removeFile(root: string, path: string): Promise<void> {
  if (!(await hasPlainFolders(root, path))) return;
  const file = join(root, path);
  const stats = await lstat(file).catch(() => undefined);
  if (stats?.isFile()) await unlink(file);
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
    try {
      await rmdir(join(root, folder));
    } catch {
      return; // Something else is in it.
    }
}

async function hasPlainFolders(root: string, path: string): Promise<boolean> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const stats = await lstat(join(root, folder)).catch(() => undefined);
    if (!stats?.isDirectory()) return false;
  }
  return true;
}

function hasManifest(root: string): Promise<boolean> {
  return access(join(root, manifestName)).then(
    () => true,
    () => false,
  );
}

/** The paths that an earlier publisher listed, as far as they can be paths of ours. */
async function readManifest(root: string): Promise<readonly string[]> {
  const text = await readFile(join(root, manifestName), 'utf8').catch(() => '{}');
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    return Array.isArray(files)
      ? files.filter((path) => typeof path === 'string').filter(isPublishable)
      : [];
  } catch {
    return [];
  }
}

async function hashOfFile(root: string, path: string): Promise<string | undefined> {
  try {
    return (await lstat(join(root, path))).isFile()
      ? hashOf(await readFile(join(root, path)))
      : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}

/** Relative, and each part the name of a visible file: nothing that leads elsewhere. */
function isPublishable(path: string): boolean {
  return path.split('/').every((part) => /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u.test(part));
}

function assertPublishable(path: string): void {
  if (!isPublishable(path)) throw new Error(`"${path}" can't be the path of a page.`);
}
