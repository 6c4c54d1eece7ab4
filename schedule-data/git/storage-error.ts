/** Broken input or output: nothing was saved. `message` is a sentence for people. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** Makes a sentence for people of an error of Node or git. */
export function storageError(doing: string, cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const code = (cause as { code?: unknown } | null)?.code;
  const reason = (typeof code === 'string' && reasons[code]) || String((cause as Error).message);
  return new StorageError(`${doing}: ${reason}`, { cause });
}

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'something on the way there is a file',
  ENOTEMPTY: 'it exists and is not empty',
  EMFILE: 'too many open files',
};
