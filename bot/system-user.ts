import { userInfo } from 'node:os';

/** The user's name with the operating system; undefined for an id without an entry, as in containers. */
export function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
