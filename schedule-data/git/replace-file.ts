import { rename, rm, writeFile } from 'node:fs/promises';

interface ReplaceOptions {
  /** Where the content is written before it is renamed; in the same file system. */
  readonly temporary?: string;
  readonly mode?: number;
  /** Has the content on the disk before it gets its name. */
  readonly flush?: boolean;
}

/** Replaces a file as a whole: readers and crashes find the old content or the new, never a part. */
export async function replaceFile(
  path: string,
  data: string | Uint8Array,
  { temporary = `${path}.${process.pid}.new`, ...options }: ReplaceOptions = {},
): Promise<void> {
  try {
    await writeFile(temporary, data, options);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
