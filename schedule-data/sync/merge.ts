/** What becomes of the schedule where it was changed here and at the remote. */
import { changeList, committer, type CommitMessage } from '../git/commit.ts';
import { describeChanges } from '../schedule/describe.ts';
import { mergeSchedules, type Conflict } from '../schedule/merge.ts';
import type { Schedule } from '../schedule/schedule.ts';

interface Merged {
  readonly schedule: Schedule;
  readonly message: CommitMessage;
  /** Values that both changed, and that are theirs now. */
  readonly conflicts: readonly Conflict[];
}

/** @param authors of the commits that come from the remote */
export function mergeRemote(
  base: Schedule,
  ours: Schedule,
  theirs: Schedule,
  { authors, now }: { readonly authors: readonly string[]; readonly now: Date },
): Merged {
  const { schedule, conflicts } = mergeSchedules(base, theirs, ours);
  return {
    schedule,
    conflicts,
    message: {
      subject: `Merge what ${authors.join(', ') || 'others'} changed`,
      body: changeList(describeChanges(ours, schedule)),
      author: committer,
      time: now,
      trailers: [],
    },
  };
}
