/** Rooms, and which slots they offer. */
import type { Room } from '../../../schedule-data/format/file-schemas.ts';
import { nearest } from '../../../schedule-data/text/nearest.ts';
import {
  sortedSchedule,
  withRoom,
  type Schedule,
} from '../../../schedule-data/schedule/schedule.ts';
import { fold, slugify } from '../../../schedule-data/text/slug.ts';
import { wording } from '../../wording.ts';
import type { Answer, OperatorCommand } from '../command.ts';

const fields = ['name', 'description', 'url', 'equipment', 'open', 'close'] as const;
type Field = (typeof fields)[number];

export const room: OperatorCommand = {
  kind: 'operator',
  name: 'room',
  usage:
    '~room add NAME | set ROOM name|description|url|equipment|open|close VALUE | order ROOM… | del ROOM [force]',
  summary: 'adds, changes, orders and deletes rooms; a new one offers every slot.',
  example: '~room add Ballroom A',
  run: (schedule, text) => {
    const [, verb = '', rest = ''] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
    switch (verb) {
      case 'add':
        return addRoom(schedule, rest);
      case 'set':
        return setRoom(schedule, rest);
      case 'order':
        return orderRooms(schedule, rest.split(/\s+/));
      case 'del':
        return deleteRoom(schedule, rest);
      default:
        return { reply: wording.rightForm(room) };
    }
  },
};

/** A room by its file name or by what is written at the door. */
function findRoom({ rooms }: Schedule, name: string): string | undefined {
  const wanted = fold(name);
  if (rooms.has(wanted)) return wanted;
  return [...rooms].find(([, one]) => fold(one.name) === wanted)?.[0];
}

function unknownRoom({ rooms }: Schedule, name: string): Answer {
  return { reply: wording.unknownRoom(name, nearest(fold(name), rooms.keys())) };
}

function addRoom(schedule: Schedule, name: string): Answer {
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
  return {
    schedule: sortedSchedule(withRoom(schedule, slug, added)),
    reply: wording.roomAdded(name, slug, slots[0]),
  };
}

function setRoom(schedule: Schedule, text: string): Answer {
  // Names of rooms have spaces: the field is the first word that is the name of one.
  const words = text.split(/\s+/);
  const at = words.findIndex((word, index) => index > 0 && fields.includes(word as Field));
  const value = words.slice(at + 1).join(' ');
  if (at < 0 || !value) return { reply: wording.rightForm(room) };
  const name = words.slice(0, at).join(' ');
  const slug = findRoom(schedule, name);
  const found = slug === undefined ? undefined : schedule.rooms.get(slug);
  if (slug === undefined || !found) return unknownRoom(schedule, name);
  const changed = changedRoom(schedule, found, words[at] as Field, value);
  if (typeof changed === 'string') return { reply: changed };
  return { schedule: withRoom(schedule, slug, changed), reply: wording.roomSet(found.name) };
}

/** The room with one field changed, or the reply to a mistake. */
function changedRoom(schedule: Schedule, found: Room, field: Field, value: string): Room | string {
  const isNone = fold(value) === 'none';
  switch (field) {
    case 'name':
      return { ...found, name: value };
    case 'description':
    case 'url':
      return { ...found, [field]: isNone ? undefined : value };
    case 'equipment': {
      const [icon = '', ...label] = value.split(' ');
      if (isNone) return { ...found, equipment: [] };
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

function orderRooms(schedule: Schedule, names: readonly string[]): Answer {
  const slugs: string[] = [];
  for (const name of names) {
    const slug = findRoom(schedule, name);
    if (slug === undefined) return unknownRoom(schedule, name);
    slugs.push(slug);
  }
  if (new Set(slugs).size < slugs.length) return { reply: wording.rightForm(room) };
  const all = [...slugs, ...[...schedule.rooms.keys()].filter((slug) => !slugs.includes(slug))];
  const rooms = new Map(
    all.map((slug, index) => [slug, { ...schedule.rooms.get(slug)!, order: index + 1 }]),
  );
  return { schedule: sortedSchedule({ ...schedule, rooms }), reply: wording.roomsOrdered(all) };
}

function deleteRoom(schedule: Schedule, text: string): Answer {
  const isForced = / force$/.test(text);
  const name = text.replace(/ force$/, '');
  const slug = findRoom(schedule, name);
  const found = slug === undefined ? undefined : schedule.rooms.get(slug);
  if (slug === undefined || !found) return unknownRoom(schedule, name);
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
