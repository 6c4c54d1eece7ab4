/**
 * git/ reads and writes git repositories: it writes objects itself, reads new ones with isomorphic-git,
 * and has git do the rest. It never knows what the files mean. This file: the objects of one repository.
 */
import { randomUUID } from 'node:crypto';
import fs, { mkdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import * as isomorphic from 'isomorphic-git';
import { gitObject, parseCommit, type CommitHead, type GitObject } from './object-format.ts';
import { ObjectReader } from './object-reader.ts';
import { replaceFile } from './replace-file.ts';
import { StorageError, storageError } from './storage-error.ts';
import { parseTree, type TreeEntry } from './tree.ts';

/**
 * Writes a loose object: whole and on the disk before it has its name, which promises that. `git prune`
 * removes a `tmp_obj_*` that a crash leaves.
 */
async function writeLoose(gitdir: string, { oid, deflated }: GitObject): Promise<void> {
  const folder = join(gitdir, 'objects', oid.slice(0, 2));
  const path = join(folder, oid.slice(2));
  if (isKept(path)) return;
  const temporary = join(folder, `tmp_obj_${randomUUID()}`);
  for (let tries = 1; ; tries++) {
    mkdirSync(folder, { recursive: true });
    try {
      return await replaceFile(path, deflated, { temporary, mode: 0o444, flush: true });
    } catch (error) {
      // A git that packs removes folders that it emptied.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 10) throw error;
    }
  }
}

/** Is the object there already? Then it counts as new from now on, for a `git gc` that deletes old ones. */
function isKept(path: string): boolean {
  try {
    const now = new Date();
    utimesSync(path, now, now);
    return true;
  } catch {
    return false;
  }
}

/** Read at each command; a thread of its own would cost more than these 41 bytes. */
function looseRef(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** What is in no pack: of these, isomorphic-git would hold a long history in memory. */
const looseFiles = { promises: { ...fs.promises, readdir: () => Promise.resolve([]) } };

/** Reads and writes the objects of a repository. All ids are 40 hex digits. */
export class Objects {
  readonly #gitdir: string;
  #reader: ObjectReader | undefined;
  #unwritten: GitObject[] = [];

  constructor(gitdir: string) {
    this.#gitdir = gitdir;
  }

  /** The commit that a branch is at; undefined when there is no such branch. */
  async branch(name: string): Promise<string | undefined> {
    const ref = `refs/heads/${name}`;
    // A ref of its own counts before one among the packed ones; isomorphic-git sees it the other
    // way round, and would give an old commit while somebody packs.
    const loose = looseRef(join(this.#gitdir, ref));
    if (/^[0-9a-f]{40}$/.test(loose)) return loose;
    try {
      return await isomorphic.resolveRef({ fs, gitdir: this.#gitdir, ref });
    } catch (error) {
      if (error instanceof isomorphic.Errors.NotFoundError) return undefined;
      throw storageError(`the branch ${name} cannot be read`, error);
    }
  }

  async commit(oid: string): Promise<CommitHead> {
    return parseCommit(await this.#read('commit', oid));
  }

  async tree(oid: string): Promise<TreeEntry[]> {
    return parseTree(await this.#read('tree', oid));
  }

  async bytes(oid: string): Promise<Uint8Array> {
    return this.#read('blob', oid);
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

  /** What was written lately; undefined where it is packed, or git has to say what is wrong with it. */
  async #loose(type: GitObject['type'], oid: string): Promise<Buffer | undefined> {
    const where = { fs: looseFiles, gitdir: this.#gitdir, oid, format: 'content' } as const;
    const read = await isomorphic.readObject(where).catch(() => undefined);
    return read?.format === 'content' && read.type === type ? Buffer.from(read.object) : undefined;
  }

  /** Ends the git that reads; what is read later starts one again. */
  endReading(): void {
    this.#reader?.end();
    this.#reader = undefined;
  }

  async #read(type: GitObject['type'], oid: string): Promise<Buffer> {
    const loose = await this.#loose(type, oid);
    if (loose) return loose;
    this.#reader ??= new ObjectReader(this.#gitdir);
    try {
      return await this.#reader.read(type, oid);
    } catch (error) {
      this.endReading();
      throw new StorageError(`${type} ${oid} cannot be read: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}
