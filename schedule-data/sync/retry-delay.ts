const first = 1000;
const longest = 60_000;

/** How long to wait after so many failures in a row, in milliseconds. */
export function retryDelay(failures: number): number {
  return Math.min(first * 2 ** (failures - 1), longest);
}
