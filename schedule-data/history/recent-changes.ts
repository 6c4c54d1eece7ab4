/** What was changed last, and what a commit changed: for those who want to take it back. */
import { classifyPath } from '../format/data-files.ts';
import { git } from '../git/git.ts';
import { readCommitsBack, type RawCommit } from '../git/read-commits.ts';
import { changesData } from './described-change.ts';

/** One commit, as people are told of it. */
export interface RecentChange {
  readonly commit: string;
  /** Undefined for the first commit of all. */
  readonly parent: string | undefined;
  readonly subject: string;
  readonly author: { readonly name: string; readonly email: string };
  /** UTC, `2018-09-10T15:04:05Z`. */
  readonly time: string;
}

export interface ChangeFilter {
  /** Only those that concern a track, by its slug. */
  readonly track?: string;
  /** Only those by somebody, by the address of the author or their name. */
  readonly author?: string;
  readonly most: number;
}

/** How many commits are looked at; what is older nobody means by "the last". */
const mostLookedAt = 5000;

/** The last changes of a branch, the newest first. @throws {StorageError} */
export async function recentChanges(
  gitdir: string,
  tip: string,
  { track, author, most }: ChangeFilter,
): Promise<readonly RecentChange[]> {
  const found: RecentChange[] = [];
  let looked = 0;
  for await (const commit of readCommitsBack(gitdir, tip)) {
    if (looked++ >= mostLookedAt) break;
    if (!changesData(commit)) continue;
    if (track !== undefined && !concerns(commit, track)) continue;
    if (author !== undefined && !isBy(commit, author)) continue;
    found.push(described(commit));
    if (found.length >= most) break;
  }
  return found;
}

/** The change of a commit by its id or the beginning of it; undefined where there is none, or more than one. */
export async function changeNamed(
  gitdir: string,
  tip: string,
  id: string,
): Promise<RecentChange | undefined> {
  if (!/^[0-9a-f]{4,40}$/i.test(id)) return undefined;
  const verify = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${id}^{commit}`];
  const oid = await git('--git-dir', gitdir, ...verify).catch(() => undefined);
  if (oid === undefined) return undefined;
  // Of another branch, it never was what the page showed.
  const isOurs = await git('--git-dir', gitdir, 'merge-base', '--is-ancestor', oid, tip).then(
    () => true,
    () => false,
  );
  if (!isOurs) return undefined;
  for await (const commit of readCommitsBack(gitdir, oid)) return described(commit);
  return undefined;
}

function described({ oid, parents: [parent], subject, author, time }: RawCommit): RecentChange {
  return { commit: oid, parent, subject, author, time };
}

/** It changes the file of the track, or is what somebody said for it (a booking is in a room). */
function concerns({ changes, subject }: RawCommit, track: string): boolean {
  const isInFile = changes.some(({ path }) => {
    const file = classifyPath(path);
    return file.kind === 'track' && file.slug === track;
  });
  const said = subject.replace(/^(?:Revert ")+/, '');
  const names = said.slice(0, Math.max(said.indexOf(': '), 0)).split(', ');
  return isInFile || names.includes(track);
}

function isBy({ author: { name, email } }: RawCommit, wanted: string): boolean {
  return email === wanted || name.toLowerCase() === wanted.toLowerCase();
}
