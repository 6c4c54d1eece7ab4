/** Days of the event, and their slots. */
import type { Day, Slot } from '../../../schedule-data/format/file-schemas.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { fold } from '../../../schedule-data/text/slug.ts';
import {
  dayCalled,
  offeredSlots,
  slotsByTime,
  withSlotKey,
} from '../../../schedule-data/schedule/slots.ts';
import { readTimeRange } from '../../../schedule-data/text/time-of-day.ts';
import { wording } from '../../wording.ts';
import type { Answer } from '../command.ts';
import { isNone } from '../no-value.ts';
import { choice, commandWithVerbs, date, name, optional, timeRange, verb, word } from '../verbs.ts';

function withDays(schedule: Schedule, days: readonly Day[], rooms = schedule.rooms): Schedule {
  return { ...schedule, rooms, event: { ...schedule.event, days } };
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

/** Does something with the day of a name; a name that is none is answered. */
function withDay(schedule: Schedule, name: string, change: (day: Day) => Answer): Answer {
  const found = dayCalled(schedule.event, name);
  const names = schedule.event.days.map((one) => one.name);
  return found ? change(found) : { reply: wording.unknownDay(name, names) };
}

/** Does something with the slot of a name; a name that is none is answered. */
function withSlot(
  schedule: Schedule,
  name: string,
  change: (slot: Slot, day: Day) => Answer | undefined,
): Answer | undefined {
  const found = findSlot(schedule, name);
  return found ? change(found.slot, found.day) : { reply: wording.unknownSlotName(name) };
}

export const day = commandWithVerbs({
  name: 'day',
  summary: 'adds, changes and deletes days of the event.',
  verbs: [
    verb({
      name: 'add',
      takes: { name: name('NAME'), date: optional(date('DATE')) },
      summary: 'adds a day to the event.',
      example: '~day add Monday 2018-09-10',
      run: (schedule, { name, date }) => {
        const found = dayCalled(schedule.event, name);
        if (found) return { reply: wording.dayExists(found.name) };
        const added = { name, ...(date !== undefined && { date }), slots: [] };
        return {
          schedule: withDays(schedule, byDate([...schedule.event.days, added])),
          reply: wording.dayAdded(name, newSlotName(schedule, name)),
        };
      },
    }),
    verb({
      name: 'set',
      takes: { name: name('NAME'), field: choice('name', 'date'), value: name('VALUE') },
      summary: 'gives a day another name or date.',
      example: '~day set Monday date 2018-09-10',
      run: (schedule, { name, field, value }) =>
        withDay(schedule, name, (found) => {
          const given = field === 'date' && isNone(value) ? undefined : value;
          const days = replaced(schedule.event.days, found, { ...found, [field]: given });
          return {
            schedule: withDays(schedule, byDate(days)),
            reply: wording.daySet(found.name, field, value),
          };
        }),
    }),
    verb({
      name: 'del',
      takes: { name: name('NAME'), force: optional(choice('force')) },
      summary: 'deletes a day and its slots; one with bookings only with force.',
      example: '~day del Monday',
      exampleOf: ({ day }) => day && `~day del ${day}`,
      run: (schedule, { name, force }) =>
        withDay(schedule, name, (found) => {
          const count = booked(schedule, found.slots);
          if (count && !force) return { reply: wording.dayBooked(found.name, count) };
          const days = schedule.event.days.filter((one) => one !== found);
          return {
            schedule: found.slots.reduce(
              (current, one) => ({ ...current, rooms: withSlotKey(current, one.name, undefined) }),
              withDays(schedule, days),
            ),
            reply: wording.dayDeleted(found.name),
          };
        }),
    }),
  ],
});

export const slot = commandWithVerbs({
  name: 'slot',
  summary: 'adds, changes and deletes slots; every room offers a new one.',
  verbs: [
    verb({
      name: 'add',
      takes: { day: name('DAY'), name: word('SLOT'), time: timeRange },
      summary: 'adds a slot to a day; every room offers it.',
      example: '~slot add Monday MonA1 09:00-10:45',
      run: (schedule, { day: dayName, name, time }) =>
        withDay(schedule, dayName, (found) => addSlot(schedule, found, { name, ...time })),
    }),
    verb({
      name: 'set',
      takes: { name: word('SLOT'), field: choice('name', 'time'), value: name('VALUE') },
      summary: 'gives a slot another name or time.',
      example: '~slot set MonA1 time 09:30-10:45',
      exampleOf: ({ slot }) => slot && `~slot set ${slot} time 09:30-10:45`,
      run: (schedule, { name, field, value }) =>
        withSlot(schedule, name, (found, on) => {
          if (field === 'name') return renameSlot(schedule, on, found, value);
          const times = readTimeRange(value);
          if (!times) return undefined;
          const { start, end } = times;
          return setSlot(schedule, on, found, { ...found, ...times }, `${start}-${end}`);
        }),
    }),
    verb({
      name: 'del',
      takes: { name: word('SLOT'), force: optional(choice('force')) },
      summary: 'deletes a slot; one with bookings only with force.',
      example: '~slot del MonA1',
      exampleOf: ({ slot }) => slot && `~slot del ${slot}`,
      run: (schedule, { name, force }) =>
        withSlot(schedule, name, (found, on) => {
          const count = booked(schedule, [found]);
          if (count && !force) return { reply: wording.slotBooked(found.name, count) };
          const slots = on.slots.filter((other) => other !== found);
          const days = replaced(schedule.event.days, on, { ...on, slots });
          return {
            schedule: withDays(schedule, days, withSlotKey(schedule, found.name, undefined)),
            reply: wording.slotDeleted(found.name),
          };
        }),
    }),
  ],
});

/** A name for the first slot of a day, `MonA1`, which no slot has. */
function newSlotName(schedule: Schedule, day: string): string {
  const letters =
    day
      .match(/[\p{L}\p{N}]/gu)
      ?.slice(0, 3)
      .join('') ?? 'Day';
  for (let number = 1; ; number++)
    if (!findSlot(schedule, `${letters}A${number}`)) return `${letters}A${number}`;
}

function addSlot(schedule: Schedule, to: Day, added: Slot): Answer {
  if (findSlot(schedule, added.name)) return { reply: wording.slotExists(added.name) };
  const slots = slotsByTime({ slots: [...to.slots, added] });
  const rooms = new Map(
    [...schedule.rooms].map(([slug, room]) => [
      slug,
      { ...room, slots: new Map([...room.slots, [added.name, null]]) },
    ]),
  );
  return {
    schedule: withDays(schedule, replaced(schedule.event.days, to, { ...to, slots }), rooms),
    reply: wording.slotAdded(added.name, to.name, rooms.size),
  };
}

function renameSlot(schedule: Schedule, on: Day, found: Slot, name: string): Answer {
  const other = findSlot(schedule, name);
  if (other && other.slot !== found) return { reply: wording.slotExists(name) };
  const rooms = withSlotKey(schedule, found.name, name);
  return setSlot({ ...schedule, rooms }, on, found, { ...found, name }, name);
}

function setSlot(schedule: Schedule, on: Day, found: Slot, changed: Slot, value: string): Answer {
  const slots = slotsByTime({ slots: replaced(on.slots, found, changed) });
  const days = replaced(schedule.event.days, on, { ...on, slots });
  return { schedule: withDays(schedule, days), reply: wording.slotSet(found.name, value) };
}
