/** Days of the event, and their slots. */
import { withSlotKey } from '../../../schedule-data/schedule/slots.ts';
import type { Day, Slot } from '../../../schedule-data/format/file-schemas.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { fold } from '../../../schedule-data/text/slug.ts';
import { offeredSlots } from '../../../schedule-data/schedule/slots.ts';
import { wording } from '../../wording.ts';
import type { Answer, OperatorCommand } from '../command.ts';

function withDays(schedule: Schedule, days: readonly Day[], rooms = schedule.rooms): Schedule {
  return { ...schedule, rooms, event: { ...schedule.event, days } };
}

function findDay({ event }: Schedule, name: string): Day | undefined {
  return event.days.find((day) => fold(day.name) === fold(name) || day.date === name);
}

function findSlot({ event }: Schedule, name: string): { day: Day; slot: Slot } | undefined {
  for (const day of event.days)
    for (const slot of day.slots) if (fold(slot.name) === fold(name)) return { day, slot };
  return undefined;
}

const replaced = <T>(list: readonly T[], old: T, changed: T) =>
  list.map((one) => (one === old ? changed : one));

/** Days with a date stand in order of the dates; the others stay where they were added. */
function byDate(days: readonly Day[]): readonly Day[] {
  return days.every(({ date }) => date !== undefined)
    ? days.toSorted((a, b) => (a.date! < b.date! ? -1 : 1))
    : days;
}

/** How many bookings there are in slots. */
function booked(schedule: Schedule, slots: readonly Slot[]): number {
  return offeredSlots(schedule).filter(({ slot, track }) => track !== null && slots.includes(slot))
    .length;
}

export const day: OperatorCommand = {
  kind: 'operator',
  name: 'day',
  usage: '~day add NAME [DATE] | set NAME name|date VALUE | del NAME [force]',
  summary: 'adds, changes and deletes days of the event.',
  example: '~day add Monday 2018-09-10',
  run: (schedule, text) => {
    const [verb = '', name = '', third, ...rest] = text.split(/\s+/);
    const { days } = schedule.event;
    const found = findDay(schedule, name);
    if (!name || !['add', 'set', 'del'].includes(verb)) return { reply: wording.rightForm(day) };
    if (verb === 'add') {
      if (rest.length) return { reply: wording.rightForm(day) };
      if (found) return { reply: wording.dayExists(found.name) };
      const added = { name, ...(third !== undefined && { date: third }), slots: [] };
      return {
        schedule: withDays(schedule, byDate([...days, added])),
        reply: wording.dayAdded(name),
      };
    }
    if (!found)
      return {
        reply: wording.unknownDay(
          name,
          days.map((one) => one.name),
        ),
      };
    if (verb === 'set') {
      const value = rest.join(' ');
      if ((third !== 'name' && third !== 'date') || !value)
        return { reply: wording.rightForm(day) };
      const changed = { ...found, [third]: value };
      return {
        schedule: withDays(schedule, byDate(replaced(days, found, changed))),
        reply: wording.daySet(found.name, third, value),
      };
    }
    const count = booked(schedule, found.slots);
    if (count && third !== 'force') return { reply: wording.dayBooked(found.name, count) };
    return {
      schedule: found.slots.reduce(
        (current, slot) => ({ ...current, rooms: withSlotKey(current, slot.name, undefined) }),
        withDays(
          schedule,
          days.filter((one) => one !== found),
        ),
      ),
      reply: wording.dayDeleted(found.name),
    };
  },
};

export const slot: OperatorCommand = {
  kind: 'operator',
  name: 'slot',
  usage: '~slot add DAY SLOT 09:00-10:45 | set SLOT name|time VALUE | del SLOT [force]',
  summary: 'adds, changes and deletes slots; every room offers a new one.',
  example: '~slot add Monday MonA1 09:00-10:45',
  run: (schedule, text) => {
    const [verb, ...words] = text.split(/\s+/);
    if (verb === 'add') return addSlot(schedule, words);
    const found = findSlot(schedule, words[0] ?? '');
    if ((verb !== 'set' && verb !== 'del') || words[0] === undefined)
      return { reply: wording.rightForm(slot) };
    if (!found) return { reply: wording.unknownSlotName(words[0]) };
    return verb === 'set'
      ? setSlot(schedule, found, words.slice(1))
      : deleteSlot(schedule, found, words[1] === 'force');
  },
};

function addSlot(schedule: Schedule, [dayName, name, time, ...rest]: string[]): Answer {
  const times = timesOf(time);
  if (dayName === undefined || name === undefined || !times || rest.length)
    return { reply: wording.rightForm(slot) };
  const { days } = schedule.event;
  const found = findDay(schedule, dayName);
  if (!found)
    return {
      reply: wording.unknownDay(
        dayName,
        days.map((one) => one.name),
      ),
    };
  if (findSlot(schedule, name)) return { reply: wording.slotExists(name) };
  const slots = [...found.slots, { name, ...times }].sort((a, b) => (a.start < b.start ? -1 : 1));
  const rooms = new Map(
    [...schedule.rooms].map(([slug, room]) => [
      slug,
      { ...room, slots: new Map([...room.slots, [name, null]]) },
    ]),
  );
  return {
    schedule: withDays(schedule, replaced(days, found, { ...found, slots }), rooms),
    reply: wording.slotAdded(name, found.name, rooms.size),
  };
}

function setSlot(
  schedule: Schedule,
  found: { day: Day; slot: Slot },
  [field, value, ...rest]: string[],
): Answer {
  const times = timesOf(value);
  const isName = field === 'name' && value !== undefined;
  if (rest.length || (!isName && !(field === 'time' && times)))
    return { reply: wording.rightForm(slot) };
  const other = isName ? findSlot(schedule, value) : undefined;
  if (other && other.slot !== found.slot) return { reply: wording.slotExists(value ?? '') };
  const changed = isName ? { ...found.slot, name: value } : { ...found.slot, ...times };
  const slots = replaced(found.day.slots, found.slot, changed);
  const days = replaced(schedule.event.days, found.day, { ...found.day, slots });
  const rooms = isName ? withSlotKey(schedule, found.slot.name, value) : schedule.rooms;
  return {
    schedule: withDays(schedule, days, rooms),
    reply: wording.slotSet(found.slot.name, value ?? ''),
  };
}

function deleteSlot(
  schedule: Schedule,
  { day: found, slot: one }: { day: Day; slot: Slot },
  isForced: boolean,
): Answer {
  const count = booked(schedule, [one]);
  if (count && !isForced) return { reply: wording.slotBooked(one.name, count) };
  const slots = found.slots.filter((other) => other !== one);
  const days = replaced(schedule.event.days, found, { ...found, slots });
  return {
    schedule: withDays(schedule, days, withSlotKey(schedule, one.name, undefined)),
    reply: wording.slotDeleted(one.name),
  };
}

function timesOf(text = ''): Pick<Slot, 'start' | 'end'> | undefined {
  const [, start, end] = /^(\d{1,2}:\d\d)-(\d{1,2}:\d\d)$/.exec(text) ?? [];
  return start === undefined || end === undefined
    ? undefined
    : { start: start.padStart(5, '0'), end: end.padStart(5, '0') };
}
