import { channel } from 'node:diagnostics_channel';
import { invocationIn } from './decide.ts';
import type { Parsed } from './parse.ts';

/** What came of a line that was meant for us. */
export interface Handled {
  /** `track`, `person` or `operator`; `unknown` where it names no command. */
  readonly kind: string;
  /** Name of the command. */
  readonly command: string;
  readonly result: 'saved' | 'answered' | 'failed';
}

export const handledLines = channel('ptgbot:handled');

/** Tells whoever counts; costs nothing otherwise. */
export function handled(parsed: Parsed, result: Handled['result']): void {
  if (!handledLines.hasSubscribers) return;
  const { kind, name } = invocationIn(parsed)?.command ?? { kind: 'unknown', name: 'unknown' };
  handledLines.publish({ kind, command: name, result } satisfies Handled);
}
