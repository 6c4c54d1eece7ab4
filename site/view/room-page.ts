import { memo, memoEach } from '../content/memo.ts';
import { roomCalendarPath } from './calendar.ts';
import { changesOf } from './change.ts';
import type { Badge } from './badge.ts';
import {
  jointOnce,
  nextEntries,
  nowOfTracks,
  type NextEntry,
  type NowEntry,
  type TrackPlace,
} from './board.ts';
import { daysOfRoom, firstFreeCode, type DayView, type SlotView } from './grid.ts';
import { roomOnPlan } from './plan-page.ts';
import { previewOfNow } from './preview.ts';
import { qrCode, type QrCode } from './qr-code.ts';
import type { RouteParams } from './route-params.ts';
import { roomUrl, roomView, type RoomView } from './rooms.ts';
import { subscription, type Subscription } from './subscription.ts';

/** Everything that the page of a room shows. */
export interface RoomPage {
  readonly room: RoomView;
  /** Of the page, below the base. */
  readonly path: string;
  /** Where it is on the plan of the venue. */
  readonly plan?: string;
  readonly description: string;
  /** The page's own address, where it is known. */
  readonly qr?: QrCode;
  /** What is discussed here, and by the same tracks next. */
  readonly now: readonly NowEntry[];
  readonly next: readonly NextEntry[];
  /** The days on which the room can be booked. */
  readonly days: readonly RoomDay[];
  readonly freeCode?: string;
  readonly calendar: Subscription;
  /** Of what was changed here. */
  readonly changes: string;
}

interface RoomDay extends Pick<DayView, 'id' | 'name' | 'date' | 'zone'> {
  readonly slots: readonly RoomSlot[];
}

interface RoomSlot extends Omit<SlotView, 'cells'> {
  /** Who booked it; else the code by which it is free. */
  readonly badge?: Badge;
  /** The track's own address, where it has one. */
  readonly join?: string;
  readonly code?: string;
}

/** Parameters of the pages of all rooms. */
export function roomPaths({ schedule }: Pick<App.Locals, 'schedule'>): readonly RouteParams[] {
  return [...schedule.rooms.keys()].map((room) => ({ room }));
}

/** Throws when there is no such room. */
export function roomPage(
  locals: Pick<App.Locals, 'schedule' | 'plan' | 'presence' | 'site'>,
  { room: slug = '' }: RouteParams,
): RoomPage {
  const { schedule, site } = locals;
  const room = roomView(schedule, slug);
  if (!room) throw new Error(`There is no room ${slug}.`);
  const path = roomUrl(slug);
  const days = daysOfRoom(schedule, slug);
  const now = nowIn(locals, slug);
  return {
    room,
    path,
    plan: roomOnPlan(locals, slug),
    description:
      previewOfNow(now, schedule.event) ??
      `What is discussed in ${room.name}, and who has booked it.`,
    qr: site === undefined ? undefined : codeOf(locals, path),
    now,
    next: nextIn(locals, slug),
    days: days.map(roomDay).filter(({ slots }) => slots.length > 0),
    freeCode: firstFreeCode(days),
    calendar: subscription(locals, roomCalendarPath(slug), room.name),
    changes: changesOf('room', slug),
  };
}

type Board = Pick<App.Locals, 'schedule' | 'presence'>;
type Entry = { readonly room?: string };

const byRoom = <E extends Entry>(entries: readonly E[]) => Map.groupBy(entries, ({ room }) => room);
const nowByRoom = memo((board: Board) => byRoom(nowOfTracks(board)));
const nextByRoom = memo((board: Board) => byRoom(nextEntries(board)));

const nowIn = memoEach((board: Board, slug): readonly NowEntry[] =>
  jointOnce(nowByRoom(board).get(slug) ?? []).map((entry) => atItsDoor(board, slug, entry)),
);
const nextIn = memoEach((board: Board, slug): readonly NextEntry[] =>
  (nextByRoom(board).get(slug) ?? []).map((entry) => atItsDoor(board, slug, entry)),
);

/** On its own page a room need not be named, nor how to join it. */
function atItsDoor<E extends NowEntry | NextEntry>(
  { schedule }: Board,
  slug: string,
  entry: E,
): E & { readonly place: TrackPlace | undefined } {
  const join = entry.place?.join;
  const isOwn = join !== undefined && join !== schedule.rooms.get(slug)?.url;
  return { ...entry, place: isOwn ? { join } : undefined };
}

const codeOf = memoEach(({ site = '' }: Pick<App.Locals, 'site'>, path) => qrCode(site + path));

function roomDay({ id, name, date, zone, slots }: DayView): RoomDay {
  return {
    id,
    name,
    date,
    zone,
    slots: slots.flatMap(({ cells: [cell], ...slot }) => {
      if (!cell || cell.kind === 'closed') return [];
      return cell.kind === 'booked'
        ? { ...slot, badge: cell.badge, join: cell.join }
        : { ...slot, code: cell.code };
    }),
  };
}
