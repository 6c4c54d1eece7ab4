/** So many lines at once, then one each interval. An interval of 0 means no limit. */
export interface Rate {
  readonly burst: number;
  readonly intervalSeconds: number;
}

/** How many tokens there were, and when (milliseconds on any clock that doesn't go back). */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export function fullBucket(rate: Rate, now: number): Bucket {
  return { tokens: rate.burst, at: now };
}

/** How many tokens are there, with fractions; Infinity where there is no limit. */
export function tokensAt(bucket: Bucket, rate: Rate, now: number): number {
  if (rate.intervalSeconds <= 0) return Infinity;
  const elapsed = Math.max(0, now - bucket.at) / 1000;
  // Fractions of milliseconds add up: a timer that fires in time must find its token.
  return Math.min(rate.burst, bucket.tokens + elapsed / rate.intervalSeconds + 1e-6);
}

/** The bucket without the token of one line. */
export function spent(bucket: Bucket, rate: Rate, now: number): Bucket {
  const tokens = tokensAt(bucket, rate, now);
  return { tokens: tokens === Infinity ? rate.burst : Math.max(0, tokens - 1), at: now };
}

/** In how many milliseconds so many tokens will be there. */
export function waitFor(count: number, bucket: Bucket, rate: Rate, now: number): number {
  const missing = Math.max(0, count - tokensAt(bucket, rate, now));
  return Math.ceil(missing * rate.intervalSeconds * 1000);
}
