import { isIconName, isSlotName, isWebAddress, type Room } from '../format/file-schemas.ts';
import { fold, slugify } from '../text/slug.ts';
import { freeSlug } from './free-slug.ts';
import { expectedAddress, type JsonValue } from './json-value.ts';
import type { ImportedTracks } from './imported-tracks.ts';

type Rooms = ReadonlyMap<string, Room>;

const roomFields = new Set(['url', 'desc', 'cap_icon', 'cap_desc']);

/**
 * Rooms with their bookings; undefined where there are none to read.
 * @param base rooms whose slugs those of the same name keep
 */
export function importRooms(
  schedule: JsonValue,
  tracks: ImportedTracks,
  base: Rooms,
): Rooms | undefined {
  const entries = schedule.object();
  if (!entries) return undefined;
  const known = new Map([...base].map(([slug, { name }]) => [fold(name), slug]));
  const rooms = new Map<string, Room>();
  entries.forEach(([key, item], index) => {
    const name = item.keyText(key, 100) ?? `Room ${index + 1}`;
    const old = known.get(fold(name));
    const slug =
      old !== undefined && !rooms.has(old)
        ? old
        : freeSlug(name, `room-${index + 1}`, (one) => rooms.has(one), item);
    rooms.set(slug, importRoom(item, name, index + 1, tracks));
  });
  return rooms;
}

function importRoom(item: JsonValue, name: string, order: number, tracks: ImportedTracks): Room {
  const fields = new Map(item.object());
  const description = fields.get('desc')?.text(300);
  const url = fields.get('url')?.checked(isWebAddress, expectedAddress);
  return {
    name,
    order,
    ...(description !== undefined && { description }),
    ...(url !== undefined && { url }),
    equipment: importEquipment(fields.get('cap_icon'), fields.get('cap_desc')),
    slots: importBookings(
      [...fields].filter(([key]) => !roomFields.has(key)),
      tracks,
    ),
  };
}

function importBookings(
  entries: readonly [string, JsonValue][],
  tracks: ImportedTracks,
): Room['slots'] {
  const slots = new Map<string, string | null>();
  const seen = new Set<string>();
  for (const [slot, booking] of entries) {
    if (!isSlotName(slot))
      booking.report('expected a slot name of one word such as FriP1; left out');
    else if (seen.has(fold(slot))) booking.report('the room has this slot already; left out');
    else slots.set(slot, importBooking(booking, tracks));
    seen.add(fold(slot));
  }
  return slots;
}

function importBooking(booking: JsonValue, tracks: ImportedTracks): string | null {
  const text = booking.text(100);
  return text === undefined ? null : (tracks.find(text) ?? tracks.add(booking) ?? null);
}

function importEquipment(
  icon: JsonValue | undefined,
  label: JsonValue | undefined,
): Room['equipment'] {
  const given = icon?.text(40);
  const text = label?.text(100);
  if (given === undefined && text === undefined) return [];
  // The old page's name for it.
  const name = given === 'facetime-video' ? 'video' : slugify(given ?? 'equipment');
  const isKnown = name !== undefined && isIconName(name);
  if (!isKnown) icon?.report('expected the name of an icon such as video; became equipment');
  return [{ icon: isKnown ? name : 'equipment', label: text ?? given ?? 'Equipment' }];
}
