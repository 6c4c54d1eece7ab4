/** Slots that rooms offer: who booked them, how people name them, which are on at a moment. */
import { Temporal } from 'temporal-polyfill';
import type { Day, EventInfo, Room, Slot } from '../format/file-schemas.ts';
import { nearest } from '../text/nearest.ts';
import type { Schedule } from './schedule.ts';
import { fold } from '../text/slug.ts';

/** A slot that a room offers; `track` is the slug of whoever booked it, null when it is free. */
export interface OfferedSlot {
  readonly room: string;
  readonly day: Day;
  readonly slot: Slot;
  /** The name of the slot as the file of the room spells it. */
  readonly key: string;
  readonly track: string | null;
}

/** What people type for a slot: `aspen-FriP1`. */
export function slotCode({ room, slot }: Pick<OfferedSlot, 'room' | 'slot'>): string {
  return `${room}-${slot.name}`;
}

/**
 * All offered slots by time, in each slot by room; or those of some days. Slots that the event does
 * not have are left out.
 */
export function offeredSlots(
  schedule: Schedule,
  days: readonly Day[] = schedule.event.days,
): OfferedSlot[] {
  const rooms = [...schedule.rooms].map(([name, room]) => ({ room: name, byName: byName(room) }));
  const all: OfferedSlot[] = [];
  for (const day of days)
    for (const slot of day.slots) {
      const name = fold(slot.name);
      for (const { room, byName } of rooms) {
        const offered = byName.get(name);
        if (offered) all.push({ room, day, slot, ...offered });
      }
    }
  return all;
}

type NamedSlots = ReadonlyMap<string, Pick<OfferedSlot, 'key' | 'track'>>;

/** Kept with the room, which seldom changes and is asked for by every command. */
const namedSlots = new WeakMap<Room, NamedSlots>();

function byName(room: Room): NamedSlots {
  const known = namedSlots.get(room);
  if (known) return known;
  const named = new Map([...room.slots].map(([key, track]) => [fold(key), { key, track }]));
  namedSlots.set(room, named);
  return named;
}

/**
 * The slot that somebody means: its code, or the names of the room and of the slot (`Ballroom A
 * FriP1`, `BallroomA-FriP1`) where that can only mean one slot. Case makes no difference.
 */
export function findSlot(
  offered: readonly OfferedSlot[],
  rooms: Schedule['rooms'],
  text: string,
): OfferedSlot | undefined {
  const exact = offered.filter((one) => fold(slotCode(one)) === fold(text.trim()));
  if (exact.length) return exact.length === 1 ? exact[0] : undefined;
  const wanted = lettersOf(text);
  const similar = offered.filter(
    (one) =>
      lettersOf(slotCode(one)) === wanted ||
      lettersOf(`${rooms.get(one.room)?.name ?? ''}${one.slot.name}`) === wanted,
  );
  return similar.length === 1 ? similar[0] : undefined;
}

/** The code that somebody most likely meant. */
export function nearestCode(offered: readonly OfferedSlot[], text: string): string | undefined {
  return nearest(text.trim().replaceAll(' ', '-'), offered.map(slotCode));
}

function lettersOf(text: string): string {
  return fold(text).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/**
 * The day that a moment belongs to, and the minutes since its midnight. Outside the event it is the
 * day with the same weekday, else the first. After midnight it is still the day before while a slot
 * of that day is on.
 */
function dayOf(event: EventInfo, now: Date): { day: Day | undefined; minutes: number } {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(
    event.timezone,
  );
  const minutes = local.hour * 60 + local.minute;
  const today = local.toPlainDate();
  const yesterday = dayOn(event, today.subtract({ days: 1 }));
  if (yesterday?.slots.some((slot) => isOn(slot, minutes + 24 * 60)))
    return { day: yesterday, minutes: minutes + 24 * 60 };
  return { day: dayOn(event, today) ?? event.days[0], minutes };
}

/** The day of a date, else of its weekday. */
function dayOn({ days }: EventInfo, date: Temporal.PlainDate): Day | undefined {
  return (
    days.find((day) => day.date === date.toString()) ??
    days.find((day) => weekdayOf(day) === date.dayOfWeek)
  );
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** 1 for Monday to 7 for Sunday, by the date, else by the name; undefined when neither says it. */
export function weekdayOf({ name, date }: Pick<Day, 'name' | 'date'>): number | undefined {
  if (date !== undefined) return Temporal.PlainDate.from(date).dayOfWeek;
  const index = weekdays.indexOf(fold(name).slice(0, 3));
  return index < 0 ? undefined : index + 1;
}

/** What rooms offer on the day of a moment, and the moment as minutes since that day's midnight. */
export interface Today {
  readonly day: Day | undefined;
  readonly minutes: number;
  readonly offered: readonly OfferedSlot[];
}

export function slotsToday(schedule: Schedule, now: Date): Today {
  const { day, minutes } = dayOf(schedule.event, now);
  return { day, minutes, offered: day ? offeredSlots(schedule, [day]) : [] };
}

/** The slots that are on at the moment. */
export function slotsOn({ offered, minutes }: Today): OfferedSlot[] {
  return offered.filter(({ slot }) => isOn(slot, minutes));
}

/** Minutes from the midnight at which the day begins; the end may be beyond the next midnight. */
function isOn(slot: Slot, minutes: number): boolean {
  const start = minutesOf(slot.start);
  const end = minutesOf(slot.end);
  return minutes >= start && minutes < (end > start ? end : end + 24 * 60);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * Where a track meets at the moment: the room of its booking in a slot that is on, else of its next
 * booking of the day, else of its first one.
 */
export function bookedRoom({ offered, minutes }: Today, track: string): string | undefined {
  const bookings = offered.filter((one) => one.track === track);
  const booking =
    bookings.find(({ slot }) => isOn(slot, minutes)) ??
    bookings.find(({ slot }) => minutesOf(slot.start) >= minutes) ??
    bookings[0];
  return booking?.room;
}

/** All rooms with the key of a slot changed; undefined takes the slot out of them. */
export function withSlotKey(
  schedule: Schedule,
  name: string,
  to: string | undefined,
): Schedule['rooms'] {
  const change = (room: Room): Room => {
    const found = [...room.slots.keys()].find((key) => fold(key) === fold(name));
    if (found === undefined) return room;
    const slots = [...room.slots].flatMap(([key, track]): [string, string | null][] =>
      key !== found ? [[key, track]] : to === undefined ? [] : [[to, track]],
    );
    return { ...room, slots: new Map(slots) };
  };
  return new Map([...schedule.rooms].map(([slug, room]) => [slug, change(room)]));
}
