/** A nick or channel that can stand in a line without being taken for more than that. */
const oneTarget = /^[^\s:,\p{Cc}][^\s,\p{Cc}]*$/u;

export function isTarget(name: string): boolean {
  return oneTarget.test(name);
}
