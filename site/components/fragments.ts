/** Rendered markup by what it was made of: as long as the very same values are shown, it is the same. */
const known = new WeakMap<object, { readonly of: readonly unknown[]; readonly html: string }>();

/**
 * The markup for some values of a view, rendered again only when one of them is another.
 * @param of all that the markup shows; the first is an object of no other fragment
 */
export async function fragment(
  of: readonly [object, ...unknown[]],
  render: () => Promise<string>,
): Promise<string> {
  const last = known.get(of[0]);
  if (last?.of.length === of.length && last.of.every((one, index) => one === of[index]))
    return last.html;
  const html = await render();
  known.set(of[0], { of, html });
  return html;
}
