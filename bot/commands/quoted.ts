/** People put names in quotes and addresses in angle brackets; both stand for what is in them. */
const wrappings = /^(?:"([^"]+)"|“([^”]+)”|'([^']+)'|<([^<>]+)>)$/u;

export function unwrapped(text: string): string {
  const inner = wrappings.exec(text.trim())?.slice(1).find(Boolean);
  return inner === undefined ? text : inner.trim();
}

/** The names in a list with spaces or commas between; one with spaces in it stands in quotes. */
export function namesIn(text: string): string[] {
  const names = text.match(/"[^"]+"|“[^”]+”|[^\s,]+/gu) ?? [];
  return names.map(unwrapped);
}
