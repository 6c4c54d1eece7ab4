/** The remote has a branch for each proposal that waits; or Gerrit, a change. */
import { git } from '../git/git.ts';
import { RemoteError, type Remote } from '../git/remote.ts';
import type { Repository } from '../git/repository.ts';
import { proposalBranches } from '../review/proposals.ts';

/** Which proposals the remote has got, as far as known: also after a start. */
const pushedRefs = 'refs/ptgbot/pushed';

/** Commits by the number of the proposal. */
type Commits = ReadonlyMap<string, string>;

/** What has to be pushed, and what removed. */
export function proposalsToPush(
  waiting: Commits,
  pushed: Commits,
): {
  readonly added: readonly (readonly [number: string, commit: string])[];
  readonly gone: readonly string[];
} {
  return {
    added: [...waiting].filter(([number, commit]) => pushed.get(number) !== commit),
    gone: [...pushed.keys()].filter((number) => !waiting.has(number)),
  };
}

/**
 * @param isGerrit whether a proposal becomes a change, which Gerrit itself closes when it is merged
 * @throws {RemoteError} @throws {StorageError}
 */
export async function pushProposals(
  { gitdir, branch }: Repository,
  remote: Remote,
  isGerrit: boolean,
  signal: AbortSignal,
): Promise<void> {
  const [waiting, pushed] = [
    await commitsIn(gitdir, proposalBranches),
    await commitsIn(gitdir, pushedRefs),
  ];
  const { added, gone } = proposalsToPush(waiting, pushed);
  for (const [number, commit] of added) {
    const ref = isGerrit ? `refs/for/${branch}` : `refs/heads/proposals/${number}`;
    await unlessIdle(remote.pushTo(ref, commit, signal));
    await git('--git-dir', gitdir, 'update-ref', `${pushedRefs}/${number}`, commit);
  }
  for (const number of gone) {
    if (!isGerrit) await unlessIdle(remote.remove(`refs/heads/proposals/${number}`, signal));
    await git('--git-dir', gitdir, 'update-ref', '-d', `${pushedRefs}/${number}`);
  }
}

/** A branch that somebody went on with, or that must not be removed, is theirs; Gerrit may know the change. */
async function unlessIdle(pushing: Promise<void>): Promise<void> {
  await pushing.catch((error: unknown) => {
    const isTheirs =
      error instanceof RemoteError &&
      (error.fault === 'behind' || /no new changes|deletion prohibited/i.test(error.message));
    if (!isTheirs) throw error;
  });
}

async function commitsIn(gitdir: string, refs: string): Promise<Commits> {
  const format = '--format=%(refname:lstrip=-1) %(objectname)';
  const lines = await git('--git-dir', gitdir, 'for-each-ref', format, refs);
  return new Map(
    lines
      .split('\n')
      .filter((line) => /^[1-9]\d* /.test(line))
      .map((line) => line.split(' ') as [string, string]),
  );
}
