/** Slots that rooms offer: who booked them, how people name them, which are on at a moment. */
import { Temporal } from 'temporal-polyfill';
import type { Day, EventInfo, Room, Slot } from '../format/file-schemas.ts';
import { nearest } from '../text/nearest.ts';
import { eventDate } from './event-day.ts';
import type { Schedule } from './schedule.ts';
import { fold } from '../text/slug.ts';
import { minutesADay, minutesOf, timeOfMinutes } from '../text/time-of-day.ts';

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
    for (const slot of slotsByTime(day)) {
      const name = fold(slot.name);
      for (const { room, byName } of rooms) {
        const offered = byName.get(name);
        if (offered) all.push({ room, day, slot, ...offered });
      }
    }
  return all;
}

/** The slots of a day in order of time; files may have them in any. */
export function slotsByTime({ slots }: Pick<Day, 'slots'>): readonly Slot[] {
  const order = (a: Slot, b: Slot) => minutesOf(a.start) - minutesOf(b.start);
  return slots.every((slot, index) => index === 0 || order(slots[index - 1]!, slot) <= 0)
    ? slots
    : slots.toSorted(order);
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

/**
 * The slots that somebody means by a text that may name several: `aspen-FriP1, aspen-FriP2`, or of one
 * room all from one slot to another, `aspen FriP1-FriP2`. Where a part names none, that part.
 */
export function findSlots(
  offered: readonly OfferedSlot[],
  rooms: Schedule['rooms'],
  text: string,
): readonly OfferedSlot[] | { readonly unknown: string } {
  const found: OfferedSlot[] = [];
  for (const part of partsOf(text)) {
    const one = findSlot(offered, rooms, part);
    const some = one ? [one] : (findRange(offered, rooms, part) ?? findWords(offered, rooms, part));
    if (!some) return { unknown: part };
    found.push(...some.filter((slot) => !found.includes(slot)));
  }
  return found;
}

function partsOf(text: string): string[] {
  const parts = text.split(/[,;]|\s(?:and|&|\+)\s/i).map((part) => part.trim());
  return parts.some(Boolean) ? parts.filter(Boolean) : [text];
}

/** `aspen FriP1-FriP2`, `aspen-FriP1 to FriP2`. */
function findRange(
  offered: readonly OfferedSlot[],
  rooms: Schedule['rooms'],
  text: string,
): readonly OfferedSlot[] | undefined {
  const dash = /\s*(?:\.{2,}|[-–—]|\s(?:to|until)\s)\s*/gi;
  for (const { 0: separator, index } of text.matchAll(dash)) {
    const first = findSlot(offered, rooms, text.slice(0, index));
    if (!first) continue;
    const ofRoom = offered.filter(({ room }) => room === first.room);
    const end = text.slice(index + separator.length);
    const last = findSlot(ofRoom, rooms, end) ?? findSlot(ofRoom, rooms, `${first.room}-${end}`);
    const [from, to] = [ofRoom.indexOf(first), last ? ofRoom.indexOf(last) : -1];
    if (to > from) return ofRoom.slice(from, to + 1);
  }
  return undefined;
}

/** Codes with nothing but space between them. */
function findWords(
  offered: readonly OfferedSlot[],
  rooms: Schedule['rooms'],
  text: string,
): readonly OfferedSlot[] | undefined {
  const words = text.split(/\s+/);
  const found = words.flatMap((word) => findSlot(offered, rooms, word) ?? []);
  return words.length > 1 && found.length === words.length ? found : undefined;
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
 * day with the same weekday, else the first. After midnight it is still the day before until the
 * last slot of that day is over, unless one of the new day is on.
 */
function dayOf(event: EventInfo, now: Date): { day: Day | undefined; minutes: number } {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(
    event.timezone,
  );
  const minutes = local.hour * 60 + local.minute;
  const today = local.toPlainDate();
  const [day, yesterday] = [dayOn(event, today), dayOn(event, today.subtract({ days: 1 }))];
  const night = minutes + minutesADay;
  const hasBegun = day?.slots.some((slot) => isOn(slot, minutes));
  if (!hasBegun && yesterday?.slots.some((slot) => slotMinutes(slot).end > night))
    return { day: yesterday, minutes: night };
  return { day: day ?? event.days[0], minutes };
}

/** The day that somebody means by its name or date. */
export function dayCalled({ days }: Pick<EventInfo, 'days'>, name: string): Day | undefined {
  return days.find((day) => fold(day.name) === fold(name) || day.date === name);
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

function isOn(slot: Slot, minutes: number): boolean {
  const { start, end } = slotMinutes(slot);
  return minutes >= start && minutes < end;
}

/**
 * When the days of an event begin, `04:00`: as set, else when the last slot that lasts beyond midnight
 * is over, but not after the first one of a day has begun.
 */
export function dayBegins({ newday, days }: Pick<EventInfo, 'newday' | 'days'>): string {
  if (newday !== undefined) return newday;
  const times = days.flatMap(({ slots }) => slots.map(slotMinutes));
  const last = Math.max(minutesADay, ...times.map(({ end }) => end)) - minutesADay;
  return timeOfMinutes(Math.min(last, minutesADay - 1, ...times.map(({ start }) => start)));
}

/** The date of the event's day that a moment belongs to. */
export function dateOfDay(event: EventInfo, moment: Date): string {
  return eventDate(moment, event.timezone, dayBegins(event));
}

/** Minutes since the midnight at which the day of a slot begins; an end before the start is after the next one. */
export function slotMinutes(slot: Pick<Slot, 'start' | 'end'>): { start: number; end: number } {
  const [start, end] = [minutesOf(slot.start), minutesOf(slot.end)];
  const days = end > start ? 0 : Math.floor((start - end) / minutesADay) + 1;
  return { start, end: end + days * minutesADay };
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
