/** Announcements; people know them as the MOTD. */
import type { Announcement } from '../../../schedule-data/format/file-schemas.ts';
import { wording } from '../../wording.ts';
import type { Answer, OperatorCommand } from '../command.ts';

const levels = ['info', 'success', 'warning', 'danger'] as const;

export const motd: OperatorCommand = {
  kind: 'operator',
  name: 'motd',
  usage: '~motd [add info|success|warning|danger TEXT | del N | reorder N… | clean]',
  summary: 'lists, adds, deletes and orders announcements; reorder drops the ones not named.',
  example: '~motd add info Lunch is served',
  run: (schedule, text) => {
    const { announcements } = schedule;
    const [verb = '', ...words] = text.split(/\s+/);
    const change = (changed: readonly Announcement[], reply: string): Answer => ({
      schedule: { ...schedule, announcements: changed },
      reply,
    });
    switch (verb.toLowerCase()) {
      case '':
        return { reply: wording.announcements(announcements) };
      case 'add': {
        const level = levels.find((one) => one === words[0]?.toLowerCase());
        const message = words.slice(1).join(' ');
        if (!level || !message) return { reply: wording.rightForm(motd) };
        const changed = [...announcements, { level, message }];
        return change(changed, wording.announcements(changed));
      }
      case 'del':
      case 'reorder': {
        const numbers = words.map(Number);
        const unknown = words.find((_word, index) => !announcements[numbers[index]! - 1]);
        if (!words.length || (verb === 'del' && words.length > 1) || hasTwice(numbers))
          return { reply: wording.rightForm(motd) };
        if (unknown !== undefined)
          return { reply: wording.noAnnouncement(unknown, announcements.length) };
        const changed =
          verb.toLowerCase() === 'del'
            ? announcements.filter((_one, index) => index + 1 !== numbers[0])
            : numbers.map((number) => announcements[number - 1]!);
        return change(changed, wording.announcements(changed));
      }
      case 'clean':
      case 'clear':
        return change([], wording.announcements([]));
      default:
        return { reply: wording.rightForm(motd) };
    }
  },
};

function hasTwice(numbers: readonly number[]): boolean {
  return new Set(numbers).size < numbers.length;
}
