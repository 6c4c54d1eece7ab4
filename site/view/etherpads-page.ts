import { etherpadAddress } from '../../schedule-data/schedule/schedule.ts';
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
  const find = trackFinder(schedule);
  return {
    pads: [...schedule.tracks].map(([slug, track]) => {
      const url = etherpadAddress(schedule.event, slug, track);
      return { badge: badge(slug, find), url, label: readable(url) };
    }),
  };
}

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
