import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { badgeColors, trackClass } from './track-colors.ts';

/**
 * The style sheet that comes from the schedule, as the pages' policy allows no inline styles: the
 * colours of each track, and how many rows the grid has.
 */
export function tracksCss(schedule: Schedule): string {
  const tracks = [...schedule.tracks].map(([slug, { color }]) => {
    const { background, text } = badgeColors(slug, color);
    return `.${trackClass(slug)}{--track:${background};--on-track:${text}}\n`;
  });
  return [`:root{--rows:${schedule.rooms.size + 1}}\n`, ...tracks].join('');
}
