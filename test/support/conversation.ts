import type { ChatLine } from '../../bot/chat.ts';
import { decide, type Surroundings } from '../../bot/decide.ts';
import { changesBetween } from '../../schedule-data/changes.ts';
import { toPlain } from '../../schedule-data/files.ts';
import type { People } from '../../schedule-data/people/person.ts';
import type { Schedule } from '../../schedule-data/schedule.ts';

/** Where the page is, as far as the bot knows. */
export const page = 'https://ptg.example.org/';

/** What comes of a line: the reply, the subject of the commit, the files with their new content. */
export function said(
  before: Schedule,
  line: Pick<ChatLine, 'text' | 'time'> & Partial<ChatLine>,
  more: Partial<Pick<Surroundings, 'people' | 'gathered'>> = {},
) {
  const people: People = more.people ?? new Map();
  const decision = decide(
    { nick: 'gibi', role: 'none', channel: '#ptg', ...line },
    {
      schedule: before,
      people,
      network: 'oftc',
      page,
      fold: (name) => name.toLowerCase(),
      ...more,
    },
  );
  const { reply, schedule: change, notices } = decision;
  const changes = change ? changesBetween(before, change.schedule) : [];
  return {
    reply,
    subject: changes.length ? change?.message.subject : undefined,
    files: Object.fromEntries(changes.map(({ path, after }) => [path, after && toPlain(after)])),
    after: change?.schedule ?? before,
    peopleSubject: decision.people?.message.subject,
    people: decision.people?.people ?? people,
    notices,
  };
}
