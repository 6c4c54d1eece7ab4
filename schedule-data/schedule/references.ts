/** References between files that lead nowhere. They make no file invalid, but are reported. */
import { eventFile, keyLines, roomFile, trackFile } from '../format/data-files.ts';
import { isPlanFile } from '../format/plan.ts';
import type { Schedule } from './schedule.ts';
import { offeredSlots, slotCode } from './slots.ts';
import { fold } from '../text/slug.ts';
import type { Problem } from './snapshot.ts';

/**
 * @param textOf the text of a file, where it is at hand: it tells the line
 * @param isThere is there a data file at a path?
 */
export function referenceProblems(
  schedule: Schedule,
  textOf: (path: string) => string | undefined = () => undefined,
  isThere: (path: string) => boolean = () => true,
): Problem[] {
  const { event, rooms, tracks } = schedule;
  const problems: Problem[] = [];
  const lines = new Map<string, ReturnType<typeof keyLines>>();
  const lineIn = (path: string, at: readonly (string | number)[]) => {
    const text = textOf(path);
    if (text === undefined) return undefined;
    if (!lines.has(path)) lines.set(path, keyLines(text));
    return lines.get(path)!(at);
  };
  const report = (path: string, at: readonly (string | number)[], what: string) => {
    const line = lineIn(path, at);
    problems.push({ path, message: `${at.join('.')}: ${what}`, ...(line && { line }) });
  };
  if (event.plan !== undefined && isPlanFile(event.plan) && !isThere(event.plan))
    report(eventFile, ['plan'], `expected a file that exists, not ${event.plan}`);
  const slots = new Set(event.days.flatMap((day) => day.slots.map(({ name }) => fold(name))));
  for (const [slug, room] of rooms)
    for (const [slot, track] of room.slots) {
      if (!slots.has(fold(slot)))
        report(
          roomFile(slug),
          ['slots', slot],
          'expected a slot of event.yaml; this one is not shown',
        );
      if (track !== null && !tracks.has(track))
        report(roomFile(slug), ['slots', slot], `expected a track that exists, not ${track}`);
    }
  for (const [slug, track] of tracks) {
    if (track.room !== undefined && !rooms.has(track.room))
      report(trackFile(slug), ['room'], `expected a room that exists, not ${track.room}`);
    for (const [index, old] of track.formerly.entries())
      if (tracks.has(old))
        report(
          trackFile(slug),
          ['formerly', index],
          `expected a name that is free, ${old} is a track itself`,
        );
  }
  const codes = new Set<string>();
  for (const offered of offeredSlots(schedule)) {
    const code = fold(slotCode(offered));
    if (codes.has(code))
      report(
        roomFile(offered.room),
        ['slots', offered.key],
        `expected a code of its own, ${code} means two slots`,
      );
    codes.add(code);
  }
  return problems;
}
