/** Rendered markup by what it was made of: as long as the very same values are shown, it is the same. */
type Known = WeakMap<object, { readonly of: readonly unknown[]; readonly html: string }>;
const knownAs = new Map<string, Known>();

/**
 * The markup for some values of a view, rendered again only when one of them is another.
 * @param as what it is; the same values may be shown in more than one way
 * @param of all that the markup shows; the first is an object of no other fragment that is the same
 */
export async function fragment(
  as: string,
  of: readonly [object, ...unknown[]],
  render: () => Promise<string>,
): Promise<string> {
  const known: Known = knownAs.get(as) ?? new WeakMap();
  knownAs.set(as, known);
  const last = known.get(of[0]);
  if (last?.of.length === of.length && last.of.every((one, index) => one === of[index]))
    return last.html;
  const html = await render();
  known.set(of[0], { of, html });
  return html;
}
