/** The tracks of an entry of the board: whose it is, and those that discuss it jointly. */
export function tracksOf({ dataset: { track = '', with: others = '' } }: HTMLElement): string[] {
  return [track, ...others.split(' ').filter(Boolean)];
}

/** What was said today, by track. */
export function entriesOfToday(page: Document): ReadonlyMap<string, HTMLElement> {
  const entries = [
    ...page.querySelectorAll<HTMLElement>('.now :is(.entry, .sign-entry)[data-track]'),
  ].filter((entry) => !entry.closest('.earlier, .meeting-now'));
  return new Map(entries.flatMap((entry) => tracksOf(entry).map((track) => [track, entry])));
}
