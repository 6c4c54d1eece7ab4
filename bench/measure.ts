/** Numbers and how they are shown. */
import { readFileSync } from 'node:fs';

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

/** MiB that a process has in memory, or had at its peak; read from the kernel, so on Linux only. */
export function memoryOf(pid: number, which: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

/** Milliseconds of processor time that a process has used, all its threads together. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  // In hundredths of a second, which is what Linux counts in for everybody.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

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
