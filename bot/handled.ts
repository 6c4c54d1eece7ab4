import { channel } from 'node:diagnostics_channel';
import { invocationIn } from './decide.ts';
import type { Parsed } from './parse.ts';

/** Which command a line called; `unknown` where it calls none that there is. */
export interface Called {
  /** `track`, `person` or `operator`. */
  readonly kind: string;
  readonly command: string;
}

/** What came of a line that was meant for us. */
export interface Handled extends Called {
  readonly result: 'saved' | 'answered' | 'failed';
}

export const handledLines = channel('ptgbot:handled');

export function calledIn(parsed: Parsed): Called {
  const { kind, name } = invocationIn(parsed)?.command ?? { kind: 'unknown', name: 'unknown' };
  return { kind, command: name };
}

/** Tells whoever counts; costs nothing otherwise. */
export function handled(parsed: Parsed, result: Handled['result']): void {
  if (handledLines.hasSubscribers)
    handledLines.publish({ ...calledIn(parsed), result } satisfies Handled);
}
