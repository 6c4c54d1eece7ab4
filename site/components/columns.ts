import type { DayView } from '../view/grid.ts';

/** More slots than this never have room side by side. */
export const mostColumns = 8;

/** The class by which the style sheet knows how many slots have to have room side by side. */
export function columns(...days: readonly Pick<DayView, 'slots'>[]): string {
  const most = Math.max(1, ...days.map(({ slots }) => slots.length));
  return most > mostColumns ? 'columns-many' : `columns-${most}`;
}
