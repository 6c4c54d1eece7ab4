import {
  lstatSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  utimesSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { lstat, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** New contents stand in this folder until all of them are complete. */
const usualAside = '.ptgbot-aside';

/** Takes a file's content; it is in its place when all are. */
export type PutFile = (path: string, content: string | Uint8Array) => void;

/** What others need comes before them, and what tells of all of it last. */
function stageOf(path: string): number {
  if (path.startsWith('assets/')) return 0;
  return path === 'revision.json' ? 2 : 1;
}

/**
 * Writes what `write` puts aside; when that is complete, moves all of it to its place below the
 * root. Throws when it can't write; as long as the disk lasts for what is put aside, every file is
 * then as it was. Whoever writes at the same time needs another folder for what is put aside.
 *
 * The calls are synchronous: they last microseconds, as nothing waits for the disk, and handing each
 * of them to another thread costs a command several times that.
 */
export async function placeFiles(
  root: string,
  write: (put: PutFile) => Promise<void>,
  asideName = usualAside,
): Promise<void> {
  const aside = join(root, asideName);
  const paths: string[] = [];
  try {
    mkdirSync(aside, { recursive: true });
    await write((path, content) => {
      writeFileSync(join(aside, String(paths.length)), content);
      paths.push(path);
    });
    for (const folder of new Set(paths.map((path) => dirname(path)))) makeFolder(root, folder);
    for (const stage of [0, 1, 2])
      for (const [index, path] of paths.entries())
        if (stageOf(path) === stage) replace(join(root, path), join(aside, String(index)));
    rmdirSync(aside);
  } catch (error) {
    await removeAside(root, asideName).catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The site can't be written to ${root}: ${reason}`, { cause: error });
  }
}

/**
 * Servers and rsync know a version of a file by its size and the second of its time. Where the old one
 * has both, the new one is said to be of the second after it: nobody may be told that nothing changed.
 */
function replace(path: string, aside: string): void {
  const old = lstatSync(path, { throwIfNoEntry: false });
  const made = lstatSync(aside);
  if (old?.size === made.size && secondOf(made) <= secondOf(old)) {
    const next = secondOf(old) + 1;
    utimesSync(aside, next, next);
  }
  renameSync(aside, path);
}

const secondOf = (stats: Stats) => Math.floor(stats.mtimeMs / 1000);

/** Removes what a process that ended half-way put aside. */
export function removeAside(root: string, asideName = usualAside): Promise<void> {
  return rm(join(root, asideName), { recursive: true, force: true });
}

/** Makes a folder below the root; refuses to go through a link, which may lead anywhere. */
function makeFolder(root: string, path: string): void {
  if (path === '.') return;
  makeFolder(root, dirname(path));
  const folder = join(root, path);
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (!stats) mkdirSync(folder);
  else if (!stats.isDirectory()) throw new Error(`${folder} is not a folder`);
}

/** Removes a file and the folders that it leaves empty; goes through no links. */
export async function removeFile(root: string, path: string): Promise<void> {
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
