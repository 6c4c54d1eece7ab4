/** What changed between two schedules, as people would say it. */
import { isDeepStrictEqual } from 'node:util';
import type { Room, Slot, Track } from '../format/file-schemas.ts';
import { plural } from '../text/text.ts';
import type { Schedule } from './schedule.ts';

/** One sentence for each thing that changed; of the same changes always the same ones. */
export function describeChanges(before: Schedule, after: Schedule): readonly string[] {
  return [
    // Every command is described, and most leave the event as it is.
    ...(before.event === after.event
      ? []
      : [...eventChanges(before.event, after.event), ...dayChanges(before, after)]),
    ...announcementChanges(before, after),
    ...roomChanges(before, after),
    ...trackChanges(before, after),
  ];
}

/** `was X` where there was something before. */
const was = (before: string | undefined) => (before === undefined ? '' : ` (was ${before})`);

function fieldChange(
  whose: string,
  what: string,
  before: string | undefined,
  after: string | undefined,
): string[] {
  if (before === after) return [];
  return [
    after === undefined
      ? `${whose}: no ${what} any more${was(before)}`
      : `${whose}: ${what} ${after}${was(before)}`,
  ];
}

function eventChanges(before: Schedule['event'], after: Schedule['event']): string[] {
  const fields = [
    'id',
    'name',
    'timezone',
    'etherpads',
    'moderation',
    'plan',
    'newday',
    'adjacentSlots',
  ] as const;
  const chat = ({ chat }: Schedule['event']) =>
    chat && [chat.name, chat.url, chat.web].filter(Boolean).join(' ');
  const links = (event: Schedule['event']) =>
    event.links.map(({ title, url }) => `${title} ${url}`);
  return [
    ...fields.flatMap((field) => fieldChange('the event', field, before[field], after[field])),
    ...fieldChange('the event', 'chat', chat(before), chat(after)),
    ...listChanges('links', links(before), links(after)),
  ];
}

/** What came, what went; else that the order is another. */
function listChanges(what: string, before: readonly string[], after: readonly string[]): string[] {
  const added = withoutThose(after, before);
  const gone = withoutThose(before, after);
  if (!added.length && !gone.length)
    return isDeepStrictEqual(before, after) ? [] : [`${what}: in another order`];
  return [
    ...added.map((item) => `${what}: added ${item}`),
    ...gone.map((item) => `${what}: removed ${item}`),
  ];
}

/** The items of a list that another does not have, each as often as it has them more. */
function withoutThose(items: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return items.filter((item) => {
    const index = left.indexOf(item);
    if (index < 0) return true;
    left.splice(index, 1);
    return false;
  });
}

function dayChanges({ event: { days: before } }: Schedule, { event: { days: after } }: Schedule) {
  const named = (days: typeof before) => new Map(days.map((day) => [day.name, day]));
  const [old, current] = [named(before), named(after)];
  return [
    ...listChanges('days', [...old.keys()], [...current.keys()]),
    ...[...current].flatMap(([name, day]) =>
      fieldChange(name, 'date', old.get(name)?.date, day.date),
    ),
    ...[...current].flatMap(([name, day]) => {
      const slots = old.get(name)?.slots ?? [];
      return slotChanges(name, slots, day.slots);
    }),
  ];
}

const times = ({ start, end }: Slot) => `${start}-${end}`;

function slotChanges(day: string, before: readonly Slot[], after: readonly Slot[]): string[] {
  const old = new Map(before.map((slot) => [slot.name, slot]));
  const current = new Map(after.map((slot) => [slot.name, slot]));
  return [
    ...after.flatMap((slot) => {
      const known = old.get(slot.name);
      if (!known) return `${day}: added the slot ${slot.name} ${times(slot)}`;
      return fieldChange(`slot ${slot.name}`, 'time', times(known), times(slot));
    }),
    ...before.flatMap(({ name }) => (current.has(name) ? [] : `${day}: removed the slot ${name}`)),
  ];
}

function announcementChanges(before: Schedule, after: Schedule): string[] {
  const texts = ({ announcements }: Schedule) =>
    announcements.map(({ level, message }) => `[${level}] ${message}`);
  return listChanges('announcements', texts(before), texts(after));
}

/** What came and what went, and what changed of the others. */
function mapChanges<V>(
  kind: string,
  before: ReadonlyMap<string, V>,
  after: ReadonlyMap<string, V>,
  changes: (slug: string, before: V | undefined, after: V) => string[],
): string[] {
  return [
    ...[...after].flatMap(([slug, value]) => {
      const old = before.get(slug);
      if (old === value) return [];
      const sentences = changes(slug, old, value);
      return old === undefined ? [`added the ${kind} ${slug}`, ...sentences] : sentences;
    }),
    ...[...before.keys()].flatMap((slug) => (after.has(slug) ? [] : `removed the ${kind} ${slug}`)),
  ];
}

function roomChanges(before: Schedule, after: Schedule): string[] {
  return mapChanges('room', before.rooms, after.rooms, (slug, old, room) => {
    const change = (field: 'name' | 'description' | 'url' | 'full') =>
      fieldChange(slug, field, old?.[field], room[field]);
    const equipment = (one: Room | undefined) => one?.equipment.map(({ label }) => label) ?? [];
    return [
      ...(['name', 'description', 'url', 'full'] as const).flatMap(change),
      ...fieldChange(slug, 'order', numberText(old?.order), numberText(room.order)),
      ...listChanges(`${slug}, equipment`, equipment(old), equipment(room)),
      ...bookingChanges(slug, old, room),
    ];
  });
}

const numberText = (value: number | undefined) => (value === undefined ? value : String(value));

function bookingChanges(room: string, before: Room | undefined, after: Room): string[] {
  const old = before?.slots ?? new Map<string, string | null>();
  const offered = [...after.slots.keys()].filter((slot) => !old.has(slot));
  const closed = [...old.keys()].filter((slot) => !after.slots.has(slot));
  return [
    ...[...after.slots].flatMap(([slot, track]) => {
      const known = old.get(slot) ?? null;
      if (track === known) return [];
      const code = `${room}-${slot}`;
      return track === null
        ? `${known} gave back ${code}`
        : `${track} booked ${code}${known === null ? '' : was(known)}`;
    }),
    ...(offered.length ? [`${room} offers ${shortList(offered)}`] : []),
    ...(closed.length ? [`${room} no longer offers ${shortList(closed)}`] : []),
  ];
}

function shortList(items: readonly string[]): string {
  return items.length > 4 ? plural(items.length, 'slot') : items.join(', ');
}

function trackChanges(before: Schedule, after: Schedule): string[] {
  return mapChanges('track', before.tracks, after.tracks, (slug, old, track) => {
    const fields = ['name', 'color', 'etherpad', 'url', 'location', 'room'] as const;
    return [
      ...topicChange(slug, old?.now, track.now),
      ...listChanges(`${slug}, next`, old?.next ?? [], track.next),
      ...listChanges(`${slug}, former names`, old?.formerly ?? [], track.formerly),
      ...fields.flatMap((field) => fieldChange(slug, field, old?.[field], track[field])),
    ];
  });
}

function topicChange(slug: string, before: Track['now'], after: Track['now']): string[] {
  const joint = after?.with?.length ? ` with ${after.with.join(', ')}` : '';
  const isSame = before?.topic === after?.topic && isDeepStrictEqual(before?.with, after?.with);
  // When and by whom it was said is beside the point.
  if (isSame) return [];
  return after
    ? [`${slug} now${joint}: ${after.topic}${was(before?.topic)}`]
    : [`${slug} discusses nothing now${was(before?.topic)}`];
}
