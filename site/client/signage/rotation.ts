/** One thing to show, and the section that it stands in. */
export interface Item {
  readonly section: number;
  readonly height: number;
}

/**
 * Which items to show together, in their order: as many as fit below each other with the headings of
 * their sections, at most so many, and at least one.
 */
export function turns(
  items: readonly Item[],
  headings: readonly number[],
  available: number,
  most: number,
): readonly (readonly number[])[] {
  const pages: number[][] = [];
  let used = Infinity;
  items.forEach(({ section, height }, index) => {
    const page = pages.at(-1);
    const previous = page?.length ? items[index - 1]?.section : undefined;
    const heading = headings[section] ?? 0;
    const more = height + (section === previous ? 0 : heading);
    if (page && page.length < most && used + more <= available) {
      page.push(index);
      used += more;
    } else {
      pages.push([index]);
      used = height + heading;
    }
  });
  return pages;
}
