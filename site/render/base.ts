/**
 * The path below which a site is published is known only when its pages are written. The compiler
 * puts a placeholder before every address, a new one each time: nobody in a chat can know it.
 */
export function newPlaceholder(): string {
  return `/-${crypto.randomUUID()}`;
}

/** `/sub` for `sub/`, the empty string for the root. Throws when it could not be a path. */
export function normalBase(base: string): string {
  const path = base.replace(/^\/+|\/+$/g, '');
  if (
    !/^([\w.~-]+(\/[\w.~-]+)*)?$/.test(path) ||
    path.split('/').some((part) => /^\.+$/.test(part))
  )
    throw new Error(`The base of the site is "${base}"; expected a path such as /schedule.`);
  return path && `/${path}`;
}
