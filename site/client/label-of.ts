/** What the page calls a track, by its slug; where it does not stand there, it is called by that. */
export function labelOf(track: string, page: Document): string {
  const name = CSS.escape(track);
  const shown =
    page.querySelector(`.entry [data-star="${name}"]`)?.previousElementSibling ??
    page.querySelector(`td[data-track="${name}"] > :first-child`);
  return shown?.textContent.trim() || track;
}
