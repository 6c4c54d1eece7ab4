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

/**
 * Takes up to `wanted` tokens out of the bucket.
 *
 * @returns how many it had, what is left, and in how many milliseconds the next one will be there
 */
export function take(
  bucket: Bucket,
  rate: Rate,
  wanted: number,
  now: number,
): { readonly taken: number; readonly bucket: Bucket; readonly nextIn: number } {
  const interval = rate.intervalSeconds * 1000;
  if (interval <= 0) return { taken: wanted, bucket, nextIn: 0 };
  const elapsed = Math.max(0, now - bucket.at);
  const tokens = Math.min(rate.burst, bucket.tokens + elapsed / interval);
  // Fractions of milliseconds add up: a timer that fires in time must find its token.
  const taken = Math.min(wanted, Math.floor(tokens + 1e-6));
  const left = Math.max(0, tokens - taken);
  return {
    taken,
    bucket: { tokens: left, at: now },
    nextIn: Math.ceil(Math.max(0, 1 - left) * interval),
  };
}
