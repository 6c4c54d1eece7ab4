import { memo } from '../content/memo.ts';
import { lastingFrame, type NavigationEntry } from './frame.ts';

/** The paper of base.css, for what browsers draw around a page. */
export const paper = '#fbfaf6';
export const darkPaper = '#14171a';

/** What the site is called where it is installed like an app. */
export interface AppView {
  readonly name: string;
  /** For below an icon, where a dozen letters have a place. */
  readonly shortName: string;
  /** Pages that may be opened at once. */
  readonly shortcuts: readonly NavigationEntry[];
}

export const appView = memo((locals: Pick<App.Locals, 'schedule' | 'site'>): AppView => ({
  name: locals.schedule.event.name,
  shortName: locals.schedule.event.id,
  shortcuts: lastingFrame(locals).navigation.filter(({ path }) => /^\/./.test(path)),
}));
