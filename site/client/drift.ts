/**
 * Whether tracks keep to their times: what is booked and what was said, as both stand on the same page.
 * On the page of a room that is what is booked there.
 */
import {
  around,
  driftOf,
  driftWords,
  type Booked,
  type Drift,
} from '../../schedule-data/schedule/drift.ts';
import { timeOfDay } from '../../schedule-data/text/clock.ts';
import { entriesOfToday, tracksOf } from './entries.ts';
import { setText } from './set-text.ts';
import { chosenZone } from './zone.ts';

/** A slot that a track, by its slug, has booked. */
type BookedSlot = Booked & { readonly track: string };
type Drifts = ReadonlyMap<string, Drift<Booked>>;

/** Slots of the same room without a break are one meeting; by track. To be given in order of time. */
export function meetingsOf(slots: Iterable<BookedSlot>): ReadonlyMap<string, readonly Booked[]> {
  const meetings = new Map<string, Booked[]>();
  for (const { track, ...slot } of slots) {
    const all = meetings.get(track) ?? [];
    meetings.set(track, all);
    const before = all.findIndex(({ room, end }) => room === slot.room && end === slot.start);
    if (before < 0) all.push(slot);
    else all[before] = { ...slot, start: all[before]!.start };
  }
  return meetings;
}

/**
 * What is worth a word without being asked, of tracks that discuss the same: a quarter of an hour is
 * nothing, and who meets with another track, or left the room to one, does not run over.
 */
export function driftToTell(tracks: readonly string[], drifts: Drifts): Drift<Booked> | undefined {
  const own = tracks.flatMap((track) => drifts.get(track) ?? []);
  const told =
    own.find(({ kind }) => kind !== 'apart' && kind !== 'over') ??
    own.find(({ kind }) => kind === 'over');
  if (!told || !('minutes' in told) || told.minutes < around) return undefined;
  const isTaken = [...drifts.values()].some(
    (other) =>
      (other.kind === 'on-time' || other.kind === 'quiet') &&
      other.meeting.room === told.meeting.room,
  );
  return told.kind === 'over' && isTaken ? undefined : told;
}

/** Fills the places that a page has for it. To be called when it is known what was said today. */
export function showDrift(page: Document, now: Date): void {
  const entries = entriesOfToday(page);
  // The page of a track has one entry, which does not say whose it is.
  const saidBy = (track: string) =>
    (
      entries.get(track) ??
      page.querySelector<HTMLElement>(`#now-${CSS.escape(track)}:not(.earlier, .earlier *)`)
    )?.dataset;
  const drifts = new Map(
    [...meetingsOf(slotsAround(page, now))].map(([track, meetings]) => [
      track,
      driftOf(meetings, saidBy(track), now),
    ]),
  );
  for (const shown of page.querySelectorAll('.drift')) {
    const entry = shown.closest<HTMLElement>('[data-track]');
    const drift =
      entry && !entry.closest('.earlier') ? driftToTell(tracksOf(entry), drifts) : undefined;
    setText(shown, drift ? (shown.matches('p') ? sentence : driftWords)(drift) : '');
  }
}

/** What is booked on the day before, on this one and on the day after, as nothing else counts at a moment. */
export function* slotsAround(page: Document, now: Date): Iterable<BookedSlot> {
  for (const row of page.querySelectorAll<HTMLElement>('[data-start]')) {
    const { start = '', end = '' } = row.dataset;
    if (Math.abs(Date.parse(start) - +now) > 864e5) continue;
    const booked = row.dataset.track ? [row] : row.querySelectorAll<HTMLElement>('[data-track]');
    for (const { dataset } of booked)
      yield { track: dataset.track!, room: dataset.room ?? '', start, end };
  }
}

function sentence(drift: Drift<Booked>): string {
  const words = driftWords(drift);
  const booking =
    drift.kind === 'not-started'
      ? `: booked in ${drift.meeting.room} since ${timeOfDay(new Date(drift.meeting.start), chosenZone())}`
      : '';
  return `${words[0]?.toUpperCase()}${words.slice(1)}${booking}.`;
}
