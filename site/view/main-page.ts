import { nextEntries, nowEntries, type NextEntry, type NowEntry } from './board.ts';
import { allDays, firstFreeCode, type DayOfRooms } from './grid.ts';
import { memo } from '../content/memo.ts';
import { previewOfNow } from './preview.ts';
import { eventSubscription, type Subscription } from './subscription.ts';
import { roomViews, type RoomView } from './rooms.ts';

/** Everything that the main page shows inside the frame, ready to be put into markup. */
export interface MainPage {
  readonly timezone: string;
  /** Missing where there is nothing to say. */
  readonly description?: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly now: readonly NowEntry[];
  readonly next: readonly NextEntry[];
  readonly rooms: readonly RoomView[];
  readonly days: readonly DayOfRooms[];
  readonly freeCode?: string;
  /** Missing while no day has a date. */
  readonly calendar?: Subscription;
}

export const mainPage = memo(
  (locals: Pick<App.Locals, 'schedule' | 'presence' | 'site'>): MainPage => {
    const { schedule } = locals;
    const { event } = schedule;
    const days = allDays(schedule);
    const now = nowEntries(locals);
    return {
      timezone: event.timezone,
      links: event.links,
      description: previewOfNow(now, event),
      now,
      next: nextEntries(locals),
      rooms: roomViews(schedule),
      days,
      freeCode: firstFreeCode(days),
      calendar: eventSubscription(locals),
    };
  },
);
