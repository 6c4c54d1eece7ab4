import { readFileSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Waits until the content of a file fits, looking at the file every millisecond. */
export async function waitForFile(
  path: string,
  isIt: (text: string) => boolean,
  seconds = 60,
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  let seen = '';
  for (;;) {
    const { mtimeMs, ino } = statSync(path);
    const version = `${mtimeMs} ${ino}`;
    if (seen !== version) {
      seen = version;
      if (isIt(readFileSync(path, 'utf8'))) return;
    }
    if (performance.now() > deadline) throw new Error(`${path} never showed it`);
    await setTimeout(1);
  }
}
