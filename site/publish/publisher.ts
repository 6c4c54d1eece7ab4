import { hash as digestOf } from 'node:crypto';
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
import { setImmediate } from 'node:timers/promises';
import { replaceFile } from '../../schedule-data/git/replace-file.ts';
import type { Problem, Snapshot } from '../../schedule-data/schedule/snapshot.ts';
import { pageProblem, type PlannedFile, type SitePlan } from '../render/plan.ts';

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
  /** How many files the site has, how many of them changed, and how many are gone. */
  readonly files: number;
  readonly written: number;
  readonly removed: number;
  /** Pages that could not be made. */
  readonly problems: readonly Problem[];
}

/** Keeps a folder showing the newest site. One call at a time. */
export interface Publisher {
  /**
   * Makes the folder show the site. Renders only files whose digest is not that of what is there,
   * one after the other, and writes only what changed, `revision.json` last; then removes what it
   * wrote earlier and is gone now. A page that can't be rendered stays as it was. Throws when it
   * can't write; as long as the disk lasts for new contents (they are written aside first), every
   * file is then as it was.
   */
  publish(snapshot: Snapshot, site: SitePlan): Promise<Published>;
}

/** What is known of a file in the folder; nothing while it is not certain that it is there. */
interface FileState {
  /** Of its bytes. */
  readonly hash?: string;
  /** Of what it shows; not known for what an earlier process wrote. */
  readonly digest?: string;
}

/** Opens a folder for publishing; makes it when it is missing. Throws when it can't be written. */
export async function openPublisher(directory: string, now = () => new Date()): Promise<Publisher> {
  const root = resolve(directory);
  await mkdir(root, { recursive: true });
  const aside = join(root, asideName);
  await rm(aside, { recursive: true, force: true });
  const gone = new Map<string, number>();
  const known = new Map<string, FileState>();
  for (const path of await readManifest(root))
    known.set(path, { hash: await hashOfFile(root, path) });

  return {
    async publish({ commit, problems }, site) {
      const files = new Set(site.files.flatMap(({ paths }) => paths));
      for (const path of files) assertPublishable(path);
      // Somebody emptied the folder below us.
      if (!(await hasManifest(root))) known.clear();

      const failures = [...site.problems];
      const changed = new Map<string, FileState>();
      await place(root, aside, async (put) => {
        for (const file of site.files) {
          if (file.paths.every((path) => known.get(path)?.digest === file.digest)) continue;
          const text = await contentOf(file, failures);
          if (text === undefined) continue;
          const content = Buffer.from(text);
          const made: FileState = { hash: hashOf(content), digest: file.digest };
          for (const path of file.paths)
            if (known.get(path)?.hash === made.hash) known.set(path, made);
            else {
              await put(path, content);
              changed.set(path, made);
            }
          // Rendering takes long.
          await setImmediate();
        }
        const revision: Revision = {
          commit,
          time: now().toISOString(),
          problems: [...problems, ...failures],
        };
        await put('revision.json', JSON.stringify(revision));
        // A path is listed before it exists: whatever dies in between, nothing of ours is forgotten.
        const added = [...changed.keys(), 'revision.json'].filter((path) => !known.has(path));
        if (added.length > 0) await writeManifest([...known.keys(), ...added]);
        // Should placing them fail half-way, nobody knows which of them are there.
        for (const path of ['revision.json', ...changed.keys()]) known.set(path, {});
      });
      for (const [path, made] of changed) known.set(path, made);

      // What failed to render is not gone.
      const old = failures.length > 0 ? [] : [...known.keys()];
      const removed: string[] = [];
      for (const path of old) {
        if (files.has(path) || path === 'revision.json') gone.delete(path);
        else if (!path.startsWith('assets/') || overdue(path)) removed.push(path);
      }
      for (const path of removed) {
        await removeFile(root, path);
        known.delete(path);
        gone.delete(path);
      }
      if (removed.length > 0) await writeManifest(known.keys());
      return {
        files: files.size,
        written: changed.size,
        removed: removed.length,
        problems: failures,
      };
    },
  };

  async function writeManifest(paths: Iterable<string>): Promise<void> {
    const path = join(root, manifestName);
    const manifest = JSON.stringify({ files: [...paths].sort() }, null, 1);
    await replaceFile(path, manifest, { temporary: `${path}.new` });
  }

  function overdue(path: string): boolean {
    const since = gone.get(path);
    if (since === undefined) gone.set(path, now().getTime());
    return since !== undefined && now().getTime() - since > keepAssetsFor;
  }
}

/** Undefined when the page could not be made; then the failures say why. */
async function contentOf(file: PlannedFile, failures: Problem[]) {
  try {
    return await file.content();
  } catch (error) {
    failures.push(pageProblem(file.paths[0], error));
    return undefined;
  }
}

type Put = (path: string, content: string | Uint8Array) => Promise<void>;

/** What others need comes before them, and what tells of all of it last. */
function stageOf(path: string): number {
  if (path.startsWith('assets/')) return 0;
  return path === 'revision.json' ? 2 : 1;
}

/** Writes what `write` puts aside; when that is complete, moves all of it to its place. */
async function place(
  root: string,
  aside: string,
  write: (put: Put) => Promise<void>,
): Promise<void> {
  const paths: string[] = [];
  let writing = Promise.resolve();
  try {
    await mkdir(aside, { recursive: true });
    await write(async (path, content) => {
      await writing;
      // The next page is rendered meanwhile.
      writing = writeFile(join(aside, String(paths.length)), content);
      writing.catch(() => {});
      paths.push(path);
    });
    await writing;
    for (const folder of new Set(paths.map((path) => dirname(path))))
      await makeFolder(root, folder);
    for (const stage of [0, 1, 2])
      await Promise.all(
        [...paths.entries()]
          .filter(([, path]) => stageOf(path) === stage)
          .map(([index, path]) => rename(join(aside, String(index)), join(root, path))),
      );
    await rmdir(aside);
  } catch (error) {
    await writing.catch(() => {});
    await rm(aside, { recursive: true, force: true }).catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The site can't be written to ${root}: ${reason}`, { cause: error });
  }
}

/** Makes a folder below the root; refuses to go through a link, which may lead anywhere. */
async function makeFolder(root: string, path: string): Promise<void> {
  if (path === '.') return;
  await makeFolder(root, dirname(path));
  const folder = join(root, path);
  const stats = await lstat(folder).catch(() => undefined);
  if (!stats) await mkdir(folder);
  else if (!stats.isDirectory()) throw new Error(`${folder} is not a folder`);
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
  return digestOf('sha256', content, 'base64');
}

/** Relative, and each part the name of a visible file: nothing that leads elsewhere. */
function isPublishable(path: string): boolean {
  return path.split('/').every((part) => /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u.test(part));
}

function assertPublishable(path: string): void {
  if (!isPublishable(path)) throw new Error(`"${path}" can't be the path of a page.`);
}
