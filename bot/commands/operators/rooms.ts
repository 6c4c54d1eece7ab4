/** Rooms, and which slots they offer. */
import type { Room } from '../../../schedule-data/format/file-schemas.ts';
import { roomCalled } from '../../../schedule-data/schedule/rooms.ts';
import { offeredSlots, slotCode } from '../../../schedule-data/schedule/slots.ts';
import { freeToCome } from '../../../schedule-data/schedule/slot-times.ts';
import { nearest } from '../../../schedule-data/text/nearest.ts';
import {
  sortedSchedule,
  withRoom,
  type Schedule,
} from '../../../schedule-data/schedule/schedule.ts';
import { fold, slugify } from '../../../schedule-data/text/slug.ts';
import { wording } from '../../wording.ts';
import type { Answer } from '../command.ts';
import { fullUntil } from '../full.ts';
import { isNone } from '../no-value.ts';
import { choice, commandWithVerbs, name, optional, verb, words } from '../verbs.ts';

const fields = ['name', 'description', 'url', 'equipment', 'open', 'close', 'full'] as const;
type Field = (typeof fields)[number];

export const room = commandWithVerbs({
  name: 'room',
  summary: 'adds, changes, orders and deletes rooms; a new one offers every slot.',
  verbs: [
    verb({
      name: 'add',
      takes: { name: name('NAME') },
      summary: 'adds a room, which offers every slot.',
      example: '~room add Ballroom A',
      run: (schedule, { name }, { now }) => addRoom(schedule, name, now),
    }),
    verb({
      name: 'set',
      takes: { name: name('ROOM'), field: choice(...fields), value: optional(name('VALUE')) },
      summary:
        'changes what the sign at the door says, or which slots the room offers; full marks it as full until its slot ends.',
      example: '~room set Ballroom A url https://meet.example.org/a',
      exampleOf: ({ rooms: [room] }) =>
        room && `~room set ${room.name} url https://meet.example.org/${room.slug}`,
      run: (schedule, { name, field, value = '' }, { now }) => {
        if (!value && field !== 'full') return undefined;
        return withRoomCalled(schedule, name, (found, slug) => {
          const full = isNone(value) ? undefined : fullUntil(schedule, slug, now);
          const changed =
            field === 'full' ? { ...found, full } : changedRoom(schedule, found, field, value);
          if (typeof changed === 'string') return { reply: changed };
          return {
            schedule: withRoom(schedule, slug, changed),
            reply: wording.roomSet(found.name),
          };
        });
      },
    }),
    verb({
      name: 'order',
      takes: { names: words('ROOM') },
      summary: 'puts rooms in this order, before all others.',
      example: '~room order aspen ballroom-a',
      exampleOf: ({ rooms: [first, second] }) =>
        first && second && `~room order ${second.slug} ${first.slug}`,
      run: (schedule, { names }) => orderRooms(schedule, names),
    }),
    verb({
      name: 'del',
      takes: { name: name('ROOM'), force: optional(choice('force')) },
      summary: 'deletes a room; one with bookings only with force.',
      example: '~room del Ballroom A',
      exampleOf: ({ rooms: [room] }) => room && `~room del ${room.name}`,
      run: (schedule, { name, force }) =>
        withRoomCalled(schedule, name, (found, slug) =>
          deleteRoom(schedule, found, slug, force !== undefined),
        ),
    }),
  ],
});

/** Does something with the room of a name; a name that is none is answered. */
function withRoomCalled(
  schedule: Schedule,
  name: string,
  change: (room: Room, slug: string) => Answer,
): Answer {
  const slug = roomCalled(schedule, name);
  return slug === undefined ? unknownRoom(schedule, name) : change(schedule.rooms.get(slug)!, slug);
}

function unknownRoom({ rooms }: Schedule, name: string): Answer {
  return { reply: wording.unknownRoom(name, nearest(fold(name), rooms.keys())) };
}

function addRoom(schedule: Schedule, name: string, now: Date): Answer {
  const slug = slugify(name);
  if (slug === undefined) return { reply: wording.notARoomName(name) };
  if (schedule.rooms.has(slug)) return { reply: wording.roomExists(slug) };
  const slots = schedule.event.days.flatMap((day) => day.slots.map((slot) => slot.name));
  const orders = [...schedule.rooms.values()].map(({ order = 0 }) => order);
  const added: Room = {
    name,
    order: Math.max(0, ...orders) + 1,
    equipment: [],
    slots: new Map(slots.map((slot) => [slot, null])),
  };
  const after = sortedSchedule(withRoom(schedule, slug, added));
  const free = freeToCome(schedule, offeredSlots(after), now).find(({ room }) => room === slug);
  return {
    schedule: after,
    reply: wording.roomAdded(name, free && slotCode(free), slots.length > 0),
  };
}

/** The room with one field changed, or the reply to a mistake. */
function changedRoom(
  schedule: Schedule,
  found: Room,
  field: Exclude<Field, 'full'>,
  value: string,
): Room | string {
  switch (field) {
    case 'name':
      return { ...found, name: value };
    case 'description':
    case 'url':
      return { ...found, [field]: isNone(value) ? undefined : value };
    case 'equipment': {
      const [icon = '', ...label] = value.split(' ');
      if (isNone(value)) return { ...found, equipment: [] };
      if (!label.length) return wording.equipmentForm;
      return { ...found, equipment: [...found.equipment, { icon, label: label.join(' ') }] };
    }
    case 'open':
    case 'close':
      return withOffer(schedule, found, field, value);
  }
}

/** The room with slots offered, or offered no more. */
function withOffer(
  schedule: Schedule,
  found: Room,
  field: 'open' | 'close',
  value: string,
): Room | string {
  const slots = new Map(found.slots);
  const known = schedule.event.days.flatMap((day) => day.slots.map(({ name }) => name));
  for (const word of value.split(' ')) {
    const name = known.find((one) => fold(one) === fold(word));
    if (name === undefined) return wording.unknownSlotName(word);
    const key = [...slots.keys()].find((one) => fold(one) === fold(word));
    const track = key === undefined ? null : slots.get(key);
    if (field === 'close' && track) return wording.closeBooked(name, track);
    if (field === 'close' && key !== undefined) slots.delete(key);
    if (field === 'open' && key === undefined) slots.set(name, null);
  }
  return { ...found, slots };
}

function orderRooms(schedule: Schedule, names: readonly string[]): Answer | undefined {
  const slugs: string[] = [];
  for (const name of names) {
    const slug = roomCalled(schedule, name);
    if (slug === undefined) return unknownRoom(schedule, name);
    slugs.push(slug);
  }
  if (new Set(slugs).size < slugs.length) return undefined;
  const all = [...slugs, ...[...schedule.rooms.keys()].filter((slug) => !slugs.includes(slug))];
  const rooms = new Map(
    all.map((slug, index) => [slug, { ...schedule.rooms.get(slug)!, order: index + 1 }]),
  );
  return { schedule: sortedSchedule({ ...schedule, rooms }), reply: wording.roomsOrdered(all) };
}

function deleteRoom(schedule: Schedule, found: Room, slug: string, isForced: boolean): Answer {
  const count = [...found.slots.values()].filter((track) => track !== null).length;
  if (count && !isForced) return { reply: wording.roomBooked(slug, count) };
  const rooms = new Map(schedule.rooms);
  rooms.delete(slug);
  const tracks = new Map(
    [...schedule.tracks].map(([name, track]) => [
      name,
      track.room === slug ? { ...track, room: undefined } : track,
    ]),
  );
  return { schedule: { ...schedule, rooms, tracks }, reply: wording.roomDeleted(found.name) };
}
