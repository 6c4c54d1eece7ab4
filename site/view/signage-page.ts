import { roomName } from './rooms.ts';
import { nextEntries, nowEntries, type NextEntry, type NowEntry } from './board.ts';
import { allDays, type DayOfRooms } from './grid.ts';
import { memo } from '../content/memo.ts';
import { qrCode, type QrCode } from './qr-code.ts';

/** Everything that big screens show. */
export interface SignagePage {
  readonly event: string;
  /** IANA name. */
  readonly timezone: string;
  readonly now: readonly NowEntry[];
  readonly next: readonly NextEntry[];
  /** The rooms that a screen can be for. */
  readonly rooms: readonly { readonly slug: string; readonly name: string }[];
  /** The schedule, of which a screen shows the day that it is. */
  readonly days: readonly DayOfRooms[];
  /** The address of the main page, where it is known, to take along. */
  readonly qr?: QrCode;
}

export function signagePage(
  content: Pick<App.Locals, 'schedule' | 'presence' | 'site'>,
): SignagePage {
  const { schedule } = content;
  return {
    event: schedule.event.name,
    timezone: schedule.event.timezone,
    now: nowEntries(content),
    next: nextEntries(content),
    rooms: [...schedule.rooms.keys()].map((slug) => ({
      slug,
      name: roomName(schedule, slug) ?? slug,
    })),
    days: allDays(schedule),
    qr: mainPageCode(content),
  };
}

const mainPageCode = memo(({ site }: Pick<App.Locals, 'site'>) =>
  site === undefined ? undefined : qrCode(`${site}/`),
);
