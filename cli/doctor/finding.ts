import { oneLine } from '../../schedule-data/text/text.ts';

/** What a check came to. */
export interface Finding {
  /** `warning`: it works, and will not for long, or not as it should; `none`: there is nothing to look at. */
  readonly kind: 'ok' | 'wrong' | 'warning' | 'none';
  /** What was looked at. */
  readonly what: string;
  /** Why it is not ok. */
  readonly why?: string;
  /** What to do, as a command where that is possible. */
  readonly remedy?: string | undefined;
}

export const ok = (what: string): Finding => ({ kind: 'ok', what });
export const none = (what: string, why: string): Finding => ({ kind: 'none', what, why });
export const warning = (what: string, why: string, remedy?: string): Finding => ({
  ...{ kind: 'warning', what, why, remedy },
});
export const wrong = (what: string, why: string, remedy?: string): Finding => ({
  ...{ kind: 'wrong', what, why, remedy },
});

const signs = { ok: 'ok', wrong: '✗', warning: '!', none: '-' } as const;

/** Longer words of a server are no sentence. */
const mostCharacters = 500;

/** `✗    WHAT: what is wrong; what to do`: one line, whatever others said. */
export function lineOf({ kind, what, why, remedy }: Finding): string {
  const reason = [why, remedy].filter(Boolean).join('; ');
  const text = oneLine([what, reason].filter(Boolean).join(': '));
  return signs[kind].padEnd(5) + text.slice(0, mostCharacters);
}
