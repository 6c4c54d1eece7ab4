/**
 * rate-limit/ computes whether a rate allows something now, or when it will. It never waits itself,
 * nor sends anything. This file: the limit where nothing is put off.
 */

import { fullBucket, spent, tokensAt, type Rate } from './token-bucket.ts';

/** Says whether something may be done now, and counts it if it may. */
export function limiter(rate: Rate): () => boolean {
  let bucket = fullBucket(rate, performance.now());
  return () => {
    const now = performance.now();
    if (tokensAt(bucket, rate, now) < 1) return false;
    bucket = spent(bucket, rate, now);
    return true;
  };
}
