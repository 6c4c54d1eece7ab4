import type { Problem } from '../../schedule-data/snapshot.ts';
import type { Schedule } from '../../schedule-data/schedule.ts';
import { nextEntries, nowEntries, type NextEntry, type NowEntry } from './discussions.ts';
import { dayViews, firstFreeCode, type DayView } from './grid.ts';
import { roomViews, type RoomView } from './rooms.ts';
import { richText, type Piece } from './rich-text.ts';
import { dateRangeLabel } from './times.ts';
import { trackFinder } from './track-names.ts';

/** Everything that the main page shows, ready to be put into markup. */
export interface MainPage {
  readonly title: string;
  readonly timezone: string;
  /** `10–14 September 2018`. */
  readonly dates?: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly announcements: readonly AnnouncementView[];
  readonly now: readonly NowEntry[];
  readonly next: readonly NextEntry[];
  readonly rooms: readonly RoomView[];
  readonly days: readonly DayView[];
  readonly freeCode?: string;
  readonly problems: readonly Problem[];
}

export interface AnnouncementView {
  readonly level: 'info' | 'success' | 'warning' | 'danger';
  readonly text: readonly Piece[];
}

export function mainPage(schedule: Schedule, problems: readonly Problem[]): MainPage {
  const { event } = schedule;
  const find = trackFinder(schedule);
  const days = dayViews(schedule, find);
  return {
    title: event.name,
    timezone: event.timezone,
    dates: dateRangeLabel(event.days.flatMap(({ date }) => date ?? [])),
    links: event.links,
    announcements: schedule.announcements.map(({ level, message }) => ({
      level,
      text: richText(message, find),
    })),
    now: nowEntries(schedule, find),
    next: nextEntries(schedule, find),
    rooms: roomViews(schedule),
    days,
    freeCode: firstFreeCode(days),
    problems,
  };
}
