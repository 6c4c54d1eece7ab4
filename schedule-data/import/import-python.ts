/** The JSON database of the Python ptgbot, as a schedule. */
import { colorHex } from '../color.ts';
import {
  isIconName,
  isSlotName,
  isWebAddress,
  type Announcement,
  type EventInfo,
  type Room,
  type Track,
} from '../format.ts';
import { etherpadAddress, inOrder, type Schedule } from '../schedule.ts';
import { fold, isSlug, reservedTrackNames, slugify } from '../slug.ts';
import { importDays } from './days.ts';
import { plural } from '../text.ts';
import { Item, shown, type ImportNote } from './notes.ts';

export interface ImportOptions {
  /** Date of the first day, such as 2018-09-10. */
  readonly startDate?: string;
  /** IANA zone of the times; UTC unless given. */
  readonly timezone?: string;
  /** What the event calls itself; its id unless given. */
  readonly name?: string;
}

const webAddress = 'a web address such as https://example.org/';

/** Never fails: what cannot be used is reported with its place. */
export function importPython(
  json: unknown,
  options: ImportOptions,
): { schedule: Schedule; notes: ImportNote[] } {
  const notes: ImportNote[] = [];
  const database = new Map(new Item(json, '', notes).members());
  const take = (key: string) => {
    const item = database.get(key) ?? new Item(undefined, key, notes);
    database.delete(key);
    return item;
  };
  const event = importEvent(take, options);
  const tracks = new Tracks(event);
  for (const item of take('tracks').items()) tracks.add(item);
  const rooms = importRooms(take('schedule'), tracks);
  tracks.importDetails(take, rooms);
  const announcements = importAnnouncements(take('motd'));
  for (const [key, what] of [
    ['last_check_in', 'check-in'],
    ['subscriptions', 'subscription'],
  ] as const) {
    const item = take(key);
    const count = item.members().length;
    if (count) item.note(`${plural(count, what)} left out: there is no place for them yet`);
  }
  for (const item of database.values()) item.note('not known; left out');
  return {
    schedule: inOrder({ event, rooms, tracks: tracks.bySlug, announcements }),
    notes,
  };
}

function importEvent(take: (key: string) => Item, options: ImportOptions): EventInfo {
  const idItem = take('eventid');
  const text = idItem.text(200);
  const id =
    (text ?? '')
      .normalize('NFC')
      .replace(/[^\p{L}\p{M}\p{N}._+-]+/gu, '-')
      .replace(/^[^\p{L}\p{N}]+/u, '')
      .slice(0, 60) || 'ptg';
  if (id !== text) idItem.note(`expected one word such as denver-ptg; became ${id}`);
  const timezone = options.timezone ?? 'UTC';
  return {
    id,
    name: options.name ?? id,
    timezone,
    etherpads: 'https://etherpad.opendev.org/p/',
    moderation: [1, true].includes(take('voice').value as number | boolean) ? 'voiced' : 'everyone',
    links: take('links')
      .members()
      .flatMap(([title, item]) => {
        const url = item.checked(isWebAddress, webAddress);
        const name = item.keyText(title, 200);
        return url === undefined ? [] : [{ title: name ?? url.slice(0, 200), url }];
      }),
    days: importDays(take('slots'), timezone, options.startDate),
  };
}

function importAnnouncements(motd: Item): Announcement[] {
  // An old form is one announcement instead of a list.
  const isList = Array.isArray(motd.value) || motd.value === undefined || motd.value === '';
  const items = isList ? motd.items() : [motd];
  return items.flatMap((item) => {
    const fields = new Map(item.members());
    const message = fields.get('message')?.text(1000);
    if (message === undefined) return [];
    const given = fields.get('level');
    const level = announcementLevels.find((one) => one === given?.value);
    if (!level) item.note(`expected the level info, success, warning or danger; became info`);
    return [{ level: level ?? 'info', message }];
  });
}

const announcementLevels = ['info', 'success', 'warning', 'danger'] as const;

const roomFields = new Set(['url', 'desc', 'cap_icon', 'cap_desc']);

function importRooms(schedule: Item, tracks: Tracks): Map<string, Room> {
  const rooms = new Map<string, Room>();
  schedule.members().forEach(([key, item], index) => {
    const name = item.keyText(key, 100) ?? `Room ${index + 1}`;
    const fields = new Map(item.members());
    const slots = new Map<string, string | null>();
    for (const [slot, booking] of fields)
      if (!roomFields.has(slot)) importBooking(slots, slot, booking, tracks);
    const slug = freeSlug(name, `room-${index + 1}`, (one) => rooms.has(one), item);
    const description = fields.get('desc')?.text(300);
    const url = fields.get('url')?.checked(isWebAddress, webAddress);
    rooms.set(slug, {
      name,
      order: index + 1,
      ...(description !== undefined && { description }),
      ...(url !== undefined && { url }),
      equipment: importEquipment(fields.get('cap_icon'), fields.get('cap_desc')),
      slots,
    });
  });
  return rooms;
}

function importBooking(
  slots: Map<string, string | null>,
  slot: string,
  booking: Item,
  tracks: Tracks,
): void {
  if (!isSlotName(slot))
    return booking.note('expected a slot name of one word such as FriP1; left out');
  if ([...slots.keys()].some((one) => fold(one) === fold(slot)))
    return booking.note('the room has this slot already; left out');
  const text = booking.text(200);
  slots.set(slot, text === undefined ? null : (tracks.find(text) ?? tracks.add(booking) ?? null));
}

function importEquipment(icon: Item | undefined, label: Item | undefined): Room['equipment'] {
  const given = icon?.text(40);
  const text = label?.text(100);
  if (given === undefined && text === undefined) return [];
  // The old page's name for it.
  const name = given === 'facetime-video' ? 'video' : slugify(given ?? 'equipment');
  const isKnown = name !== undefined && isIconName(name);
  if (!isKnown) icon?.note('expected the name of an icon such as video; became equipment');
  return [{ icon: isKnown ? name : 'equipment', label: text ?? given ?? 'Equipment' }];
}

/** Tracks, and the names under which the database knows them. */
class Tracks {
  readonly bySlug = new Map<string, Track>();
  readonly #event: EventInfo;
  readonly #slugs = new Map<string, string>();

  constructor(event: EventInfo) {
    this.#event = event;
  }

  find(name: string): string | undefined {
    return this.#slugs.get(fold(name.trim()));
  }

  /** Adds the track that an item names; gives its slug. */
  add(item: Item): string | undefined {
    const name = item.text(100);
    if (name === undefined) return undefined;
    if (this.find(name) !== undefined) return item.note('this track is there already; left out');
    const isTaken = (slug: string) => this.bySlug.has(slug) || reservedTrackNames.has(slug);
    const slug = freeSlug(name, 'track', isTaken, item);
    this.#slugs.set(fold(name), slug);
    // The address that the Python ptgbot generates has the name as it was.
    const etherpad = `${this.#event.etherpads}${encodeURIComponent(`${this.#event.id}-${name}`)}`;
    this.bySlug.set(slug, {
      ...(name !== slug && { name }),
      formerly: [],
      next: [],
      ...this.#etherpad(slug, etherpad),
    });
    return slug;
  }

  importDetails(take: (key: string) => Item, rooms: ReadonlyMap<string, Room>): void {
    this.#each(take('colors'), (item) => {
      const color = item.checked((text) => !!colorHex(text), 'a colour such as #27a3dd');
      return color === undefined ? {} : { color: colorHex(color) };
    });
    this.#each(take('location'), (item) => importLocation(item, rooms));
    this.#each(take('urls'), (item) => ({ url: item.checked(isWebAddress, webAddress) }));
    this.#each(take('etherpads'), (item, slug) => {
      const address = item.checked(isWebAddress, webAddress);
      return address === undefined ? {} : { etherpad: undefined, ...this.#etherpad(slug, address) };
    });
    this.#each(take('now'), (item) => {
      const topic = item.text(1000);
      return topic === undefined ? {} : { now: { topic } };
    });
    this.#each(take('next'), (item) => ({
      next: item.items().flatMap((one) => one.text(1000) ?? []),
    }));
  }

  #etherpad(slug: string, address: string): Pick<Track, 'etherpad'> {
    return address === etherpadAddress(this.#event, slug) ? {} : { etherpad: address };
  }

  /** Sets fields of the tracks that the members of an object name. */
  #each(object: Item, read: (item: Item, slug: string) => Partial<Track>): void {
    for (const [name, item] of object.members()) {
      const slug = this.find(name);
      const track = slug === undefined ? undefined : this.bySlug.get(slug);
      if (slug === undefined || !track)
        item.note(`expected a track of the list, not ${shown(name)}; left out`);
      else this.bySlug.set(slug, { ...track, ...read(item, slug) });
    }
  }
}

function importLocation(item: Item, rooms: ReadonlyMap<string, Room>): Partial<Track> {
  const text = item.text(200);
  if (text === undefined) return {};
  const room = [...rooms].find(([slug, { name }]) => [slug, fold(name)].includes(fold(text)));
  return room ? { room: room[0] } : { location: text };
}

/** The slug of a name, with a number behind it when it is taken. */
function freeSlug(
  name: string,
  otherwise: string,
  isTaken: (slug: string) => boolean,
  item: Item,
): string {
  const wanted = slugify(name) ?? otherwise;
  let slug = wanted;
  for (let number = 2; isTaken(slug); number++) {
    const base = wanted.slice(0, 60 - String(number).length - 1).toWellFormed();
    slug = `${base}-${number}`;
  }
  if (!isSlug(slug)) return freeSlug(otherwise, otherwise, isTaken, item);
  if (slug !== wanted) item.note(`${wanted} is taken or reserved; became ${slug}`);
  else if (slugify(name) === undefined) item.note(`expected a name with letters; became ${slug}`);
  return slug;
}
