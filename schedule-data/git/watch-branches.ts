import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';

/**
 * How often the branches are checked when no watcher reports anything, in milliseconds: where the system
 * watches, that is for a repository that another takes the place of.
 */
const pollInterval = { watched: 3000, unwatched: 500 };

/**
 * Calls `check` whenever the branches of a repository may have moved: when something happens in the
 * folders of refs, and in any case now and then; one call at a time. Folders are watched, as a watch
 * on the file of a ref ends when git renames another one over it. This keeps the process running;
 * returns a function that ends it.
 */
export function watchBranches(gitdir: string, check: () => Promise<unknown>): () => void {
  let checking = false;
  let again = false;
  const checkOnce = async () => {
    if (checking) {
      again = true;
      return;
    }
    checking = true;
    do {
      again = false;
      await check();
    } while (again);
    checking = false;
  };
  const wake = () => void checkOnce();
  const folders = [gitdir, join(gitdir, 'refs', 'heads')];
  const watchers = folders.flatMap((folder) => {
    try {
      return [watch(folder, { persistent: false }, wake).on('error', () => undefined)];
    } catch {
      // Where the system cannot watch, the poll is enough.
      return [] as FSWatcher[];
    }
  });
  const isWatched = watchers.length === folders.length;
  const poll = setInterval(wake, isWatched ? pollInterval.watched : pollInterval.unwatched);
  return () => {
    clearInterval(poll);
    for (const watcher of watchers) watcher.close();
  };
}
