/**
 * view/ computes from the content what each page shows, as plain data. It never writes markup, and
 * knows neither clock nor commit. This file: what stands around every page.
 */
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { dayBegins } from '../../schedule-data/schedule/slots.ts';
import { memo } from '../content/memo.ts';
import { hasDates } from './conference.ts';
import { planUrl } from './plan-page.ts';
import { richText, type Piece } from './rich-text.ts';
import { dateRangeLabel } from './times.ts';
import { formerNames, trackFinder } from './track-names.ts';

/** What every page shows around its own part. */
export interface Frame {
  readonly event: string;
  readonly timezone: string;
  /** When the days of the event begin, `04:00`. */
  readonly dayBegins: string;
  /** Names that tracks had before, as `formerNames` has them. */
  readonly formerly?: string;
  /** `10–14 September 2018`. */
  readonly dates?: string;
  readonly navigation: readonly NavigationEntry[];
  readonly announcements: readonly AnnouncementView[];
  readonly problems: readonly Problem[];
  /** Path of the style sheet with the colours of the tracks, below the base. */
  readonly tracksCss: string;
  /** Canonical address of the site's root, without a slash at the end. */
  readonly site?: string;
  /** The channel in which people say what is on, where the event tells it. */
  readonly chat?: { readonly name: string; readonly url: string; readonly web?: string };
  /** Are there files of the schedule for calendars and apps? */
  readonly isDated: boolean;
}

export interface NavigationEntry {
  readonly path: string;
  readonly label: string;
}

export interface AnnouncementView {
  readonly level: 'info' | 'success' | 'warning' | 'danger';
  readonly text: readonly Piece[];
}

/** The pages that stand in the navigation; each has to exist. The plan may be elsewhere. */
function navigationOf(event: Schedule['event']): readonly NavigationEntry[] {
  const plan = planUrl(event);
  return [
    { path: '/', label: 'Schedule' },
    ...(plan === undefined ? [] : [{ path: plan, label: 'Plan' }]),
    { path: '/etherpads.html', label: 'Etherpads' },
    { path: '/links.html', label: 'Links' },
    { path: '/help.html', label: 'Help' },
  ];
}

/** What stands around pages that are written once and stay: only what hardly ever changes. */
export type LastingFrame = Pick<Frame, 'event' | 'timezone' | 'navigation' | 'site'>;

export const lastingFrame = memo(
  ({ schedule, site }: Pick<App.Locals, 'schedule' | 'site'>): LastingFrame => {
    const { name, timezone } = schedule.event;
    return { event: name, timezone, navigation: navigationOf(schedule.event), site };
  },
);

export const frame = memo(({ schedule, problems, tracksCss, site }: App.Locals): Frame => {
  const { event, announcements } = schedule;
  const find = trackFinder(schedule);
  return {
    event: event.name,
    timezone: event.timezone,
    dayBegins: dayBegins(event),
    formerly: formerNames(schedule),
    dates: dateRangeLabel(event.days.flatMap(({ date }) => date ?? [])),
    navigation: navigationOf(event),
    announcements: announcements.map(({ level, message }) => ({
      level,
      text: richText(message, find),
    })),
    problems,
    tracksCss,
    site,
    chat: event.chat,
    isDated: hasDates(schedule),
  };
});
