/** Numbers and how they are shown. */

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

/** Milliseconds that each of `count` runs took. */
export async function timings(count: number, run: (index: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const begin = performance.now();
    await run(index);
    times.push(performance.now() - begin);
  }
  return times;
}

export const ms = (value: number) => `${value.toFixed(1)} ms`;

/** Prints one result; `isMet` is undefined where there is no aim. */
export function report(what: string, measured: string, aim = '', isMet?: boolean): void {
  const mark = isMet === undefined ? ' ' : isMet ? '✓' : '✗';
  console.log(`${mark} ${what.padEnd(58)} ${measured.padEnd(34)} ${aim}`);
  if (isMet === false) process.exitCode = 1;
}
