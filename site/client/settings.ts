/** What the reader chose, remembered in this browser alone. */
export interface Settings {
  readonly zone: 'event' | 'mine' | 'utc';
  /** Slugs of the tracks that the reader marked. */
  readonly stars: readonly string[];
  readonly onlyMine: boolean;
  readonly onlyFree: boolean;
  readonly filter: string;
}

const key = 'ptgbot';
const unchosen: Settings = {
  zone: 'event',
  stars: [],
  onlyMine: false,
  onlyFree: false,
  filter: '',
};

/** What is remembered, as far as it makes sense: other versions of the site wrote there, too. */
export function readSettings(text: string | null): Settings {
  let stored: Partial<Record<keyof Settings, unknown>> = {};
  try {
    stored = Object(JSON.parse(text ?? '{}')) as typeof stored;
  } catch {
    // Somebody else's.
  }
  const { zone, stars, onlyMine, onlyFree, filter } = stored;
  return {
    zone: zone === 'mine' || zone === 'utc' ? zone : unchosen.zone,
    stars: Array.isArray(stars) ? stars.filter((star) => typeof star === 'string') : [],
    onlyMine: onlyMine === true,
    onlyFree: onlyFree === true,
    filter: typeof filter === 'string' ? filter : '',
  };
}

let current = readSettings(load());

export const settings = (): Settings => current;

export function choose(change: Partial<Settings>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Then they last as long as the page.
  }
}

function load(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
