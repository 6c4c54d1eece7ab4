/** Announcements; people know them as the MOTD. */
import type { Announcement } from '../../../schedule-data/format/file-schemas.ts';
import type { Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { wording } from '../../wording.ts';
import type { Answer } from '../command.ts';
import { choice, commandWithVerbs, text, verb, word, words } from '../verbs.ts';

function changed(schedule: Schedule, announcements: readonly Announcement[]): Answer {
  return { schedule: { ...schedule, announcements }, reply: wording.announcements(announcements) };
}

/** The announcements of some numbers, which count from 1; or the reply to one that is none. */
function numbered(
  { announcements }: Schedule,
  numbers: readonly string[],
): readonly Announcement[] | { readonly reply: string } {
  const unknown = numbers.find((number) => !announcements[Number(number) - 1]);
  if (unknown !== undefined)
    return { reply: wording.noAnnouncement(unknown, announcements.length) };
  return numbers.map((number) => announcements[Number(number) - 1]!);
}

export const motd = commandWithVerbs({
  name: 'motd',
  summary: 'lists, adds, deletes and orders announcements; reorder drops the ones not named.',
  bare: ({ announcements }) => ({ reply: wording.announcements(announcements) }),
  verbs: [
    verb({
      name: 'add',
      takes: { level: choice('info', 'success', 'warning', 'danger'), message: text('TEXT') },
      summary: 'adds an announcement.',
      example: '~motd add info Lunch is served',
      run: (schedule, announcement) => changed(schedule, [...schedule.announcements, announcement]),
    }),
    verb({
      name: 'del',
      takes: { number: word('N') },
      summary: 'deletes an announcement by its number.',
      example: '~motd del 1',
      run: (schedule, { number }) => {
        const found = numbered(schedule, [number]);
        if ('reply' in found) return found;
        return changed(
          schedule,
          schedule.announcements.filter((one) => one !== found[0]),
        );
      },
    }),
    verb({
      name: 'reorder',
      takes: { numbers: words('N') },
      summary: 'puts announcements in the order of these numbers, and drops the others.',
      example: '~motd reorder 2 1',
      run: (schedule, { numbers }) => {
        if (new Set(numbers.map(Number)).size < numbers.length) return undefined;
        const found = numbered(schedule, numbers);
        return 'reply' in found ? found : changed(schedule, found);
      },
    }),
    verb({
      name: 'clean',
      aliases: ['clear'],
      takes: {},
      summary: 'deletes all announcements.',
      example: '~motd clean',
      run: (schedule) => changed(schedule, []),
    }),
  ],
});
