/** What the reader looks for. It stands in the address, so that it can be passed on, and is over with it. */
export interface Search {
  /** All of them have to be found; empty for everything. */
  readonly words: string;
  readonly onlyFree: boolean;
  /** What is booked in the slots that are on. */
  readonly onlyNow: boolean;
  /** Besides what settings.ts remembers of that. */
  readonly onlyMine: boolean;
  /** Slugs of the tracks of a board of one's own: `?tracks=nova,cinder`; none for all. */
  readonly tracks: readonly string[];
}

/** Is anything left out? */
export function isNarrowed({ words, onlyFree, onlyNow, onlyMine, tracks }: Search): boolean {
  return words !== '' || onlyFree || onlyNow || onlyMine || tracks.length > 0;
}

/** What is on or off. */
export type Toggle = 'onlyFree' | 'onlyNow' | 'onlyMine';

const parameters = {
  words: 'q',
  onlyFree: 'free',
  onlyNow: 'now',
  onlyMine: 'mine',
  tracks: 'tracks',
} as const;

/** What an address asks for: `?q=nova&free`. */
export function searchIn(query: string): Search {
  const asked = new URLSearchParams(query);
  return {
    words: asked.get('q') ?? '',
    onlyFree: asked.has('free'),
    onlyNow: asked.has('now'),
    onlyMine: asked.has('mine'),
    tracks: asked.getAll('tracks').flatMap((list) =>
      list
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  };
}

/** The address that asks for it; whatever else it asks for stays. */
export function queryWith(query: string, search: Search): string {
  const asked = new URLSearchParams(query);
  for (const [key, name] of Object.entries(parameters)) {
    const value = search[key as keyof Search];
    if (value === true) asked.set(name, '');
    else if (value && value.length > 0) asked.set(name, String(value));
    else asked.delete(name);
  }
  const text = asked
    .toString()
    .replace(/=(?=&|$)/g, '')
    .replaceAll('%2C', ',');
  return text && `?${text}`;
}

let current: Search | undefined;

export const search = (): Search => (current ??= searchIn(location.search));

/** The reader went back or forth. */
export function readAddress(): void {
  current = searchIn(location.search);
}

/** Looks for something else; where one was before stays one step back. */
export function lookFor(change: Partial<Search>): void {
  current = { ...search(), ...change };
  const { pathname, hash } = location;
  try {
    history.replaceState(history.state, '', pathname + queryWith(location.search, current) + hash);
  } catch {
    // Browsers refuse when somebody types very fast; the next letter brings it.
  }
}
