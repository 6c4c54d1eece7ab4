import { nextEntries, nowEntries, type NextEntry, type NowEntry } from './discussions.ts';
import { dayViews, firstFreeCode, type DayView } from './grid.ts';
import { roomViews, type RoomView } from './rooms.ts';
import { trackFinder } from './track-names.ts';

/** Everything that the main page shows inside the frame, ready to be put into markup. */
export interface MainPage {
  readonly timezone: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly now: readonly NowEntry[];
  readonly next: readonly NextEntry[];
  readonly rooms: readonly RoomView[];
  readonly days: readonly DayView[];
  readonly freeCode?: string;
}

export function mainPage(locals: Pick<App.Locals, 'schedule' | 'presence'>): MainPage {
  const { schedule } = locals;
  const { event } = schedule;
  const find = trackFinder(schedule);
  const days = dayViews(schedule, find);
  return {
    timezone: event.timezone,
    links: event.links,
    now: nowEntries(locals, find),
    next: nextEntries(locals, find),
    rooms: roomViews(schedule),
    days,
    freeCode: firstFreeCode(days),
  };
}
