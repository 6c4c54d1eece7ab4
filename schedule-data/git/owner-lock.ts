/** Only one bot may write a repository: a file in it says which process does. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { StorageError, storageError } from './storage-error.ts';

const ownerSchema = z.object({ pid: z.number(), host: z.string(), started: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** Who writes a repository, or did until it ended without unlocking it. */
export type RepositoryOwner = Owner & { readonly isAlive: boolean };

/**
 * Locks the repository for this process, and returns a function that unlocks it. A lock whose process
 * is gone is replaced.
 * @throws {StorageError} that names the process that has it
 */
export function lockRepository(gitdir: string, now: Date): () => void {
  const path = join(gitdir, 'ptgbot.lock');
  const temporary = `${path}.${process.pid}`;
  const own: Owner = { pid: process.pid, host: hostname(), started: now.toISOString() };
  try {
    // Complete before it gets its name, so that nobody reads a part of it.
    writeFileSync(temporary, JSON.stringify(own));
    if (!linkExclusively(temporary, path)) {
      const other = readOwner(path);
      if (other && isAlive(other)) throw taken(other, path);
      removeStale(path);
      if (!linkExclusively(temporary, path))
        throw new StorageError(`${path}: another ptgbot is starting`);
    }
  } catch (error) {
    throw storageError(`${path} cannot be made`, error);
  } finally {
    rmSync(temporary, { force: true });
  }
  return () => {
    if (readOwner(path)?.pid === process.pid) rmSync(path, { force: true });
  };
}

/** By the lock of a repository, if it is locked. */
export function ownerOfRepository(gitdir: string): RepositoryOwner | undefined {
  const owner = readOwner(join(gitdir, 'ptgbot.lock'));
  return owner && { ...owner, isAlive: isAlive(owner) };
}

/** Sends a signal to the bot that writes a repository, if one does on this machine. */
export function signalOwner(gitdir: string, signal: NodeJS.Signals): void {
  const owner = ownerOfRepository(gitdir);
  if (owner?.host !== hostname() || !owner.isAlive) return;
  try {
    process.kill(owner.pid, signal);
  } catch {
    // It belongs to another user, or has just ended: it fetches when it is time.
  }
}

function linkExclusively(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Removes a stale lock; puts it back if another process took it in the meantime. */
function removeStale(path: string): void {
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
  // After a reboot another program may have the same process id.
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('ptgbot');
  } catch {
    return true;
  }
}
