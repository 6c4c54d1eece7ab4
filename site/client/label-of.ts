/** What the page calls a track, by its slug; where it does not stand there, it is called by that. */
export function labelOf(track: string): string {
  const name = CSS.escape(track);
  const shown =
    document.querySelector(`.entry [data-star="${name}"]`)?.previousElementSibling ??
    document.querySelector(`td[data-track="${name}"] > :first-child`);
  return shown?.textContent.trim() || track;
}
