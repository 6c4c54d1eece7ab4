import { nowEntries, type NowEntry } from './board.ts';

/** What is on now, for the pages of others. */
export interface EmbedPage {
  readonly event: string;
  readonly now: readonly NowEntry[];
}

export const embedPath = '/now.html';

export function embedPage(content: Pick<App.Locals, 'schedule' | 'presence'>): EmbedPage {
  return { event: content.schedule.event.name, now: nowEntries(content) };
}
