/**
 * The entries of a calendar, and what became of them commit by commit: a calendar has to tell whoever
 * subscribed to it that an entry moved or is off. Pure.
 */
import { meetingsOf, type Meeting } from '../schedule/meetings.ts';
import type { Schedule } from '../schedule/schedule.ts';

/** A track in a room, for one slot or for several without a break. */
export interface CalendarEntry extends Meeting {
  /**
   * `nova/MonA1`: the track and the slot that it was first booked for. It stays when it moves to another
   * room or time, and when the track gets another name. Unique in the event.
   */
  readonly id: string;
  /** How often its time, its room, or whether it takes place at all has changed. */
  readonly sequence: number;
  /** When that was last, or else when it was booked: the time of the commit, in UTC with seconds. */
  readonly changed: string;
  /** It was booked and is no more. */
  readonly cancelled: boolean;
}

/** Of one event. */
export interface CalendarLog {
  /** The id of the event; undefined before there was one. */
  readonly event: string | undefined;
  /** In no particular order; those that were cancelled stay. */
  readonly entries: readonly CalendarEntry[];
}

export const emptyCalendar: CalendarLog = { event: undefined, entries: [] };

/** The log after one more commit, made at `time`, that left this schedule. Days without a date have no entries. */
export function withSchedule(log: CalendarLog, schedule: Schedule, time: string): CalendarLog {
  const { id: event } = schedule.event;
  // What another event had is not off: it is another calendar.
  const before = log.event === event ? renamed(log.entries, schedule) : [];
  const known = Map.groupBy(before, ({ track }) => track);
  const booked = Map.groupBy(meetingsOf(schedule), ({ track }) => track);
  const ids = new Set(before.map(({ id }) => id));
  const entries = [...new Set([...known.keys(), ...booked.keys()])].flatMap((track) =>
    entriesOf(known.get(track) ?? [], booked.get(track) ?? [], ids, time),
  );
  return { event, entries };
}

/** The entries of tracks that have another name now go on under that. */
function renamed(entries: readonly CalendarEntry[], { tracks }: Schedule) {
  const today = new Map<string, string>();
  for (const [slug, { formerly }] of tracks)
    for (const name of formerly) if (!tracks.has(name)) today.set(name, slug);
  if (!today.size) return entries;
  return entries.map((entry) => {
    const track = today.get(entry.track);
    return track === undefined ? entry : { ...entry, track };
  });
}

/** Does a meeting go on what an entry was? The first of these that finds one counts. */
const goesOn: readonly ((entry: CalendarEntry, meeting: Meeting) => boolean)[] = [
  (entry, meeting) => !entry.cancelled && isIn(entry, meeting) && sharesSlot(entry, meeting),
  (entry, meeting) => !entry.cancelled && sharesSlot(entry, meeting),
  // The slot has another name.
  (entry, meeting) => !entry.cancelled && isIn(entry, meeting) && entry.start === meeting.start,
  // It was taken back, and is on again.
  (entry, meeting) => entry.cancelled && sharesSlot(entry, meeting),
];

const isIn = (a: Meeting, b: Meeting) => a.room === b.room;

const sharesSlot = (a: Meeting, b: Meeting) => a.slots.some((slot) => b.slots.includes(slot));

/** The entries of one track. */
function entriesOf(
  before: readonly CalendarEntry[],
  booked: readonly Meeting[],
  ids: Set<string>,
  time: string,
): readonly CalendarEntry[] {
  const entries = new Map<Meeting, CalendarEntry>();
  const left = new Set(before);
  for (const isSame of goesOn)
    for (const meeting of booked) {
      if (entries.has(meeting)) continue;
      const entry = [...left].find((one) => isSame(one, meeting));
      if (!entry) continue;
      left.delete(entry);
      entries.set(meeting, movedTo(entry, meeting, time));
    }
  for (const meeting of booked)
    if (!entries.has(meeting)) {
      const id = newId(`${meeting.track}/${meeting.slots[0]}`, ids);
      ids.add(id);
      entries.set(meeting, { id, ...meeting, sequence: 0, changed: time, cancelled: false });
    }
  return [...entries.values(), ...[...left].map((entry) => cancelled(entry, time))];
}

function movedTo(entry: CalendarEntry, meeting: Meeting, changed: string): CalendarEntry {
  const { start, end, room, cancelled, sequence } = entry;
  const isAsBefore =
    !cancelled && room === meeting.room && start === meeting.start && end === meeting.end;
  if (isAsBefore && entry.slots.join() === meeting.slots.join()) return entry;
  return {
    ...entry,
    ...meeting,
    ...(!isAsBefore && { sequence: sequence + 1, changed, cancelled: false }),
  };
}

function cancelled(entry: CalendarEntry, changed: string): CalendarEntry {
  if (entry.cancelled) return entry;
  return { ...entry, sequence: entry.sequence + 1, changed, cancelled: true };
}

/** A track may have booked several rooms for the same slot. */
function newId(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? wanted : `${wanted}/${number}`;
    if (!taken.has(id)) return id;
  }
}
