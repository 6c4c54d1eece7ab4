/** One bot a repository: a file in it says which process writes. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { StorageError, storageError } from './storage-error.ts';

const ownerSchema = z.object({ pid: z.number(), host: z.string(), started: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/**
 * Takes the repository for this process, and gives a function that frees it. A lock whose process
 * is gone is taken over.
 * @throws {StorageError} that names the process that has it
 */
export function lockRepository(gitdir: string, now: Date): () => void {
  const path = join(gitdir, 'ptgbot.lock');
  const aside = `${path}.${process.pid}`;
  const mine: Owner = { pid: process.pid, host: hostname(), started: now.toISOString() };
  try {
    // Written whole before it has its name, so that nobody reads half of it.
    writeFileSync(aside, JSON.stringify(mine));
    if (!hasTaken(aside, path)) {
      const other = readOwner(path);
      if (other && isAlive(other)) throw taken(other, path);
      retire(path);
      if (!hasTaken(aside, path)) throw new StorageError(`${path}: another ptgbot is starting`);
    }
  } catch (error) {
    throw storageError(`${path} cannot be made`, error);
  } finally {
    rmSync(aside, { force: true });
  }
  return () => {
    if (readOwner(path)?.pid === process.pid) rmSync(path, { force: true });
  };
}

function hasTaken(aside: string, path: string): boolean {
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Removes a lock that is left over; one that somebody took in the meantime is put back. */
function retire(path: string): void {
  const old = `${path}.old-${process.pid}`;
  renameSync(path, old);
  const owner = readOwner(old);
  const isFresh = owner !== undefined && isAlive(owner);
  if (isFresh) linkSync(old, path);
  rmSync(old);
  if (isFresh) throw taken(owner, path);
}

function taken({ pid, host, started }: Owner, path: string): StorageError {
  return new StorageError(
    `another ptgbot writes this repository: process ${pid} on ${host}, since ${started}; stop it first, or remove ${path} if it is gone`,
  );
}

function readOwner(path: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host }: Owner): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // After a reboot the number may belong to any program.
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('ptgbot');
  } catch {
    return true;
  }
}
