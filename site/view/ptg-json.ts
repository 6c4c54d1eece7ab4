/** The schedule in the form of the Python ptgbot's database, for programs that read its ptg.json. */
import { Temporal } from 'temporal-polyfill';
import type { Day, Room, Slot, Track } from '../../schedule-data/format/file-schemas.ts';
import type { CheckIn } from '../../schedule-data/schedule/presence.ts';
import { etherpadAddress, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import { fold } from '../../schedule-data/text/slug.ts';
import { slotTimes } from '../../schedule-data/schedule/slot-times.ts';
import { memo } from '../content/memo.ts';
import { roomName } from './rooms.ts';
import { wallClock } from './slot-times.ts';
import { trackFinder, type FindTrack } from './track-names.ts';

/** Its keys, in its words. Tracks stand under their slugs, which is what people type. */
export interface PtgJson {
  readonly eventid: string;
  /** 1 when track commands need voice, else 0. */
  readonly voice: 0 | 1;
  /** The newest moment in the data, in UTC, `2018-09-12 20:05:00`; missing when it has none. */
  readonly timestamp?: string;
  readonly links: Readonly<Record<string, string>>;
  readonly motd: readonly { readonly level: string; readonly message: string }[];
  readonly now: Readonly<Record<string, string>>;
  readonly next: Readonly<Record<string, readonly string[]>>;
  /** Of every track, since only we know how they are generated. */
  readonly etherpads: Readonly<Record<string, string>>;
  readonly urls: Readonly<Record<string, string>>;
  readonly colors: Readonly<Record<string, string>>;
  readonly location: Readonly<Record<string, string>>;
  readonly last_check_in: Readonly<Record<string, OldCheckIn>>;
  /** Always empty: what people subscribed to is nobody else's business. */
  readonly subscriptions: Readonly<Record<string, never>>;
  readonly slots: Readonly<Record<string, readonly OldSlot[]>>;
  readonly tracks: readonly string[];
  /** Room → `desc`, `url`, `cap_icon`, `cap_desc`, and slot → track, "" when it is free. */
  readonly schedule: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface OldSlot {
  readonly name: string;
  /** `09:00-10:45`, local. */
  readonly desc: string;
  /** When it begins, in UTC. */
  readonly realtime?: string;
  /** In minutes. */
  readonly duration?: number;
}

interface OldCheckIn {
  readonly nick: string;
  /** In their own words, or `#track`. */
  readonly location: string;
  readonly in: string;
  readonly out: null;
}

export const ptgJson = memo(
  ({ schedule, presence }: Pick<App.Locals, 'schedule' | 'presence'>): PtgJson => {
    const { event, announcements, tracks } = schedule;
    const each = <T>(value: (track: Track, slug: string) => T | undefined) =>
      Object.fromEntries(
        [...tracks].flatMap(([slug, track]) => {
          const one = value(track, slug);
          return one === undefined ? [] : [[slug, one] as const];
        }),
      );
    return {
      eventid: event.id,
      voice: event.moderation === 'voiced' ? 1 : 0,
      timestamp: newest(schedule, presence),
      links: byName(event.links.map(({ title, url }) => [title, url])),
      motd: announcements.map(({ level, message }) => ({ level, message })),
      now: each(({ now }) => now?.topic),
      next: each(({ next }) => (next.length ? next : undefined)),
      etherpads: each((track, slug) => etherpadAddress(event, slug, track)),
      urls: each(({ url }) => url),
      colors: each(({ color }) => color),
      location: each(
        ({ location, room }) => location ?? (room === undefined ? room : roomName(schedule, room)),
      ),
      last_check_in: Object.fromEntries(presence.map((one) => [fold(one.nick), oldCheckIn(one)])),
      subscriptions: {},
      slots: oldDays(event),
      tracks: [...tracks.keys()],
      schedule: oldRooms(schedule),
    };
  },
);

function newest(schedule: Schedule, presence: readonly CheckIn[]): string | undefined {
  const said = [...schedule.tracks.values()].flatMap(({ now }) => now?.since ?? []);
  const times = [...said, ...presence.map(({ since }) => since)].map((time) => Date.parse(time));
  if (times.length === 0) return undefined;
  return new Date(Math.max(...times)).toISOString().slice(0, 19).replace('T', ' ');
}

function oldCheckIn({ nick, track, location, since }: CheckIn): OldCheckIn {
  return {
    nick,
    location: track === undefined ? (location ?? '') : `#${track}`,
    in: since,
    out: null,
  };
}

function oldSlot(day: Day, slot: Slot, timezone: string): OldSlot {
  const times = slotTimes(day, slot, timezone);
  const { start, end } = times ? wallClock(slot) : slot;
  return {
    name: slot.name,
    desc: `${start}-${end}`,
    ...(times && {
      realtime: times.start,
      duration: Temporal.Instant.from(times.start).until(times.end).total('minutes'),
    }),
  };
}

const oldDays = memo(({ days, timezone }: Schedule['event']): PtgJson['slots'] =>
  byName(days.map((day) => [day.name, day.slots.map((slot) => oldSlot(day, slot, timezone))])),
);

const oldRooms = memo((schedule: Schedule): PtgJson['schedule'] => {
  const find = trackFinder(schedule);
  const slots = schedule.event.days.flatMap((day) => day.slots);
  const spelling = new Map(slots.map(({ name }) => [fold(name), name]));
  return byName(
    [...schedule.rooms.values()].map((room) => [room.name, oldRoom(room, spelling, find)]),
  );
});

/** The old page's names for drawings that have others here. */
const oldIcons = new Map([['video', 'facetime-video']]);

/** Its readers compare the names of slots letter by letter, and know tracks by one name only. */
function oldRoom(
  room: Room,
  spelling: ReadonlyMap<string, string>,
  find: FindTrack,
): Record<string, string> {
  const bookings = [...room.slots].map(([slot, track]) => [
    spelling.get(fold(slot)) ?? slot,
    track === null ? '' : (find(track)?.slug ?? track),
  ]);
  const [first] = room.equipment;
  const fields = {
    desc: room.description,
    url: room.url,
    cap_icon: first && (oldIcons.get(first.icon) ?? first.icon),
    cap_desc: first && room.equipment.map(({ label }) => label).join(', '),
  };
  return Object.fromEntries([
    ...Object.entries(fields).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
    // A slot of such a name cannot be told from the field.
    ...bookings.filter(([slot = '']) => !Object.hasOwn(fields, slot)),
  ]) as Record<string, string>;
}

/** An object of named things; the second of a name gets a number behind it. */
function byName<T>(things: readonly (readonly [name: string, value: T])[]): Record<string, T> {
  const named = new Map<string, T>();
  for (const [name, value] of things) {
    let key = name;
    for (let number = 2; named.has(key); number++) key = `${name} (${number})`;
    named.set(key, value);
  }
  return Object.fromEntries(named);
}
