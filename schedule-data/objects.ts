/** Git objects of one repository, through isomorphic-git. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as isomorphic from 'isomorphic-git';
import type { CommitObject, TreeEntry } from 'isomorphic-git';
import { storageError } from './storage-error.ts';

/**
 * isomorphic-git truncates and writes in place; a crash would leave half an object under a name
 * that promises a whole one. So: a file of its own, synced, then renamed. `git prune` clears away
 * `tmp_obj_*` that a crash leaves.
 */
async function writeDurably(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `tmp_obj_${randomUUID()}`);
  const file = await open(temporary, 'wx', 0o444);
  try {
    await file.writeFile(data);
    await file.sync();
  } catch (error) {
    await file.close();
    await unlink(temporary);
    throw error;
  }
  await file.close();
  await rename(temporary, path);
}

/** Pauses before reading again, in milliseconds: packs are replaced while we look at them. */
const pauses = [0, 10, 50, 200, 500];

const durableFs = { promises: { ...fs.promises, writeFile: writeDurably } };

/** Reads and writes the objects of a repository. All ids are 40 hex digits. */
export class Objects {
  readonly #gitdir: string;
  #cache: object = {};

  constructor(gitdir: string) {
    this.#gitdir = gitdir;
  }

  /** The commit that a branch is at; undefined when there is no such branch. */
  async branch(name: string): Promise<string | undefined> {
    try {
      return await isomorphic.resolveRef({ ...this.#where(), ref: `refs/heads/${name}` });
    } catch (error) {
      if (error instanceof isomorphic.Errors.NotFoundError) return undefined;
      throw storageError(`the branch ${name} cannot be read`, error);
    }
  }

  /** The commit that a branch, tag or abbreviated id names. */
  async revision(name: string): Promise<string> {
    return this.#reading(`no revision ${name}`, async () => {
      const where = this.#where();
      try {
        return await isomorphic.resolveRef({ ...where, ref: name });
      } catch {
        return await isomorphic.expandOid({ ...where, oid: name });
      }
    });
  }

  async commit(oid: string): Promise<CommitObject> {
    return this.#reading(
      `commit ${oid} cannot be read`,
      async () => (await isomorphic.readCommit({ ...this.#where(), oid })).commit,
    );
  }

  async tree(oid: string): Promise<TreeEntry[]> {
    return this.#reading(
      `tree ${oid} cannot be read`,
      async () => (await isomorphic.readTree({ ...this.#where(), oid })).tree,
    );
  }

  /** The text of a blob; bytes that are not UTF-8 become replacement characters. */
  async text(oid: string): Promise<string> {
    return this.#reading(`blob ${oid} cannot be read`, async () =>
      new TextDecoder().decode((await isomorphic.readBlob({ ...this.#where(), oid })).blob),
    );
  }

  writeText(text: string): Promise<string> {
    return this.#writing(() =>
      isomorphic.writeBlob({ ...this.#where(), blob: new TextEncoder().encode(text) }),
    );
  }

  writeTree(tree: TreeEntry[]): Promise<string> {
    return this.#writing(() => isomorphic.writeTree({ ...this.#where(), tree }));
  }

  writeCommit(commit: CommitObject): Promise<string> {
    return this.#writing(() => isomorphic.writeCommit({ ...this.#where(), commit }));
  }

  /** Forgets the packs that were read: others may have repacked, and packs are large. */
  forgetPacks(): void {
    this.#cache = {};
  }

  #where() {
    return { fs: durableFs, gitdir: this.#gitdir, cache: this.#cache };
  }

  async #reading<T>(what: string, read: () => Promise<T>): Promise<T> {
    for (const pause of [...pauses, undefined]) {
      try {
        return await read();
      } catch (error) {
        if (pause === undefined) throw storageError(what, error);
        // `git gc` may have moved the object into a pack that the cache does not know.
        this.forgetPacks();
        await setTimeout(pause);
      }
    }
    throw new Error('unreachable');
  }

  async #writing<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw storageError('nothing was saved', error);
    }
  }
}
