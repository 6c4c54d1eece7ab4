import { etherpadAddress, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import { memoEach } from '../content/memo.ts';
import { badge, type Badge } from './badge.ts';
import { trackFinder } from './track-names.ts';

/** Everything that the page of etherpads shows. */
export interface EtherpadsPage {
  readonly pads: readonly Pad[];
}

interface Pad {
  readonly badge: Badge;
  readonly url: string;
  /** The address as people read it: `etherpad.opendev.org/p/denver-ptg-nova`. */
  readonly label: string;
}

export function etherpadsPage({ schedule }: Pick<App.Locals, 'schedule'>): EtherpadsPage {
  return { pads: [...schedule.tracks.keys()].map((slug) => pad(schedule, slug)) };
}

const pad = memoEach((schedule: Schedule, slug): Pad => {
  const url = etherpadAddress(schedule.event, slug, schedule.tracks.get(slug));
  return { badge: badge(slug, trackFinder(schedule)), url, label: readable(url) };
});

/** Letters of any script as such, but nothing that one can't see or that turns the line around. */
function readable(url: string): string {
  const bare = url.replace(/^https?:\/\//i, '');
  try {
    const decoded = decodeURI(bare);
    return /[\p{C}\p{Z}]/u.test(decoded) ? bare : decoded;
  } catch {
    return bare;
  }
}
