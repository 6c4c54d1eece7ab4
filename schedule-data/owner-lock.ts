/** One bot a repository: a file in it says which process writes. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { StorageError } from './storage-error.ts';

const owner = z.object({ pid: z.number(), host: z.string(), started: z.string() });

/**
 * Takes the repository for this process, and gives a function that frees it. A lock whose process
 * is gone is taken over.
 * @throws {StorageError} that names the process that has it
 */
export function lockRepository(gitdir: string, now: Date): () => void {
  const path = join(gitdir, 'ptgbot.lock');
  const mine = { pid: process.pid, host: hostname(), started: now.toISOString() };
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx' });
      return () => {
        if (readOwner(path)?.pid === process.pid) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new StorageError(`${path} cannot be written: ${(error as Error).message}`);
    }
    const other = readOwner(path);
    if (other && isAlive(other))
      throw new StorageError(
        `another ptgbot writes this repository: process ${other.pid} on ${other.host}, since ${other.started}; stop it first, or remove ${path} if it is gone`,
      );
    rmSync(path, { force: true });
  }
  throw new StorageError(`${path} is taken again and again; another ptgbot is starting`);
}

function readOwner(path: string): z.infer<typeof owner> | undefined {
  try {
    return owner.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host }: z.infer<typeof owner>): boolean {
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
