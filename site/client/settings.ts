import { isTimezone } from '../../schedule-data/text/timezone.ts';

/** What the reader chose, remembered in this browser alone. */
export interface Settings {
  /** `event`, `mine`, `utc`, or the name of a zone, `Asia/Kolkata`. */
  readonly zone: string;
  /** Slugs of the tracks that the reader marked. */
  readonly stars: readonly string[];
  readonly onlyMine: boolean;
  /** Whether the browser notifies of these tracks. */
  readonly notify: boolean;
}

const key = 'ptgbot';
const unchosen: Settings = {
  zone: 'event',
  stars: [],
  onlyMine: false,
  notify: false,
};

/** A zone as it may be remembered, or stand in an address; undefined where this browser knows none such. */
export function readZone(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  return ['event', 'mine', 'utc'].includes(word) ? word : isTimezone(value) ? value : undefined;
}

/** What is remembered, as far as it makes sense: other versions of the site wrote there, too. */
export function readSettings(text: string | null): Settings {
  let stored: Partial<Record<keyof Settings, unknown>> = {};
  try {
    stored = Object(JSON.parse(text ?? '{}')) as typeof stored;
  } catch {
    // Somebody else's.
  }
  const { zone, stars, onlyMine, notify } = stored;
  return {
    zone: readZone(zone) ?? unchosen.zone,
    stars: Array.isArray(stars) ? stars.filter((star) => typeof star === 'string') : [],
    onlyMine: onlyMine === true,
    notify: notify === true,
  };
}

let current = readSettings(load());

export const settings = (): Settings => current;

/** Reads again what is remembered; where nothing can be, what this page knows counts. */
export function refresh(): void {
  const text = load();
  if (text !== null) current = readSettings(text);
}

/** Changes what the reader chose, here or in another tab. */
export function choose(change: (now: Settings) => Partial<Settings>): void {
  refresh();
  current = { ...current, ...change(current) };
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
