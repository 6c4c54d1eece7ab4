import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';

/** How often the branch is looked at, whatever the watchers say, in milliseconds. */
const pollInterval = 500;

/**
 * Calls `look` whenever the branches of a repository may have moved: when something happens in the
 * folders of refs, and in any case twice a second. Watching the file of the ref would end with its
 * first renaming. One look at a time. It keeps the
 * process running; gives a function that ends it.
 */
export function watchBranches(gitdir: string, look: () => Promise<unknown>): () => void {
  let looking = false;
  let again = false;
  const lookOnce = async () => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    do {
      again = false;
      await look();
    } while (again);
    looking = false;
  };
  const wake = () => void lookOnce();
  const watchers = [gitdir, join(gitdir, 'refs', 'heads')].flatMap((folder) => {
    try {
      return [watch(folder, { persistent: false }, wake).on('error', () => undefined)];
    } catch {
      // The poll is enough where the system cannot watch.
      return [] as FSWatcher[];
    }
  });
  const poll = setInterval(wake, pollInterval);
  return () => {
    clearInterval(poll);
    for (const watcher of watchers) watcher.close();
  };
}
