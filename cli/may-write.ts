import { accessSync, constants } from 'node:fs';

/** May this user write there? Root may. */
export function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
