import { fold } from '../../schedule-data/text/slug.ts';

/** Do these words take a value back, wherever one can be set? */
export function isNone(text: string): boolean {
  return ['none', 'auto', '-'].includes(fold(text));
}
