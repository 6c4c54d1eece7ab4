/**
 * The name to try when `wanted` is taken, number `attempt` from 1: `wanted_`, `wanted__`, then
 * numbers. The latter stay within the nine characters that every server allows.
 */
export function nickInstead(wanted: string, attempt: number): string {
  if (attempt <= 2) return wanted + '_'.repeat(attempt);
  return `${wanted.slice(0, 6)}${attempt}`;
}
