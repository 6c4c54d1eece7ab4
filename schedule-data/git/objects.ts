/**
 * git/ reads and writes git repositories: objects with isomorphic-git, refs with git itself. It never
 * knows what the files mean. This file: the objects of one repository.
 */
import { randomUUID } from 'node:crypto';
import fs, { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as isomorphic from 'isomorphic-git';
import type { CommitObject, TreeEntry } from 'isomorphic-git';
import { gitObject, type GitObject } from './object-format.ts';
import { replaceFile } from './replace-file.ts';
import { storageError } from './storage-error.ts';

/**
 * Writes a loose object: whole and on the disk before it has its name, which promises that. `git prune`
 * removes a `tmp_obj_*` that a crash leaves.
 */
async function writeLoose(gitdir: string, { oid, deflated }: GitObject): Promise<void> {
  const folder = join(gitdir, 'objects', oid.slice(0, 2));
  const path = join(folder, oid.slice(2));
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `tmp_obj_${randomUUID()}`);
  await replaceFile(path, deflated, { temporary, mode: 0o444, flush: true });
}

/** When to read again what cannot be read, in milliseconds: packs may just be being replaced. */
const retryDelays = [0, 10, 50, 200, 500];

/** Read at each command; a thread of its own would cost more than these 41 bytes. */
function looseRef(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Reads and writes the objects of a repository. All ids are 40 hex digits. */
export class Objects {
  readonly #gitdir: string;
  #cache: object = {};
  #unwritten: GitObject[] = [];

  constructor(gitdir: string) {
    this.#gitdir = gitdir;
  }

  /** The commit that a branch is at; undefined when there is no such branch. */
  async branch(name: string): Promise<string | undefined> {
    const ref = `refs/heads/${name}`;
    try {
      // A ref of its own counts before one among the packed ones; isomorphic-git sees it the other
      // way round, and would give an old commit while somebody packs.
      const loose = looseRef(join(this.#gitdir, ref));
      if (/^[0-9a-f]{40}$/.test(loose)) return loose;
      return await isomorphic.resolveRef({ ...this.#where(), ref });
    } catch (error) {
      if (error instanceof isomorphic.Errors.NotFoundError) return undefined;
      throw storageError(`the branch ${name} cannot be read`, error);
    }
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

  async bytes(oid: string): Promise<Uint8Array> {
    return this.#reading(
      `blob ${oid} cannot be read`,
      async () => (await isomorphic.readBlob({ ...this.#where(), oid })).blob,
    );
  }

  /** Adds an object to those that `write` will write; gives its id. */
  add(type: GitObject['type'], content: Uint8Array): string {
    const object = gitObject(type, content);
    this.#unwritten.push(object);
    return object.oid;
  }

  /**
   * Writes what was added: no ref may point to an object before. Ids are known beforehand, so all
   * objects of a commit are written and synced at once, which costs little more than one.
   */
  async write(): Promise<void> {
    const objects = this.#unwritten;
    this.#unwritten = [];
    try {
      await Promise.all(objects.map((object) => writeLoose(this.#gitdir, object)));
    } catch (error) {
      throw storageError('the repository cannot be written', error);
    }
  }

  /** Forgets the packs that were read: others may have repacked, and packs are large. */
  forgetPacks(): void {
    this.#cache = {};
  }

  #where() {
    return { fs, gitdir: this.#gitdir, cache: this.#cache };
  }

  async #reading<T>(what: string, read: () => Promise<T>): Promise<T> {
    for (const delay of retryDelays) {
      try {
        return await read();
      } catch {
        // `git gc` may have moved the object into a pack that the cache does not know.
        this.forgetPacks();
        await setTimeout(delay);
      }
    }
    return read().catch((error: unknown) => {
      throw storageError(what, error);
    });
  }
}
