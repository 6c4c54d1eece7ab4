import { isSlug, slugify } from '../text/slug.ts';
import type { JsonValue } from './json-value.ts';

/** The slug of a name, with a number behind it when it is taken. */
export function freeSlug(
  name: string,
  otherwise: string,
  isTaken: (slug: string) => boolean,
  item: JsonValue,
): string {
  const wanted = slugify(name) ?? otherwise;
  let slug = wanted;
  for (let number = 2; isTaken(slug); number++) {
    const base = wanted.slice(0, 60 - String(number).length - 1).toWellFormed();
    slug = `${base}-${number}`;
  }
  if (!isSlug(slug)) return freeSlug(otherwise, otherwise, isTaken, item);
  if (slug !== wanted) item.report(`${wanted} is taken or reserved; became ${slug}`);
  else if (slugify(name) === undefined) item.report(`expected a name with letters; became ${slug}`);
  return slug;
}
