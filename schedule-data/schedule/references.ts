/** References between files that lead nowhere. They make no file invalid, but are reported. */
import { roomFile, trackFile } from '../format/data-files.ts';
import type { Schedule } from './schedule.ts';
import { offeredSlots, slotCode } from './slots.ts';
import { fold } from '../text/slug.ts';
import type { Problem } from './snapshot.ts';

export function referenceProblems(schedule: Schedule): Problem[] {
  const { event, rooms, tracks } = schedule;
  const problems: Problem[] = [];
  const report = (path: string, message: string) => problems.push({ path, message });
  const slots = new Set(event.days.flatMap((day) => day.slots.map(({ name }) => fold(name))));
  for (const [slug, room] of rooms)
    for (const [slot, track] of room.slots) {
      if (!slots.has(fold(slot)))
        report(roomFile(slug), `slots.${slot}: expected a slot of event.yaml; it is not shown`);
      if (track !== null && !tracks.has(track))
        report(roomFile(slug), `slots.${slot}: expected a track that exists, not ${track}`);
    }
  for (const [slug, track] of tracks) {
    if (track.room !== undefined && !rooms.has(track.room))
      report(trackFile(slug), `room: expected a room that exists, not ${track.room}`);
    for (const old of track.formerly)
      if (tracks.has(old))
        report(trackFile(slug), `formerly: expected a name that is free, ${old} is a track itself`);
  }
  const codes = new Set<string>();
  for (const offered of offeredSlots(schedule)) {
    const code = fold(slotCode(offered));
    if (codes.has(code))
      report(
        roomFile(offered.room),
        `slots.${offered.key}: expected a code of its own, ${code} means two slots`,
      );
    codes.add(code);
  }
  return problems;
}
