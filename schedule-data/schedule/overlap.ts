/** From when to when; instants in UTC that are all written alike, so that they compare as texts. */
export interface Span {
  readonly start: string;
  readonly end: string;
}

/** The time that two have in common, where they have any: one that begins when the other ends has none. */
export function overlap(a: Span, b: Span): Span | undefined {
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return start < end ? { start, end } : undefined;
}
