/** How long to wait before trying again: the first wait, and what it never grows beyond. */
export interface Backoff {
  readonly firstSeconds: number;
  readonly capSeconds: number;
}

/**
 * Seconds to wait before try number `attempt` (from 0): doubling up to the cap, and between half
 * of that and all of it, so that many clients of a server that comes back don't return at once.
 *
 * @param random at least 0 and below 1, as from `Math.random()`
 */
export function backoffSeconds(attempt: number, random: number, backoff: Backoff): number {
  const { firstSeconds, capSeconds } = backoff;
  return Math.min(capSeconds, firstSeconds * 2 ** attempt) * (0.5 + random / 2);
}
