import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { memo, memoEach } from '../content/memo.ts';
import { trackClass } from './track-class.ts';
import { badgeColors } from './track-colors.ts';

/**
 * The style sheet that comes from the schedule, as the pages' policy allows no inline styles: the
 * colours of each track, and how many rows the grid has.
 */
export const tracksCss = memo((schedule: Schedule): string => {
  const rules = [...schedule.tracks.keys()].map((slug) => trackRule(schedule, slug));
  return [`:root{--rows:${schedule.rooms.size + 1}}\n`, ...rules].join('');
});

const trackRule = memoEach(({ tracks }: Schedule, slug): string => {
  const { background, text } = badgeColors(slug, tracks.get(slug)?.color);
  return `.${trackClass(slug)}{--track:${background};--on-track:${text}}\n`;
});
