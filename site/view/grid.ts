import type { Day, Room } from '../../schedule-data/format/file-schemas.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { slotsByTime } from '../../schedule-data/schedule/slots.ts';
import { fold, slugify } from '../../schedule-data/text/slug.ts';
import { slotTimes } from '../../schedule-data/schedule/slot-times.ts';
import { badge, type Badge } from './badge.ts';
import { memo, memoEach } from '../content/memo.ts';
import { roomView, type RoomView } from './rooms.ts';
import { slotWhen, type SlotWhen } from './slot-times.ts';
import { zoneName } from '../../schedule-data/text/clock.ts';
import { dateLabel } from './times.ts';
import { trackAddress, trackFinder } from './track-names.ts';

/** What a room has to offer in a slot: it is booked, free under a code, or not offered at all. */
export type Cell =
  | {
      readonly kind: 'booked';
      readonly room: string;
      readonly badge: Badge;
      /** The track's own address; else one joins as the room says. */
      readonly join?: string;
      /** The slot before has the same booking in this room: together they are one bar. */
      readonly goesOn: boolean;
    }
  | { readonly kind: 'free'; readonly room: string; readonly code: string }
  | { readonly kind: 'closed'; readonly room: string };

/** One slot of a day with one cell for each room, in the order of the rooms. */
export interface SlotView extends SlotWhen {
  readonly name: string;
  readonly cells: readonly Cell[];
}

/** One day of the schedule. */
export interface DayView {
  /** For anchors. */
  readonly id: string;
  readonly name: string;
  readonly date?: { readonly iso: string; readonly label: string };
  /** `MDT`, or `America/Denver` while nobody knows the date. */
  readonly zone: string;
  readonly slots: readonly SlotView[];
}

/** A day with all rooms that offer a slot on it, one for each cell of a slot, and those that don't. */
export interface DayOfRooms extends DayView {
  readonly rooms: readonly RoomView[];
  readonly unused: readonly RoomView[];
}

/** What a day shows whatever the rooms; `key` of a slot is its name without regard to case. */
interface DayHead extends Omit<DayView, 'slots'> {
  readonly slots: readonly (Omit<SlotView, 'cells'> & { readonly key: string })[];
}

/** An event stays the same through most commands. */
export const dayHeads = memo(({ days, timezone }: Schedule['event']): readonly DayHead[] => {
  const ids = dayIds(days);
  return days.map((day, index) => ({
    id: ids[index] ?? '',
    name: day.name,
    date: day.date === undefined ? undefined : { iso: day.date, label: dateLabel(day.date) },
    zone: zoneOf(day, timezone),
    slots: slotsByTime(day).map((slot) => ({
      key: fold(slot.name),
      name: slot.name,
      ...slotWhen(day, slot, timezone),
    })),
  }));
});

/** The days with what all rooms have to offer. */
export const allDays = memo((schedule: Schedule): readonly DayOfRooms[] =>
  dayHeads(schedule.event).map(({ id }) => dayOfAllRooms(schedule, id)),
);

const dayOfAllRooms = memoEach((schedule: Schedule, id): DayOfRooms => {
  const head = dayHeads(schedule.event).find((day) => day.id === id)!;
  const isUsed = (slug: string) => {
    const offered = slotsOf(schedule.rooms.get(slug)!);
    return head.slots.some(({ key }) => offered.has(key));
  };
  const rooms = [...schedule.rooms.keys()];
  const used = rooms.filter(isUsed);
  const views = (slugs: readonly string[]) => slugs.map((slug) => roomView(schedule, slug)!);
  return {
    ...dayView(schedule, head, used),
    rooms: views(used),
    unused: views(rooms.filter((slug) => !used.includes(slug))),
  };
});

/** The days with what one room has to offer. */
export const daysOfRoom = memoEach((schedule: Schedule, room): readonly DayView[] =>
  dayHeads(schedule.event).map((head) => dayView(schedule, head, [room])),
);

function dayView(schedule: Schedule, head: DayHead, rooms: readonly string[]): DayView {
  const find = trackFinder(schedule);
  const columns = rooms.flatMap((slug) => {
    const room = schedule.rooms.get(slug);
    return room ? { slug, room, slots: slotsOf(room) } : [];
  });
  return {
    ...head,
    slots: head.slots.map(({ key, ...slot }, index) => ({
      ...slot,
      cells: columns.map(({ slug, room, slots }): Cell => {
        const booked = slots.get(key);
        if (booked === undefined) return { kind: 'closed', room: room.name };
        if (booked === null) return { kind: 'free', room: room.name, code: `${slug}-${slot.name}` };
        const found = badge(booked, find);
        const before = slots.get(head.slots[index - 1]?.key ?? '');
        return {
          kind: 'booked',
          room: room.name,
          badge: found,
          join: joinOf(schedule, found),
          goesOn: before === booked || (!!before && find(before)?.slug === (found.track ?? '')),
        };
      }),
    })),
  };
}

function joinOf(schedule: Schedule, { track }: Badge): string | undefined {
  return track === undefined ? undefined : trackAddress(schedule, track);
}

const slotsOf = memo(
  ({ slots }: Room) => new Map([...slots].map(([name, track]) => [fold(name), track])),
);

/** The code of the first free slot, for the line that says how to take one. */
export function firstFreeCode(days: readonly DayView[]): string | undefined {
  for (const day of days)
    for (const slot of day.slots)
      for (const cell of slot.cells) if (cell.kind === 'free') return cell.code;
  return undefined;
}

/** The zone in force when the day begins, or its general name while the date is not known. */
function zoneOf(day: Day, timezone: string): string {
  const [first] = slotsByTime(day);
  const times = first && slotTimes(day, first, timezone);
  return times ? zoneName(timezone, new Date(times.start)) : timezone;
}

/** `day-monday`; by number where names are unusable or come twice. */
function dayIds(days: readonly Day[]): readonly string[] {
  const slugs = days.map(({ name }) => slugify(name));
  return slugs.map((slug, index) =>
    slug === undefined || slugs.indexOf(slug) !== index ? `day-${index + 1}` : `day-${slug}`,
  );
}
