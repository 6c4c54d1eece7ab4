import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { lookup } from 'mrmime';

/** A file as it was at one moment: whole, whatever the publisher does meanwhile. */
export interface ServedFile {
  readonly type: string;
  readonly etag: string;
  readonly modified: Date;
  readonly content: Buffer;
  /** Compressed once, when first asked for; undefined where that gains nothing. */
  gzipped(): Promise<Buffer | undefined>;
}

/** Bytes of contents that are remembered; what nobody asked for the longest is forgotten first. */
const memory = 32 * 1024 * 1024;

/** The published files, each version read and compressed only once, however many ask for it. */
export class Files {
  readonly #directory: string;
  readonly #known = new LRUCache<string, ServedFile>({
    maxSize: memory,
    sizeCalculation: ({ content }) => content.length + 1,
  });

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The file at a path: itself, with `.html`, or the index of a folder. */
  async find(path: string): Promise<ServedFile | undefined> {
    const name = path.replace(/\/$/, '');
    const names = path.endsWith('/') ? [] : [name, `${name}.html`];
    for (const candidate of [...names, `${name}/index.html`]) {
      const file = await this.open(candidate);
      if (file) return file;
    }
    return undefined;
  }

  /** The file of exactly this path. */
  async open(path: string): Promise<ServedFile | undefined> {
    let handle: FileHandle;
    try {
      handle = await open(join(this.#directory, path));
    } catch {
      return undefined;
    }
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return undefined;
      const etag = `W/"${stats.ino.toString(36)}-${stats.size.toString(36)}-${stats.mtimeMs.toString(36)}"`;
      const known = this.#known.get(path);
      if (known?.etag === etag) return known;
      const content = await handle.readFile();
      const file = servedFile(path, { content, modified: stats.mtime, etag });
      this.#known.set(path, file);
      return file;
    } finally {
      await handle.close();
    }
  }
}

interface Version {
  readonly content: Buffer;
  readonly modified: Date;
  /** Without one it is made from the content. */
  readonly etag?: string;
}

/** @param path of which kind it is */
export function servedFile(path: string, { content, modified, etag }: Version): ServedFile {
  const type =
    path === '/schedule.xml'
      ? 'application/vnd.c3voc.schedule+xml'
      : (lookup(extname(path)) ?? 'application/octet-stream');
  const isText = /^text\/|json|xml|javascript|calendar/.test(type);
  let gzipped: Promise<Buffer | undefined> | undefined;
  return {
    type: isText ? `${type}; charset=utf-8` : type,
    etag: etag ?? `W/"${createHash('sha256').update(content).digest('base64url')}"`,
    modified,
    content,
    gzipped: () =>
      (gzipped ??=
        isText && content.length > 1000 ? compress(content) : Promise.resolve(undefined)),
  };
}

const compress = promisify(gzip) as (content: Buffer) => Promise<Buffer>;
