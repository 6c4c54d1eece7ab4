import { channel } from 'node:diagnostics_channel';

/** What takes its time, and how it came out. */
export interface Timing {
  readonly what: 'commit' | 'publish' | 'fetch' | 'push';
  readonly seconds: number;
  readonly failed: boolean;
}

export const timings = channel('ptgbot:timing');

/** Does something, and tells whoever measures how long it took; costs nothing otherwise. */
export async function timed<T>(what: Timing['what'], work: () => Promise<T>): Promise<T> {
  if (!timings.hasSubscribers) return work();
  const begin = performance.now();
  let failed = true;
  try {
    const result = await work();
    failed = false;
    return result;
  } finally {
    const seconds = (performance.now() - begin) / 1000;
    timings.publish({ what, seconds, failed } satisfies Timing);
  }
}
