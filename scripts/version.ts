/**
 * The version of a release: that of its tag, else that of the next one with what tells it apart.
 * @param next as package.json has it
 * @param description of the commit by git: `v1.2.0`, `v1.2.0-14-g0520e93`, `0520e93`; undefined
 *   where there is no git
 */
export function versionOf(next: string, description: string | undefined): string {
  if (description === undefined) return next;
  const [, tag, count, commit] =
    /^(?:v(.+?)(?:-(\d+)-g([0-9a-f]+))?|[0-9a-f]+)$/.exec(description) ?? [];
  if (tag === undefined) return `${next}-dev.g${description}`;
  return count === undefined ? tag : `${next}-dev.${count}.g${commit}`;
}
