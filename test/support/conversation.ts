import type { ChatLine } from '../../bot/chat.ts';
import { decide } from '../../bot/decide.ts';
import { changesBetween } from '../../schedule-data/changes.ts';
import { toPlain } from '../../schedule-data/files.ts';
import type { Schedule } from '../../schedule-data/schedule.ts';

/** Where the page is, as far as the bot knows. */
export const page = 'https://ptg.example.org/';

/** What comes of a line: the reply, the subject of the commit, the files with their new content. */
export function said(before: Schedule, line: Pick<ChatLine, 'text' | 'time'> & Partial<ChatLine>) {
  const { result, change } = decide(
    before,
    { nick: 'gibi', role: 'none', channel: '#ptg', ...line },
    { network: 'oftc', page },
  );
  const changes = change ? changesBetween(before, change.schedule) : [];
  return {
    reply: result,
    subject: changes.length ? change?.message.subject : undefined,
    files: Object.fromEntries(changes.map(({ path, after }) => [path, after && toPlain(after)])),
    after: change?.schedule ?? before,
  };
}
