const usual = 10_000;
const longest = 120_000;

/** Milliseconds until the next question: longer after each failure in a row. */
export function nextDelay(failures: number): number {
  return Math.min(usual * 2 ** failures, longest);
}
