import { choose, settings } from './settings.ts';

/** Tracks by the names that they have now; a page knows the others that they had: `old:new older:new`. */
export function namedNow(page: Document, tracks: readonly string[]): readonly string[] {
  const { formerly = '' } = page.documentElement.dataset;
  if (!formerly) return tracks;
  const names = new Map(formerly.split(' ').map((pair) => pair.split(':') as [string, string]));
  return [...new Set(tracks.map((track) => names.get(track) ?? track))];
}

/** Keeps what the reader marked when it gets another name. */
export function renameStars(page: Document): void {
  const { stars } = settings();
  const renamed = namedNow(page, stars);
  if (renamed.join() !== stars.join()) choose((now) => ({ stars: namedNow(page, now.stars) }));
}
